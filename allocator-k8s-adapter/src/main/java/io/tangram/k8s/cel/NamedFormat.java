package io.tangram.k8s.cel;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats of strings that Kubernetes names, as its CEL validates them. */
enum NamedFormat implements NamedValue {
  DNS1123_LABEL("dns1123Label", 30),
  DNS1123_SUBDOMAIN("dns1123Subdomain", 60),
  DNS1035_LABEL("dns1035Label", 30),
  QUALIFIED_NAME("qualifiedName", 60),
  DNS1123_LABEL_PREFIX("dns1123LabelPrefix", 30),
  DNS1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix", 60),
  DNS1035_LABEL_PREFIX("dns1035LabelPrefix", 30),
  LABEL_VALUE("labelValue", 40),
  URI("uri", 1103),
  UUID("uuid", 70),
  BYTE("byte", 84),
  DATE("date", 71),
  DATETIME("datetime", 71);

  static final String TYPE_NAME = "kubernetes.NamedFormat";

  private static final int MAX_LABEL = 63;
  private static final int MAX_SUBDOMAIN = 253;

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern OLD_DNS_LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** No leap seconds, any offset, and anything for a decimal point. */
  private static final Pattern TIME =
      Pattern.compile("([01][0-9]|2[0-3])(:[0-5][0-9]){2}([^\\n][0-9]+)?(z|[-+][0-9]{2}:[0-9]{2})");

  private final String name;
  private final int patternLength;

  NamedFormat(String name, int patternLength) {
    this.name = name;
    this.patternLength = patternLength;
  }

  /** Returns the format of this name. */
  static Optional<NamedFormat> named(String name) {
    return Arrays.stream(values()).filter(format -> format.name.equals(name)).findFirst();
  }

  /** The function that gives it. */
  String function() {
    return "format." + name;
  }

  /** The length of its pattern that counts for costs. */
  int patternLength() {
    return patternLength;
  }

  /** Returns what is wrong with the text; nothing if it has the format. */
  ImmutableList<String> problems(String text) {
    return switch (this) {
      case DNS1123_LABEL -> label(text, DNS_LABEL, "RFC 1123");
      case DNS1123_LABEL_PREFIX -> label(asPrefix(text), DNS_LABEL, "RFC 1123");
      case DNS1035_LABEL -> label(text, OLD_DNS_LABEL, "DNS-1035");
      case DNS1035_LABEL_PREFIX -> label(asPrefix(text), OLD_DNS_LABEL, "DNS-1035");
      case DNS1123_SUBDOMAIN -> subdomain(text);
      case DNS1123_SUBDOMAIN_PREFIX -> subdomain(asPrefix(text));
      case QUALIFIED_NAME -> qualifiedName(text);
      case LABEL_VALUE -> text.isEmpty() ? ImmutableList.of() : name(text, "a label value");
      case URI -> uri(text);
      case UUID -> unless(UUID_TEXT.matcher(text).matches(), "does not match the UUID format");
      case BYTE -> unless(isBase64(text), "invalid base64");
      case DATE -> unless(isDate(text), "invalid date");
      case DATETIME -> unless(isDatetime(text), "invalid datetime");
    };
  }

  private static ImmutableList<String> unless(boolean valid, String problem) {
    return valid ? ImmutableList.of() : ImmutableList.of(problem);
  }

  private static ImmutableList<String> longerThan(int most, String text) {
    return unless(text.length() <= most, "must be no more than " + most + " bytes");
  }

  private static ImmutableList<String> both(List<String> some, List<String> others) {
    return ImmutableList.<String>builder().addAll(some).addAll(others).build();
  }

  /** A prefix may end in a hyphen, as something will follow; Kubernetes takes two for an a. */
  private static String asPrefix(String text) {
    return text.length() > 1 && text.endsWith("-")
        ? text.substring(0, text.length() - 2) + 'a'
        : text;
  }

  private static ImmutableList<String> label(String text, Pattern pattern, String standard) {
    return both(
        longerThan(MAX_LABEL, text),
        unless(
            pattern.matcher(text).matches(),
            "must be a label of " + standard + ", such as 'my-name'"));
  }

  private static ImmutableList<String> subdomain(String text) {
    boolean hasLabels = Splitter.on('.').splitToStream(text).allMatch(DNS_LABEL.asMatchPredicate());
    return both(
        longerThan(MAX_SUBDOMAIN, text),
        unless(hasLabels, "must be a lowercase subdomain of RFC 1123, such as 'example.com'"));
  }

  private static ImmutableList<String> name(String text, String what) {
    return both(
        longerThan(MAX_LABEL, text),
        unless(
            NAME.matcher(text).matches(),
            what + " must be letters, digits and, between them, '-', '_' and '.'"));
  }

  private static ImmutableList<String> qualifiedName(String text) {
    List<String> parts = Splitter.on('/').splitToList(text);
    if (parts.size() > 2) {
      return ImmutableList.of("must be a name, behind a subdomain and a slash or not");
    }
    ImmutableList<String> ofName =
        both(
            unless(!parts.get(parts.size() - 1).isEmpty(), "name part must be non-empty"),
            name(parts.get(parts.size() - 1), "name part"));
    if (parts.size() == 1) {
      return ofName;
    }
    return parts.get(0).isEmpty()
        ? both(ImmutableList.of("prefix part must be non-empty"), ofName)
        : both(subdomain(parts.get(0)), ofName);
  }

  private static ImmutableList<String> uri(String text) {
    try {
      Url unused = Url.parseRequest(text);
      return ImmutableList.of();
    } catch (IllegalArgumentException e) {
      return ImmutableList.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isBase64(String text) {
    return text.length() % 4 == 0 && BASE64.matcher(text).matches();
  }

  private static boolean isDate(String text) {
    try {
      return DAY.matcher(text).matches() && LocalDate.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** What follows a second T does not count. */
  private static boolean isDatetime(String text) {
    List<String> parts = Splitter.on('t').limit(3).splitToList(text.toLowerCase(Locale.ROOT));
    return parts.size() > 1 && isDate(parts.get(0)) && TIME.matcher(parts.get(1)).matches();
  }

  @Override
  public String typeName() {
    return TYPE_NAME;
  }
}
