package io.tangram.k8s.cel;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An absolute URL or path, taken apart as Go's {@code net/url} does it.
 *
 * @param scheme in lower case; this and all others are empty where there is none
 * @param host the host and perhaps a port, not escaped
 * @param path the path, escaped
 * @param query what follows the question mark, escaped
 * @param text the whole, escaped; URLs with the same text are the same
 */
record Url(String scheme, String host, String path, String query, String text)
    implements NamedValue {

  static final String TYPE_NAME = "kubernetes.URL";

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._:~!$&'()*+,;=%@-]*");
  private static final Pattern PORT = Pattern.compile(":[0-9]*");

  /** Where the text stands when it is parsed, which decides what two slashes at its start mean. */
  private enum Place {
    REQUEST,
    DOCUMENT
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static Url parse(String text) {
    // Kubernetes first checks the whole as what may be requested, which has no fragment.
    parseRequest(text);
    int hash = text.indexOf('#');
    String before = hash < 0 ? text : text.substring(0, hash);
    String fragment = hash < 0 ? "" : text.substring(hash + 1);
    try {
      return of(before, Place.DOCUMENT, PercentEncoding.FRAGMENT.normalized(fragment));
    } catch (IllegalArgumentException e) {
      throw refusal(text, e);
    }
  }

  /**
   * Reads a URL as that of a request: a hash is a character like others.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static Url parseRequest(String text) {
    try {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("empty url");
      }
      if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
        throw new IllegalArgumentException("invalid control character in URL");
      }
      return of(text, Place.REQUEST, "");
    } catch (IllegalArgumentException e) {
      throw refusal(text, e);
    }
  }

  private static IllegalArgumentException refusal(String text, IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "URL parse error during conversion from string: parse \""
            + text
            + "\": "
            + cause.getMessage(),
        cause);
  }

  private static Url of(String text, Place place, String fragment) {
    String end = fragment.isEmpty() ? "" : "#" + fragment;
    if (text.equals("*")) {
      return new Url("", "", "*", "", "*" + end);
    }
    String scheme = scheme(text);
    String start = scheme.isEmpty() ? "" : scheme + ":";
    String rest = text.substring(start.length());
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    end = question < 0 ? end : "?" + query + end;
    rest = question < 0 ? rest : rest.substring(0, question);

    if (!rest.startsWith("/")) {
      if (scheme.isEmpty()) {
        throw new IllegalArgumentException("invalid URI for request");
      }
      return new Url(scheme, "", "", query, start + rest + end);
    }
    boolean hasAuthority =
        rest.startsWith("//")
            && (!scheme.isEmpty() || (place == Place.DOCUMENT && !rest.startsWith("///")));
    if (!hasAuthority) {
      String path = PercentEncoding.PATH.normalized(rest);
      return new Url(scheme, "", path, query, start + path + end);
    }
    int slash = rest.indexOf('/', 2);
    String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
    int at = authority.lastIndexOf('@');
    String host = host(authority.substring(at + 1));
    String user = at < 0 ? "" : user(authority.substring(0, at)) + "@";
    String path = PercentEncoding.PATH.normalized(slash < 0 ? "" : rest.substring(slash));
    return new Url(
        scheme,
        host,
        path,
        query,
        start + "//" + user + PercentEncoding.HOST.encode(host) + path + end);
  }

  private static String scheme(String text) {
    int colon = text.indexOf(':');
    if (colon == 0) {
      throw new IllegalArgumentException("missing protocol scheme");
    }
    return colon > 0 && SCHEME.matcher(text.substring(0, colon)).matches()
        ? text.substring(0, colon).toLowerCase(Locale.ROOT)
        : "";
  }

  private static String user(String text) {
    if (!USER.matcher(text).matches()) {
      throw new IllegalArgumentException("invalid userinfo");
    }
    int colon = text.indexOf(':');
    return colon < 0
        ? credential(text)
        : credential(text.substring(0, colon)) + ":" + credential(text.substring(colon + 1));
  }

  private static String credential(String text) {
    return PercentEncoding.USER.encode(PercentEncoding.USER.decode(text));
  }

  private static String host(String text) {
    int bracket = text.startsWith("[") ? text.lastIndexOf(']') : 0;
    if (bracket < 0) {
      throw new IllegalArgumentException("missing ']' in host");
    }
    int end = bracket > 0 ? bracket + 1 : text.lastIndexOf(':');
    String port = end < 0 ? "" : text.substring(end);
    if (!port.isEmpty() && !PORT.matcher(port).matches()) {
      throw new IllegalArgumentException("invalid port \"" + port + "\" after host");
    }
    int zone = text.substring(0, bracket).indexOf("%25");
    return zone < 0
        ? PercentEncoding.HOST.decode(text)
        : PercentEncoding.HOST.decode(text.substring(0, zone))
            + PercentEncoding.ZONE.decode(text.substring(zone, bracket))
            + PercentEncoding.HOST.decode(text.substring(bracket));
  }

  /** The host without its port, an address of version 6 without its brackets. */
  String hostname() {
    String name = host.substring(0, portStart());
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  /** The port, empty where there is none. */
  String port() {
    String port = host.substring(portStart());
    return port.isEmpty() ? "" : port.substring(1);
  }

  private int portStart() {
    int colon = host.lastIndexOf(':');
    return colon >= 0 && PORT.matcher(host.substring(colon)).matches() ? colon : host.length();
  }

  /** The parameters of the query, not escaped; those that can't be read are left out. */
  Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : Splitter.on('&').omitEmptyStrings().split(query)) {
      int equals = pair.indexOf('=');
      try {
        String key = parameter(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : parameter(pair.substring(equals + 1));
        parameters.computeIfAbsent(key, each -> new ArrayList<>()).add(value);
      } catch (IllegalArgumentException e) {
        // left out
      }
    }
    return parameters;
  }

  private static String parameter(String text) {
    if (text.indexOf(';') >= 0) {
      throw new IllegalArgumentException("invalid semicolon separator in query");
    }
    return PercentEncoding.QUERY.decode(text.replace('+', ' '));
  }

  @Override
  public String typeName() {
    return TYPE_NAME;
  }
}
