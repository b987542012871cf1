/**
 * kube-scheduler's allocator as it is, with the defects that are asked for, for those who must
 * predict it. Start from {@link io.tangram.solver.reference.ReferenceAllocator}. The search mirrors
 * the reference's order of operations, its caches and what it forgets to undo, and is as slow;
 * nothing clever belongs here, and no other allocator may build on it.
 */
@NullMarked
package io.tangram.solver.reference;

import org.jspecify.annotations.NullMarked;
