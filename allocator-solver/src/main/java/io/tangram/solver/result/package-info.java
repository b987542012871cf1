/**
 * From chosen devices to the allocation that Kubernetes would show: section 11 of the rules. Start
 * from {@link io.tangram.solver.result.ResultAssembler}. Nothing here chooses devices.
 */
@NullMarked
package io.tangram.solver.result;

import org.jspecify.annotations.NullMarked;
