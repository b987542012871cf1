package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/**
 * The random part of one thing in a problem: a small integer for each of its aspects. An aspect
 * drawn as 0 is the plainest there is, so shrinking the integers simplifies the thing.
 */
final class Draw {

  /** The greatest integer drawn; one more divides evenly into up to six choices. */
  static final int MAX = 59;

  private final ImmutableMap<Enum<?>, Integer> choices;

  private Draw(ImmutableMap<Enum<?>, Integer> choices) {
    this.choices = choices;
  }

  /** Returns the draws of things with these aspects. */
  static Arbitrary<Draw> of(Class<? extends Enum<?>> aspects) {
    ImmutableList<Enum<?>> all = ImmutableList.copyOf(aspects.getEnumConstants());
    return Arbitraries.integers()
        .between(0, MAX)
        .withDistribution(RandomDistribution.uniform())
        .shrinkTowards(0)
        .withoutEdgeCases()
        .list()
        .ofSize(all.size())
        .map(drawn -> new Draw(Maps.toMap(all, aspect -> drawn.get(all.indexOf(aspect)))));
  }

  /** Returns a number from 0 to {@code options} - 1. */
  int below(int options, Enum<?> aspect) {
    return choices.getOrDefault(aspect, 0) % options;
  }

  /** Returns true for one of {@code n} draws, never for the plainest. */
  boolean oneIn(int n, Enum<?> aspect) {
    return below(n, aspect) == n - 1;
  }

  /** Returns one of the options; the plainest is the first. */
  @SafeVarargs
  final <T> T oneOf(Enum<?> aspect, T... options) {
    return options[below(options.length, aspect)];
  }

  /** Returns one of the options; the plainest is the first. */
  <T> T oneOf(Enum<?> aspect, List<T> options) {
    return options.get(below(options.size(), aspect));
  }
}
