package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.device.Quantity;
import io.tangram.k8s.generate.ObjectFormat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the words of {@code tangram generate} mean, and which there are. */
final class GenerateWords {

  /** Every placement is published. */
  static final String ON_DEMAND = "on-demand";

  /** GPUs are not partitioned. */
  static final String WHOLE = "none";

  /** As many pods as the claims need. */
  static final String AUTO = "auto";

  private GenerateWords() {}

  /** Reads an amount that is not negative. */
  static final class QuantityWord implements ITypeConverter<Quantity> {
    @Override
    public Quantity convert(String word) {
      if (!Quantity.isQuantity(word) || Quantity.parse(word).signum() < 0) {
        throw new TypeConversionException(
            "'" + word + "' is not an amount, such as 500m, 8 or 64Gi");
      }
      return Quantity.parse(word);
    }
  }

  /** Reads a format. */
  static final class FormatWord implements ITypeConverter<ObjectFormat> {
    @Override
    public ObjectFormat convert(String word) {
      return Words.choose(word, Arrays.asList(ObjectFormat.values()), ObjectFormat::label);
    }
  }

  /** Reads a number of pods, nothing where it is to fit the claims. */
  static final class PodCount implements ITypeConverter<OptionalInt> {
    @Override
    public OptionalInt convert(String word) {
      if (word.equals(AUTO)) {
        return OptionalInt.empty();
      }
      try {
        return OptionalInt.of(new Words.Count().convert(word));
      } catch (TypeConversionException e) {
        throw new TypeConversionException(e.getMessage() + ", and not " + AUTO);
      }
    }
  }

  /** Lists the numbers of pods that are words. */
  static final class PodCounts implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ImmutableList.of(AUTO).iterator();
    }
  }

  /** Lists the formats. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(ObjectFormat.values()).map(ObjectFormat::label).iterator();
    }
  }

  /** Lists the machines. */
  static final class Machines implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return HardwareCatalog.standard().machines().stream().map(MachineModel::name).iterator();
    }
  }

  /** Lists the GPU models. */
  static final class Models implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return HardwareCatalog.standard().models().stream().map(GpuModel::key).iterator();
    }
  }

  /** Lists how GPUs can be published, layouts apart. */
  static final class Partitions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ImmutableList.of(ON_DEMAND, WHOLE).iterator();
    }
  }
}
