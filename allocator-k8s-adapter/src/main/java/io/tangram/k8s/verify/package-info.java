/**
 * Judges what the objects of a cluster say of pods and the claims they use. Start from {@link
 * io.tangram.k8s.verify.ReservationCheck}. Devices are judged by {@link
 * io.tangram.api.check.PlanChecker}.
 */
@NullMarked
package io.tangram.k8s.verify;

import org.jspecify.annotations.NullMarked;
