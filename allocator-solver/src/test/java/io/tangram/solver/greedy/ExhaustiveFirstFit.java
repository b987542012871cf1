package io.tangram.solver.greedy;

import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.HeldDevices;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Matching;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.result.ConsumedCapacity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * First-fit as the rules tell it (section 12), word for word: no branch is left out, nothing is
 * remembered, what is in use is summed up anew at every look. For small problems.
 */
final class ExhaustiveFirstFit {

  /** A device given to a request of a claim. */
  private record Given(int claim, Request request, DeviceRequest leaf, int device) {}

  /** Where a unit goes, and with which devices. */
  private record Solution(int node, List<Given> devices) {}

  /** A selector failed, which ends the attempt on all nodes (R55). */
  private static final class Fatal extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final CompiledProblem problem;
  private final DeviceTable devices;
  private final List<Given> committed = new ArrayList<>();
  private final Map<Integer, Map<String, Quantity>> taken = new HashMap<>();
  private List<Given> call = new ArrayList<>();
  private Unit unit;
  private int node;

  private ExhaustiveFirstFit(AllocationProblem problem) {
    this.problem = CompiledProblem.of(problem, Deadline.never());
    this.devices = this.problem.devices();
  }

  /** Returns what each claim gets, as {@code request driver/pool/device} in the order of choice. */
  static Map<ClaimId, List<String>> allocate(AllocationProblem problem) {
    return new ExhaustiveFirstFit(problem).run();
  }

  private Map<ClaimId, List<String>> run() {
    Map<ClaimId, List<String>> results = new LinkedHashMap<>();
    List<Integer> nodes =
        IntStream.range(0, problem.nodes())
            .boxed()
            .sorted(Comparator.comparing(n -> problem.problem().nodes().get(n).name()))
            .toList();
    for (Unit next : problem.units().queue()) {
      unit = next;
      best(nodes).ifPresent(found -> admit(found, results));
    }
    return results;
  }

  private void admit(Solution found, Map<ClaimId, List<String>> results) {
    unit.claims().forEach(claim -> results.put(claim.id(), new ArrayList<>()));
    wanted(found.node())
        .forEach((name, amount) -> taken(found.node()).merge(name, amount, Quantity::plus));
    for (Given given : found.devices()) {
      results
          .get(unit.claims().get(given.claim()).id())
          .add(given.request().resultName(given.leaf()) + " " + devices.id(given.device()));
      if (!given.leaf().adminAccess()) {
        committed.add(given);
      }
    }
  }

  private Map<String, Quantity> taken(int each) {
    return taken.computeIfAbsent(each, n -> new HashMap<>());
  }

  /** What the unit takes of a node, where that is known to have too little of something. */
  private Map<String, Quantity> wanted(int each) {
    Node known = problem.problem().nodes().get(each);
    Map<String, Quantity> wanted = new HashMap<>();
    if (unit.workload().isPresent() && known.available().isPresent()) {
      unit.workload()
          .get()
          .resourcesOn(known, unit.claims())
          .forEach(
              (name, amount) -> {
                if (amount.signum() > 0) {
                  wanted.put(name, amount);
                }
              });
    }
    return wanted;
  }

  private boolean hasRoom(int each) {
    return wanted(each).entrySet().stream()
        .allMatch(
            one ->
                taken(each)
                        .getOrDefault(one.getKey(), Quantity.ZERO)
                        .plus(one.getValue())
                        .compareTo(
                            problem
                                .problem()
                                .nodes()
                                .get(each)
                                .available()
                                .orElseThrow()
                                .getOrDefault(one.getKey(), Quantity.ZERO))
                    <= 0);
  }

  /** The solution on the node with the best score, of equals the first by name (R80). */
  private Optional<Solution> best(List<Integer> nodes) {
    Optional<Solution> best = Optional.empty();
    int bestScore = -1;
    for (int each : nodes) {
      if (!unit.type().mayUse(each) || !hasRoom(each)) {
        continue;
      }
      node = each;
      call = new ArrayList<>();
      try {
        if (setsAreKnown() && request(0, 0)) {
          int score = score(call);
          if (score > bestScore) {
            bestScore = score;
            best = Optional.of(new Solution(each, List.copyOf(call)));
          }
          if (bestScore == bestPossibleScore()) {
            return best;
          }
        }
      } catch (Fatal e) {
        return Optional.empty();
      }
    }
    return best;
  }

  private int bestPossibleScore() {
    int score = 0;
    for (Claim claim : unit.claims()) {
      for (Request request : claim.requests()) {
        score += request instanceof Request.FirstAvailable ? 8 : 0;
      }
    }
    return score;
  }

  private int score(List<Given> found) {
    int score = 0;
    for (int c = 0; c < unit.claims().size(); c++) {
      for (Request request : unit.claims().get(c).requests()) {
        if (request instanceof Request.FirstAvailable) {
          int claim = c;
          DeviceRequest chosen =
              found.stream()
                  .filter(given -> given.claim() == claim && given.request() == request)
                  .findFirst()
                  .orElseThrow()
                  .leaf();
          score += 8 - request.alternatives().indexOf(chosen);
        }
      }
    }
    return score;
  }

  /** R201: the sets of mode All come first, for every alternative of every claim. */
  private boolean setsAreKnown() {
    for (int c = 0; c < unit.claims().size(); c++) {
      long least = 0;
      for (Request request : asked(c)) {
        long cheapest = Long.MAX_VALUE;
        for (DeviceRequest leaf : request.alternatives()) {
          if (compiled(c, request, leaf).isAll()) {
            if (problem.blocksAllMode(node)) {
              return false;
            }
            cheapest = Math.min(cheapest, all(compiled(c, request, leaf)).size());
          } else {
            cheapest = Math.min(cheapest, compiled(c, request, leaf).count());
          }
        }
        least += cheapest;
      }
      if (least > Claim.MAX_DEVICES) {
        return false;
      }
    }
    return true;
  }

  /** What the node doesn't serve itself of a claim (R216). */
  private List<Request> asked(int claim) {
    return unit.claims().get(claim).on(problem.problem().nodes().get(node)).requests();
  }

  private List<Integer> all(Leaf leaf) {
    List<Integer> all = new ArrayList<>();
    for (int device : devices.beforeNode(node)) {
      if (matches(leaf, device)
          && devices.isSeenBy(device, node)
          && amounts(leaf, device).isPresent()) {
        all.add(device);
      }
    }
    return all;
  }

  private Leaf compiled(int claim, Request request, DeviceRequest leaf) {
    int line = unit.claims().get(claim).requests().indexOf(request);
    return unit.type()
        .claims()
        .get(claim)
        .requests()
        .get(line)
        .leaves()
        .get(request.alternatives().indexOf(leaf));
  }

  private boolean request(int claim, int line) {
    if (claim == unit.claims().size()) {
      return true;
    }
    List<Request> requests = unit.claims().get(claim).requests();
    if (line == requests.size()) {
      return request(claim + 1, 0);
    }
    Request request = requests.get(line);
    if (!asked(claim).contains(request)) {
      return request(claim, line + 1);
    }
    for (DeviceRequest alternative : request.alternatives()) {
      Leaf leaf = compiled(claim, request, alternative);
      List<Integer> set = leaf.isAll() ? all(leaf) : List.of();
      long size = leaf.isAll() ? set.size() : leaf.count();
      long before = call.stream().filter(given -> given.claim() == claim).count();
      if (size == 0 || before + size > Claim.MAX_DEVICES) {
        continue;
      }
      boolean found =
          leaf.isAll()
              ? everything(claim, line, alternative, set, 0)
              : some(claim, line, alternative, size, 0);
      if (found) {
        return true;
      }
    }
    return false;
  }

  private boolean some(int claim, int line, DeviceRequest leaf, long left, int from) {
    if (left == 0) {
      return request(claim, line + 1);
    }
    Request request = unit.claims().get(claim).requests().get(line);
    int[] offered = devices.beforeNode(node);
    for (int i = from; i < offered.length; i++) {
      Given given = new Given(claim, request, leaf, offered[i]);
      if (isInUse(given)
          || !matches(compiled(claim, request, leaf), offered[i])
          || !devices.isSeenBy(offered[i], node)) {
        continue;
      }
      if (isAvailable(given)) {
        call.add(given);
        if (some(claim, line, leaf, left - 1, i + 1)) {
          return true;
        }
        call.remove(call.size() - 1);
      }
    }
    return false;
  }

  private boolean everything(
      int claim, int line, DeviceRequest leaf, List<Integer> set, int index) {
    if (index == set.size()) {
      return request(claim, line + 1);
    }
    Request request = unit.claims().get(claim).requests().get(line);
    Given given = new Given(claim, request, leaf, set.get(index));
    if (isInUse(given) || !isAvailable(given)) {
      return false;
    }
    call.add(given);
    if (everything(claim, line, leaf, set, index + 1)) {
      return true;
    }
    call.remove(call.size() - 1);
    return false;
  }

  private boolean matches(Leaf leaf, int device) {
    Matching.Verdict verdict = problem.matching().verdict(leaf, device);
    if (verdict == Matching.Verdict.FAILURE) {
      throw new Fatal();
    }
    return verdict == Matching.Verdict.MATCH;
  }

  /** R82 to R84, R90 to R92. */
  private boolean isInUse(Given given) {
    DeviceId id = devices.id(given.device());
    boolean shared = devices.isShared(given.device());
    if (given.leaf().adminAccess()) {
      return !shared
          && call.stream()
              .anyMatch(g -> g.claim() == given.claim() && devices.id(g.device()).equals(id));
    }
    HeldDevices.Use use = devices.use(given.device());
    boolean held = use != null && (use.isDedicated() || (!shared && use.shares() > 0));
    boolean taken =
        !shared
            && (committed.stream().anyMatch(g -> devices.id(g.device()).equals(id))
                || call.stream().anyMatch(g -> devices.id(g.device()).equals(id)));
    return held || taken;
  }

  private boolean isAvailable(Given given) {
    return fitsCapacity(given)
        && (given.leaf().adminAccess() || fitsCounters(given.device()))
        && Matching.mayTake(given.leaf(), devices.device(given.device()))
        && satisfiesConstraints(given);
  }

  private Optional<? extends Map<QualifiedName, Quantity>> amounts(Leaf leaf, int device) {
    return ConsumedCapacity.of(devices.device(device), leaf.request().capacityRequests());
  }

  private Map<QualifiedName, Quantity> amounts(Given given) {
    return ConsumedCapacity.of(devices.device(given.device()), given.leaf().capacityRequests())
        .orElseThrow();
  }

  private boolean fitsCapacity(Given given) {
    Device device = devices.device(given.device());
    if (ConsumedCapacity.of(device, given.leaf().capacityRequests()).isEmpty()) {
      return false;
    }
    if (!device.allowMultipleAllocations()) {
      return true;
    }
    for (Map.Entry<QualifiedName, Quantity> amount : amounts(given).entrySet()) {
      HeldDevices.Use use = devices.use(given.device());
      BigDecimal used = use == null ? BigDecimal.ZERO : use.consumed(amount.getKey());
      for (Given other : inUse()) {
        if (devices.id(other.device()).equals(devices.id(given.device()))) {
          used = used.add(amounts(other).get(amount.getKey()).value());
        }
      }
      BigDecimal whole = device.capacity().get(amount.getKey()).value().value();
      if (used.add(amount.getValue().value()).compareTo(whole) > 0) {
        return false;
      }
    }
    return true;
  }

  private List<Given> inUse() {
    List<Given> all = new ArrayList<>(committed);
    all.addAll(call);
    return all;
  }

  /** R111 to R113, R116. */
  private boolean fitsCounters(int candidate) {
    Set<DeviceId> drawing = new HashSet<>();
    for (Given given : inUse()) {
      if (!given.leaf().adminAccess() && !isHeldShare(given.device())) {
        drawing.add(devices.id(given.device()));
      }
    }
    boolean paid = drawing.contains(devices.id(candidate)) || isHeldShare(candidate);
    if (devices.isShared(candidate) && paid) {
      return true;
    }
    if (devices.sets(candidate).length > 0 && devices.isClosed(candidate)) {
      return false;
    }
    CounterTable counters = problem.counters();
    for (int i = 0; i < devices.sets(candidate).length; i++) {
      int set = devices.sets(candidate)[i];
      Draw wanted = devices.draws(candidate)[i];
      for (int k = 0; k < wanted.size(); k++) {
        long left = counters.available(set, wanted.counter(k));
        for (int device = 0; device < devices.size(); device++) {
          if (drawing.contains(devices.id(device))) {
            left -= drawn(device, set, wanted.counter(k));
          }
        }
        if (wanted.amount(k) > left) {
          return false;
        }
      }
      if (!hasOpenGroup(set, wanted, drawing)) {
        return false;
      }
    }
    return true;
  }

  /** R122. */
  private boolean hasOpenGroup(int set, Draw wanted, Set<DeviceId> drawing) {
    BitSet open = problem.counters().groups().open(set);
    for (int device = 0; device < devices.size(); device++) {
      for (int i = 0; i < devices.sets(device).length; i++) {
        if (devices.sets(device)[i] == set && drawing.contains(devices.id(device))) {
          BitSet own = new BitSet();
          devices.draws(device)[i].groups().forEach(own::set);
          open.and(own);
        }
      }
    }
    return wanted.groups().stream().anyMatch(open::get);
  }

  private boolean isHeldShare(int device) {
    HeldDevices.Use use = devices.use(device);
    return use != null && use.shares() > 0;
  }

  private long drawn(int device, int set, int counter) {
    long drawn = 0;
    for (int i = 0; i < devices.sets(device).length; i++) {
      Draw draw = devices.draws(device)[i];
      for (int k = 0; devices.sets(device)[i] == set && k < draw.size(); k++) {
        drawn += draw.counter(k) == counter ? draw.amount(k) : 0;
      }
    }
    return drawn;
  }

  /** Section 6: all devices of the claim, the new one included, against every constraint. */
  private boolean satisfiesConstraints(Given candidate) {
    List<Given> ofClaim = new ArrayList<>();
    call.stream().filter(given -> given.claim() == candidate.claim()).forEach(ofClaim::add);
    ofClaim.add(candidate);
    return unit.claims().get(candidate.claim()).constraints().stream()
        .allMatch(
            constraint ->
                isSatisfied(
                    constraint,
                    ofClaim.stream()
                        .filter(given -> constraint.covers(given.request(), given.leaf()))
                        .toList()));
  }

  private boolean isSatisfied(DeviceConstraint constraint, List<Given> covered) {
    if (constraint instanceof DeviceConstraint.MatchAttribute match) {
      Set<Object> common = null;
      for (Given given : covered) {
        Set<Object> own = elements(given, match.attribute());
        if (common == null) {
          common = own;
        } else {
          common.retainAll(own);
        }
        if (common.isEmpty()) {
          return false;
        }
      }
      return true;
    }
    QualifiedName attribute = ((DeviceConstraint.DistinctAttribute) constraint).attribute();
    Set<Object> all = new HashSet<>();
    for (Given given : covered) {
      Set<Object> own = elements(given, attribute);
      boolean isLate = isUnread(given, attribute) && !all.isEmpty();
      if (isLate || own.isEmpty() || own.stream().anyMatch(all::contains)) {
        return false;
      }
      all.addAll(own);
    }
    return true;
  }

  /** R104: distinct from what comes after it, but not from what came before. */
  private boolean isUnread(Given given, QualifiedName attribute) {
    return value(given, attribute) instanceof AttributeValue.UnreadList;
  }

  private Set<Object> elements(Given given, QualifiedName attribute) {
    AttributeValue value = value(given, attribute);
    Set<Object> elements = new HashSet<>();
    if (value != null) {
      value.elements().forEach(element -> elements.add(List.of(value.type(), element)));
    }
    return elements;
  }

  /** R28, R234. */
  private @Nullable AttributeValue value(Given given, QualifiedName attribute) {
    String driver = devices.driver(given.device());
    Device device = devices.device(given.device());
    DerivedAttribute derived = given.leaf().derivedAttributes().get(attribute);
    if (derived == null) {
      return device.attribute(driver, attribute);
    }
    return derived.evaluate(driver, device) instanceof DerivedAttribute.Outcome.Value value
        ? value.value()
        : null;
  }
}
