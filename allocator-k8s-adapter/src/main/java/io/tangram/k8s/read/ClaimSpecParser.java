package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.QualifiedName;
import java.util.HashSet;
import java.util.Set;

/** Reads {@code spec.devices} of a claim (sections 5.1 and 6 of the rules). */
final class ClaimSpecParser {

  private static final String RULE = "section 5.1";
  private static final int MAX_ENTRIES = 32;
  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.of("requests", "constraints", "config");
  private static final ImmutableSet<String> KNOWN_CONSTRAINT =
      ImmutableSet.of("requests", "matchAttribute", "distinctAttribute");

  private final ParseContext context;
  private final RequestParser requests;
  private final Memo<ClaimSpec> specs = new Memo<>();

  ClaimSpecParser(ParseContext context) {
    this.context = context;
    requests = new RequestParser(context);
  }

  /** Reads the {@code spec} of a claim, or that of the claims that a template stands for. */
  ClaimSpec parse(Field spec) {
    spec.required(RULE);
    context.expectOnly(ImmutableSet.of("devices"), spec);
    return specs.get(spec.get("devices"), this::devices);
  }

  private ClaimSpec devices(Field devices) {
    context.expectOnly(KNOWN, devices);
    Field list = devices.get("requests");
    Field.requireDistinct(
        list.entries(MAX_ENTRIES, RULE), request -> request.get("name").text(), RULE);
    ImmutableList<Request> read = list.list(MAX_ENTRIES, RULE, requests::parse);
    Set<String> names = referable(read);
    ImmutableList<DeviceConstraint> constraints =
        devices.get("constraints").list(MAX_ENTRIES, RULE, each -> constraint(each, names));
    warnOfUnused(list, read, constraints);
    return new ClaimSpec(
        read,
        constraints,
        devices.get("config").list(MAX_ENTRIES, RULE, each -> config(each, names)));
  }

  /** A derived attribute that no constraint compares means nothing (R234). */
  private void warnOfUnused(
      Field requests, ImmutableList<Request> read, ImmutableList<DeviceConstraint> constraints) {
    Set<QualifiedName> compared = new HashSet<>();
    constraints.forEach(each -> each.compared().ifPresent(compared::add));
    read.stream()
        .flatMap(request -> request.alternatives().stream())
        .flatMap(leaf -> leaf.derivedAttributes().keySet().stream())
        .distinct()
        .filter(name -> !compared.contains(name))
        .forEach(
            name ->
                context.warnOfRefusable(
                    requests, "derived attribute " + name + " is in no constraint (R234)"));
  }

  /** What constraints and configurations may name (R61). */
  private static Set<String> referable(ImmutableList<Request> requests) {
    Set<String> names = new HashSet<>();
    for (Request request : requests) {
      names.add(request.name());
      for (DeviceRequest alternative : request.alternatives()) {
        names.add(request.resultName(alternative));
      }
    }
    return names;
  }

  private static ImmutableList<String> references(Field list, Set<String> names) {
    Field.requireDistinct(list.entries(MAX_ENTRIES, RULE), Field::text, "R61");
    return list.list(
        MAX_ENTRIES,
        RULE,
        reference -> {
          if (!names.contains(reference.text())) {
            throw reference.bad(
                "\""
                    + reference.text()
                    + "\" names no request of the claim; write request or request/subrequest"
                    + " (R61).");
          }
          return reference.text();
        });
  }

  /**
   * A constraint with neither attribute, but with a field that is not known, is one of the future
   * and can't be satisfied (R95).
   */
  private DeviceConstraint constraint(Field constraint, Set<String> names) {
    context.expectOnly(KNOWN_CONSTRAINT, constraint);
    ImmutableList<String> covered = references(constraint.get("requests"), names);
    Field match = constraint.get("matchAttribute");
    Field distinct = constraint.get("distinctAttribute");
    if (match.isPresent()) {
      return new DeviceConstraint.MatchAttribute(covered, attribute(match));
    }
    if (distinct.isPresent()) {
      return new DeviceConstraint.DistinctAttribute(covered, attribute(distinct));
    }
    if (KNOWN_CONSTRAINT.containsAll(constraint.names())) {
      throw constraint.bad("set one of matchAttribute and distinctAttribute (R95).");
    }
    return new DeviceConstraint.Unknown(covered);
  }

  private static QualifiedName attribute(Field field) {
    String name = field.requiredText("R95");
    if (!NameSyntax.QUALIFIED.accepts(name) || name.indexOf('/') < 0) {
      throw field.bad(
          "\""
              + name
              + "\" must be a domain, / and an identifier, such as a.com/numa (section 6).");
    }
    return QualifiedName.parse(name);
  }

  private ClaimConfig config(Field config, Set<String> names) {
    context.expectOnly(ImmutableSet.of("requests", "opaque"), config);
    return new ClaimConfig(
        references(config.get("requests"), names), ConfigParser.parse(config, context));
  }
}
