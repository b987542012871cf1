package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;

/** What the command is going to have: refused until then, and never ignored. */
final class ContractOptions {

  private static final ImmutableSet<String> OPTIONS = ImmutableSet.of("--report", "--explain");
  private static final ImmutableSet<String> COMMANDS =
      ImmutableSet.of("explain", "capacity", "repack", "replay", "run");

  private ContractOptions() {}

  /** Returns what to say of arguments that nothing takes, if one of them is planned. */
  static Optional<String> planned(List<String> unmatched, boolean commandExpected) {
    return unmatched.stream()
        .map(argument -> argument.replaceFirst("=.*", ""))
        .filter(word -> OPTIONS.contains(word) || (commandExpected && COMMANDS.contains(word)))
        .findFirst()
        .map(ContractOptions::notBuilt);
  }

  private static String notBuilt(String word) {
    return word + " is not built yet";
  }
}
