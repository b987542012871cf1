package io.tangram.k8s.cli;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.Admission;
import io.tangram.api.reference.Defect;
import io.tangram.api.topology.LinkObjective;
import io.tangram.k8s.write.ResultFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the words behind options mean. */
final class Words {

  private Words() {}

  static <T> T choose(String word, List<T> choices, Function<T, String> label) {
    return choices.stream()
        .filter(choice -> label.apply(choice).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + word
                        + "' must be one of "
                        + String.join(", ", choices.stream().map(label).toList())));
  }

  /** Reads an admission objective. */
  static final class AdmissionWord implements ITypeConverter<Admission> {
    @Override
    public Admission convert(String word) {
      return choose(word, Arrays.asList(Admission.values()), Admission::label);
    }
  }

  /** Lists the admission objectives. */
  static final class Admissions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Admission.values()).map(Admission::label).iterator();
    }
  }

  /** Reads a measure of links. */
  static final class LinkObjectiveWord implements ITypeConverter<LinkObjective> {
    @Override
    public LinkObjective convert(String word) {
      return choose(word, Arrays.asList(LinkObjective.values()), LinkObjective::label);
    }
  }

  /** Lists the measures of links. */
  static final class LinkObjectives implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(LinkObjective.values()).map(LinkObjective::label).iterator();
    }
  }

  /** Reads a format of results. */
  static final class FormatWord implements ITypeConverter<ResultFormat> {
    @Override
    public ResultFormat convert(String word) {
      return choose(word, Arrays.asList(ResultFormat.values()), ResultFormat::label);
    }
  }

  /** Reads a whole number. */
  static final class WholeNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String word) {
      try {
        return Long.valueOf(word);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + word + "' is not a whole number of 64 bits");
      }
    }
  }

  /** Reads a number of things of which there is one at least. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return count(word, 1);
    }
  }

  /** Reads a number of things of which there may be none. */
  static final class CountOrNone implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return count(word, 0);
    }
  }

  private static int count(String word, int least) {
    Integer count = Ints.tryParse(word);
    if (count == null || count < least) {
      throw new TypeConversionException(
          "'" + word + "' is not a whole number from " + least + " to " + Integer.MAX_VALUE);
    }
    return count;
  }

  /** Reads a part of one: all of it, nothing, or what is between. */
  static final class Part implements ITypeConverter<Double> {
    @Override
    public Double convert(String word) {
      Double part = Doubles.tryParse(word);
      if (part == null || !(part >= 0 && part <= 1)) {
        throw new TypeConversionException("'" + word + "' is not a number from 0 to 1");
      }
      return part;
    }
  }

  /** Reads a duration that is more than nothing. */
  static final class DurationWord implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String word) {
      Duration duration;
      try {
        duration = DurationText.parse(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
      if (duration.isZero()) {
        throw new TypeConversionException("'" + word + "' is no time at all; write more, as 10s");
      }
      return duration;
    }
  }

  /** Reads a version of Kubernetes of which it is known what its scheduler does wrong. */
  static final class ReferenceVersion implements ITypeConverter<KubernetesVersion> {
    @Override
    public KubernetesVersion convert(String word) {
      try {
        KubernetesVersion version = KubernetesVersion.parse(word);
        Defect.requireKnown(version);
        return version;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()).replaceFirst("\\.$", ""));
      }
    }
  }

  /** Reads a point in time. */
  static final class InstantWord implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String word) {
      try {
        return OffsetDateTime.parse(word).toInstant();
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + word + "' is not a time; write 2025-01-31T12:00:00Z");
      }
    }
  }
}
