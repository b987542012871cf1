package io.tangram.solver.model;

import io.tangram.solver.compile.IntList;
import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.Pattern;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** How many components of each group are still to supply each pattern. */
final class PatternQuotas {

  private final Map<ComponentGroup, long[]> quotas = new LinkedHashMap<>();

  /** A component and the number of the pattern that it supplies. */
  record Choice(NodeShelf.Component component, int number) {

    Pattern pattern() {
      return component.group().patterns().get(number);
    }
  }

  /** What speaks for a choice: much that is wanted, few to leave it to, little else. */
  private record Merit(long gain, double spare, long waste) {

    boolean isBetterThan(Merit other) {
      if (gain != other.gain) {
        return gain > other.gain;
      }
      return spare != other.spare ? spare < other.spare : waste < other.waste;
    }
  }

  /** Says how many components of a group supply each of its patterns. */
  void put(ComponentGroup group, long[] components) {
    quotas.put(group, components.clone());
  }

  private long[] of(ComponentGroup group) {
    return Objects.requireNonNull(quotas.get(group));
  }

  /** Calls for each group with how many of its components are still to supply each pattern. */
  void forEach(BiConsumer<ComponentGroup, long[]> action) {
    quotas.forEach(action);
  }

  /** Notes that a component supplies a pattern. */
  void take(Choice choice) {
    of(choice.component().group())[choice.number()]--;
  }

  /** Takes that back. */
  void giveBack(Choice choice) {
    of(choice.component().group())[choice.number()]++;
  }

  /** How many devices of some classes any component supplies at most. */
  int most(Set<Integer> deviceClasses) {
    return quotas.keySet().stream().mapToInt(group -> most(group, deviceClasses)).max().orElse(0);
  }

  /** How many devices of some classes a component of the group can still supply at most. */
  int most(ComponentGroup group, Set<Integer> deviceClasses) {
    long[] quota = of(group);
    int most = 0;
    for (int p = 0; p < quota.length; p++) {
      if (quota[p] > 0) {
        int devices = 0;
        for (int cell = 0; cell < group.places().size(); cell++) {
          if (deviceClasses.contains(group.places().get(cell).deviceClass().index())) {
            devices += group.patterns().get(p).supply().get(cell);
          }
        }
        most = Math.max(most, devices);
      }
    }
    return most;
  }

  /**
   * Chooses the component that gives most of what is missing, of equals one of which the likes need
   * not give any, and the pattern with least else in it.
   *
   * @param missing how many devices are missing
   */
  Optional<Choice> best(
      List<NodeShelf.Component> open, Serving.Hand hand, TieFilter filter, long missing) {
    Choice best = null;
    Merit most = new Merit(0, 0, 0);
    for (NodeShelf.Component component : open) {
      long[] quota = of(component.group());
      double spare = spare(component, hand, filter);
      for (int p = 0; p < quota.length; p++) {
        if (quota[p] > 0) {
          Pattern pattern = component.group().patterns().get(p);
          long gain = Math.min(missing, gain(component, pattern, hand, filter));
          Merit merit = new Merit(gain, spare, pattern.supply().stream().sum() - gain);
          if (gain > 0 && merit.isBetterThan(most)) {
            best = new Choice(component, p);
            most = merit;
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Chooses the pattern that is best, if any is good at all, of those still to be supplied. */
  Optional<Choice> best(NodeShelf.Component component, IntUnaryOperator good) {
    long[] quota = of(component.group());
    return IntStream.range(0, quota.length)
        .filter(p -> quota[p] > 0 && good.applyAsInt(p) > 0)
        .boxed()
        .max(Comparator.comparingInt(good::applyAsInt))
        .map(p -> new Choice(component, p));
  }

  /** Which part of the components like this one need not supply anything for the hand. */
  private double spare(NodeShelf.Component component, Serving.Hand hand, TieFilter filter) {
    long[] quota = of(component.group());
    long all = 0;
    long spare = 0;
    for (int p = 0; p < quota.length; p++) {
      if (quota[p] > 0) {
        all += quota[p];
        Pattern pattern = component.group().patterns().get(p);
        spare += gain(component, pattern, hand, filter) == 0 ? quota[p] : 0;
      }
    }
    return all == 0 ? 0 : (double) spare / all;
  }

  private static long gain(
      NodeShelf.Component component, Pattern pattern, Serving.Hand hand, TieFilter filter) {
    long gain = 0;
    List<Place> places = component.group().places();
    List<IntList> devices = null;
    for (int cell = 0; cell < places.size(); cell++) {
      long wanted = hand.left(places.get(cell).deviceClass().index());
      int supplied = pattern.supply().get(cell);
      if (wanted > 0 && supplied > 0) {
        long fitting = supplied;
        if (!filter.isOpen()) {
          devices = devices == null ? component.devices(pattern) : devices;
          fitting = devices.get(cell).asList().stream().filter(filter::admits).count();
        }
        gain += Math.min(wanted, fitting);
      }
    }
    return gain;
  }
}
