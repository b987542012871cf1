package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the requests of a claim (section 5.1 of the rules). */
final class RequestParser {

  private static final String RULE = "section 5.1";
  private static final int MAX_ALTERNATIVES = 8;
  private static final int MAX_DERIVED = 32;
  private static final ImmutableMap<String, Boolean> IS_ALL =
      ImmutableMap.of("", false, "ExactCount", false, "All", true);

  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.of("name", "exactly", "firstAvailable");
  private static final ImmutableSet<String> KNOWN_DERIVED = ImmutableSet.of("name", "expression");
  private static final ImmutableSet<String> KNOWN_EXACTLY =
      ImmutableSet.of(
          "deviceClassName",
          "selectors",
          "allocationMode",
          "count",
          "adminAccess",
          "tolerations",
          "capacity",
          "derivedAttributes");
  private static final ImmutableSet<String> KNOWN_ALTERNATIVE =
      ImmutableSet.of(
          "name",
          "deviceClassName",
          "selectors",
          "allocationMode",
          "count",
          "tolerations",
          "capacity",
          "derivedAttributes");

  private final ParseContext context;

  RequestParser(ParseContext context) {
    this.context = context;
  }

  Request parse(Field request) {
    context.expectOnly(KNOWN, request);
    String name = name(request.get("name"));
    Field exactly = request.get("exactly");
    Field alternatives = request.get("firstAvailable");
    boolean isList = !alternatives.entries(MAX_ALTERNATIVES, RULE).isEmpty();
    if (exactly.isPresent() == isList) {
      throw request.bad(
          (isList ? "has both exactly and" : "has neither exactly nor")
              + " firstAvailable; set one of them"
              + (request.get("deviceClassName").isPresent()
                  ? ", deviceClassName and what it stands with belong under exactly"
                  : "")
              + " ("
              + RULE
              + ").");
    }
    return isList
        ? new Request.FirstAvailable(name, alternatives(alternatives))
        : new Request.Exactly(exactly(name, exactly));
  }

  private String name(Field field) {
    if (field.requiredText(RULE).indexOf('/') >= 0) {
      throw field.bad(field.shown() + " must have no slash, which parts it from others (R61).");
    }
    return context.name(field, NameSyntax.LABEL, RULE);
  }

  /** Of two subrequests of one name the second could not be told from the first in any result. */
  private ImmutableList<DeviceRequest> alternatives(Field list) {
    Map<String, DeviceRequest> read = new LinkedHashMap<>();
    for (Field each : list.entries(MAX_ALTERNATIVES, RULE)) {
      context.expectOnly(KNOWN_ALTERNATIVE, each);
      String name = name(each.get("name"));
      if (read.putIfAbsent(name, leaf(name, each).build()) != null) {
        context.warnOfRefusable(
            each, "\"" + name + "\" is there twice, and the second has no effect (" + RULE + ")");
      }
    }
    return ImmutableList.copyOf(read.values());
  }

  private DeviceRequest exactly(String name, Field exactly) {
    context.expectOnly(KNOWN_EXACTLY, exactly);
    Field adminAccess = exactly.get("adminAccess");
    return leaf(name, exactly)
        .adminAccess(adminAccess.isTrue())
        .mentionsAdminAccess(adminAccess.isPresent())
        .build();
  }

  private ImmutableDeviceRequest.Builder leaf(String name, Field leaf) {
    return DeviceRequest.builder()
        .name(name)
        .deviceClass(leaf.get("deviceClassName").name(NameSyntax.SUBDOMAIN, "R40"))
        .selectors(DeviceClassParser.selectors(leaf.get("selectors"), RULE, context))
        .mode(mode(leaf))
        .tolerations(
            leaf.get("tolerations")
                .list(Field.MANY, RULE, each -> TaintParser.toleration(each, context)))
        .capacityRequests(capacity(leaf.get("capacity")))
        .derivedAttributes(derivedAttributes(leaf.get("derivedAttributes")));
  }

  /**
   * As in Kubernetes, a count of 0 is one that is not set. With mode All the allocator ignores the
   * count.
   */
  private AllocationMode mode(Field leaf) {
    boolean all = leaf.get("allocationMode").choice(IS_ALL, RULE);
    Field count = leaf.get("count");
    long devices = count.integer(0);
    if (devices < 0) {
      throw count.bad(devices + " must be greater than 0 (R62).");
    }
    if (all && devices != 0) {
      context.warnOfRefusable(
          count, devices + " has no effect with allocationMode All (" + RULE + ")");
    }
    return all ? AllocationMode.ALL : AllocationMode.exactly(Math.max(1, devices));
  }

  private ImmutableMap<QualifiedName, DerivedAttribute> derivedAttributes(Field list) {
    Field.requireDistinct(
        list.entries(MAX_DERIVED, "R234"), attribute -> attribute.get("name").text(), "R234");
    ImmutableMap.Builder<QualifiedName, DerivedAttribute> read = ImmutableMap.builder();
    for (Field attribute : list.entries(MAX_DERIVED, "R234")) {
      context.expectOnly(KNOWN_DERIVED, attribute);
      String name = attribute.get("name").requiredText("R234");
      if (!NameSyntax.QUALIFIED.accepts(name) || name.indexOf('/') < 0) {
        throw attribute
            .get("name")
            .bad(
                "\""
                    + name
                    + "\" must be a domain, / and an identifier, such as derived/numa (R234).");
      }
      read.put(
          QualifiedName.parse(name),
          context.derivedAttribute(attribute.get("expression").requiredText("R234")));
    }
    return read.buildOrThrow();
  }

  /** The names are compared literally with those of devices and not looked at here (R126). */
  private ImmutableMap<QualifiedName, Quantity> capacity(Field capacity) {
    context.expectOnly(ImmutableSet.of("requests"), capacity);
    return capacity.get("requests").mapEntries().stream()
        .collect(
            ImmutableMap.toImmutableMap(
                RequestParser::capacityName, entry -> context.amount(entry, RULE)));
  }

  private static QualifiedName capacityName(Field entry) {
    if (entry.key().startsWith("/")) {
      throw entry.bad("the name has nothing before the slash (R25).");
    }
    return QualifiedName.parse(entry.key());
  }
}
