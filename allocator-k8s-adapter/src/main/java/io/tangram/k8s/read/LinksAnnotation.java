package io.tangram.k8s.read;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.LinkRequirement;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The annotation {@value #NAME}: what joins each two devices of a claim.
 *
 * <pre>
 * links        = part *( ";" part )
 * part         = [ request *( "," request ) "=" ] requirement
 * request      = the name of a request of the claim, or request/subrequest
 * requirement  = "nvlink" / rate / "nvlink" rate       parted by spaces
 * rate         = a number of at most three decimals, "GB/s", from 0.001GB/s to 1000000GB/s
 * </pre>
 *
 * <p>A part without requests is about all devices of the claim. Rates are for one direction, in
 * 10<sup>9</sup> bytes a second.
 */
final class LinksAnnotation {

  static final String NAME = ClaimAnnotations.PREFIX + "links";

  private static final String NVLINK = "nvlink";
  private static final Pattern RATE = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,3})?)GB/s");
  private static final BigDecimal MOST_GB = BigDecimal.valueOf(1_000_000);
  private static final int GB_IN_MB_DIGITS = 3;

  private LinksAnnotation() {}

  /** Reads the annotation of a claim with these requests. */
  static ImmutableList<DeviceConstraint> parse(Field annotation, ImmutableList<Request> requests) {
    ImmutableList.Builder<DeviceConstraint> constraints = ImmutableList.builder();
    Set<String> known = new HashSet<>();
    for (Request request : requests) {
      known.add(request.name());
      for (DeviceRequest alternative : request.alternatives()) {
        known.add(request.resultName(alternative));
      }
    }
    for (String part : Splitter.on(';').trimResults().split(annotation.text())) {
      int equals = part.indexOf('=');
      ImmutableList<String> covered =
          equals < 0 ? ImmutableList.of() : requests(annotation, part.substring(0, equals), known);
      constraints.add(
          new DeviceConstraint.Linked(
              covered, requirement(annotation, part.substring(equals + 1).strip())));
    }
    return constraints.build();
  }

  private static ImmutableList<String> requests(Field annotation, String list, Set<String> known) {
    List<String> names = Splitter.on(',').trimResults().splitToList(list);
    for (String name : names) {
      if (!known.contains(name)) {
        throw annotation.bad(
            "\""
                + name
                + "\" names no request of the claim; write request=nvlink or"
                + " request/subrequest=nvlink, several requests parted by commas.");
      }
    }
    return names.stream().distinct().collect(ImmutableList.toImmutableList());
  }

  private static LinkRequirement requirement(Field annotation, String text) {
    boolean byNvLinks = false;
    Optional<Long> rate = Optional.empty();
    for (String word : Splitter.on(' ').omitEmptyStrings().split(text)) {
      Optional<Long> own = rate(word);
      boolean isNew = own.isPresent() ? rate.isEmpty() : word.equals(NVLINK) && !byNvLinks;
      if (!isNew) {
        throw bad(annotation, text);
      }
      byNvLinks |= own.isEmpty();
      rate = rate.or(() -> own);
    }
    if (!byNvLinks && rate.isEmpty()) {
      throw bad(annotation, text);
    }
    return new LinkRequirement(rate.orElse(0L), byNvLinks);
  }

  /** Returns a rate in MB/s, if it is one. */
  private static Optional<Long> rate(String word) {
    Matcher rate = RATE.matcher(word);
    if (!rate.matches()) {
      return Optional.empty();
    }
    BigDecimal gb = new BigDecimal(rate.group(1));
    return gb.signum() > 0 && gb.compareTo(MOST_GB) <= 0
        ? Optional.of(gb.movePointRight(GB_IN_MB_DIGITS).longValueExact())
        : Optional.empty();
  }

  private static InputException bad(Field annotation, String text) {
    return annotation.bad(
        "\""
            + text
            + "\" must be nvlink, a rate such as 25GB/s, or both; before it may stand request=, and"
            + " several are parted by semicolons.");
  }
}
