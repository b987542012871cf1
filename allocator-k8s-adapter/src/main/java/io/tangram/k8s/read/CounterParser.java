package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Quantity;

/** Reads counter sets and what devices take from them (section 1.1 of the rules). */
final class CounterParser {

  private static final String RULE = "section 1.1";
  private static final int MAX_SETS_OF_SLICE = 8;
  private static final int MAX_SETS_OF_DEVICE = 2;
  private static final int MAX_COUNTERS = 32;
  private static final int MAX_GROUPS = 2;

  private final ParseContext context;
  private final Memo<ImmutableMap<String, Quantity>> counters = new Memo<>();

  CounterParser(ParseContext context) {
    this.context = context;
  }

  ImmutableList<CounterSet> sets(Field sets) {
    Field.requireDistinct(
        sets.entries(MAX_SETS_OF_SLICE, RULE), set -> set.get("name").text(), "R17");
    return sets.list(MAX_SETS_OF_SLICE, RULE, this::set);
  }

  private CounterSet set(Field set) {
    context.expectOnly(ImmutableSet.of("name", "counters"), set);
    return new CounterSet(
        set.get("name").name(NameSyntax.LABEL, RULE),
        counters.get(set.get("counters"), this::counters));
  }

  ImmutableList<CounterConsumption> consumption(Field consumptions) {
    Field.requireDistinct(
        consumptions.entries(MAX_SETS_OF_DEVICE, "R109"),
        consumption -> consumption.get("counterSet").text(),
        RULE);
    return consumptions.list(
        MAX_SETS_OF_DEVICE,
        "R109",
        consumption -> {
          context.expectOnly(
              ImmutableSet.of("counterSet", "counters", "compatibilityGroups"), consumption);
          return new CounterConsumption(
              consumption.get("counterSet").name(NameSyntax.LABEL, RULE),
              counters.get(consumption.get("counters"), this::counters),
              groups(consumption.get("compatibilityGroups")));
        });
  }

  /** Reads compatibility groups of a device on one counter set. */
  static ImmutableSet<String> groups(Field groups) {
    Field.requireDistinct(groups.entries(MAX_GROUPS, "R122"), Field::text, "R122");
    return ImmutableSet.copyOf(
        groups.list(MAX_GROUPS, "R122", group -> group.name(NameSyntax.LABEL, "R122")));
  }

  private ImmutableMap<String, Quantity> counters(Field map) {
    ImmutableList<Field> entries = map.mapEntries();
    if (entries.size() > MAX_COUNTERS) {
      throw map.bad(
          "has "
              + entries.size()
              + " counters; at most "
              + MAX_COUNTERS
              + " are allowed ("
              + RULE
              + ").");
    }
    if (entries.isEmpty()) {
      context.warnOfRefusable(map, "has no counters (" + RULE + ")");
    }
    return entries.stream()
        .collect(ImmutableMap.toImmutableMap(this::counterName, this::counterValue));
  }

  private String counterName(Field counter) {
    if (!NameSyntax.LABEL.accepts(counter.key())) {
      throw counter.bad("the name is not " + NameSyntax.LABEL.description() + " (" + RULE + ").");
    }
    return counter.key();
  }

  private Quantity counterValue(Field counter) {
    context.expectOnly(ImmutableSet.of("value"), counter);
    return context.amountOf(counter, RULE);
  }
}
