package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import io.tangram.k8s.read.EarlierResult;
import io.tangram.k8s.read.ExpectedClaims;
import io.tangram.k8s.read.Expressions;
import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.read.PriceList;
import java.util.Optional;

/**
 * The files that objectives go by, each list empty where none is named.
 *
 * @param expected claims that are likely to come
 * @param prices what nodes cost, in one file
 * @param start an earlier result
 */
record GuideFiles(
    ImmutableList<InputFile> expected,
    ImmutableList<InputFile> prices,
    ImmutableList<InputFile> start) {

  /**
   * Refuses several files of prices.
   *
   * @throws UsageException if there are more than one
   */
  GuideFiles {
    if (prices.size() > 1) {
      throw new UsageException(
          "--prices: is a folder with " + prices.size() + " files; name one file.");
    }
  }

  /** Returns all of them. */
  ImmutableList<InputFile> all() {
    return ImmutableList.<InputFile>builder().addAll(expected).addAll(prices).addAll(start).build();
  }

  /**
   * Reads them.
   *
   * @param expressions makes what CEL expressions stand for, as for the cluster
   * @throws io.tangram.k8s.read.InputException if one is bad
   */
  Guidance read(Expressions expressions) {
    return new Guidance(
        expected.isEmpty()
            ? Optional.empty()
            : Optional.of(ExpectedClaims.read(expected, expressions)),
        prices.stream().findFirst().map(PriceList::read),
        start.isEmpty() ? Optional.empty() : Optional.of(EarlierResult.read(start, expressions)));
  }
}
