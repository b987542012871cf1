/**
 * What is known to be wrong with kube-scheduler's own allocator, the reference, by version. Start
 * from {@link io.tangram.api.reference.Defect}. What is right is not for this package: the rules
 * say it, and checkers and allocators keep to them unless somebody asks for defects.
 */
@NullMarked
package io.tangram.api.reference;

import org.jspecify.annotations.NullMarked;
