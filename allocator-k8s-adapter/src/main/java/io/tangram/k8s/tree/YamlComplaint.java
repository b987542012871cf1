package io.tangram.k8s.tree;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Says what is wrong with a YAML text in the words of those who write it: the reader of all YAML
 * speaks of tokens and blocks, and of what it was doing.
 */
final class YamlComplaint {

  private static final Pattern NO_TOKEN =
      Pattern.compile("found character '(.+?)' that cannot start any token.*");

  private YamlComplaint() {}

  /** Returns what is wrong, and what to look for. */
  static String of(MarkedYAMLException e) {
    String context = e.getContext() == null ? "" : e.getContext();
    String problem = String.valueOf(e.getProblem());
    Matcher noToken = NO_TOKEN.matcher(problem);
    if (noToken.matches()) {
      return noToken.group(1).contains("TAB")
          ? "a tab where spaces must be; indent with spaces"
          : "nothing can begin with " + noToken.group(1) + "; put the text in quotes";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "a colon where no key can be; quote text that has one, or look at the indentation";
    }
    if (problem.startsWith("could not find expected ':'")) {
      return "a key without a colon on the line, or on the one above";
    }
    if (problem.startsWith("expected <block end>")) {
      return "this goes with nothing above it; look at the indentation, and for a missing quote";
    }
    return switch (context) {
      case "while scanning a quoted scalar" -> "a quote that is not closed";
      case "while parsing a flow mapping" -> "a { that is not closed, or no comma between fields";
      case "while parsing a flow sequence" -> "a [ that is not closed, or no comma between entries";
      default -> context.isEmpty() ? problem : context + ", " + problem;
    };
  }
}
