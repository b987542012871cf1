/**
 * Who is like whom: devices that every pending claim sees alike form a class, components of equal
 * classes and equal remaining counters form a class of their own, and each of these can supply some
 * multisets of device classes, its patterns. Components that can supply the same in the same places
 * form a group. Start from {@link io.tangram.solver.symmetry.Supply}. No solver comes in here.
 */
@NullMarked
package io.tangram.solver.symmetry;

import org.jspecify.annotations.NullMarked;
