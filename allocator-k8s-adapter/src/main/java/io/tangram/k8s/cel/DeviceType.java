package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.Optional;

/**
 * The type of the variable {@code device} (section 4.1 of the rules). It has four fields; any other
 * is an error of compilation. Values of attributes are dynamic (R46). Provides all types that
 * expressions may name.
 */
final class DeviceType implements CelTypeProvider {

  /** The variable an expression looks at. */
  static final String VARIABLE = "device";

  static final String DRIVER = "driver";
  static final String ATTRIBUTES = "attributes";
  static final String CAPACITY = "capacity";
  static final String ALLOW_MULTIPLE_ALLOCATIONS = "allowMultipleAllocations";

  /** The type of a capacity. */
  static final CelType QUANTITY = StructTypeReference.create("kubernetes.Quantity");

  /** The type of a version. */
  static final CelType SEMVER = StructTypeReference.create("kubernetes.Semver");

  private static final ImmutableMap<String, CelType> FIELDS =
      ImmutableMap.of(
          DRIVER,
          SimpleType.STRING,
          ALLOW_MULTIPLE_ALLOCATIONS,
          SimpleType.BOOL,
          ATTRIBUTES,
          byDomain(SimpleType.DYN),
          CAPACITY,
          byDomain(QUANTITY));

  /** The type itself. */
  static final StructType TYPE =
      StructType.create(
          "kubernetes.DRADevice", FIELDS.keySet(), field -> Optional.ofNullable(FIELDS.get(field)));

  private static MapType byDomain(CelType value) {
    return MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING, value));
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.of(TYPE, IpAddress.TYPE, Cidr.TYPE);
  }

  @Override
  public Optional<CelType> findType(String name) {
    return types().stream().filter(type -> type.name().equals(name)).findFirst();
  }
}
