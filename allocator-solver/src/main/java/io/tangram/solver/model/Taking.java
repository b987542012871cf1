package io.tangram.solver.model;

import com.google.common.collect.ImmutableMap;
import com.google.ortools.sat.Literal;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Optional;

/**
 * A device that may be taken.
 *
 * @param claim stands for the claim that takes it
 * @param isAdmin whether it is taken for administration
 * @param device the device
 * @param taken whether it is taken
 * @param amounts what is consumed of a shared device, nothing of a dedicated one
 */
record Taking(
    Object claim,
    boolean isAdmin,
    int device,
    Literal taken,
    Optional<ImmutableMap<QualifiedName, Quantity>> amounts) {}
