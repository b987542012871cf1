/**
 * CEL expressions over devices that behave as those of Kubernetes (section 4 of the rules), on
 * dev.cel. Start from {@link io.tangram.k8s.cel.CelExpressions}; {@code ExpressionCompiler} is the
 * way from text to program, in order.
 *
 * <p>Where dev.cel and the CEL of Kubernetes differ, the expression is adapted or a function
 * replaced, so that the outcome is Kubernetes'. What is here, each building on those before:
 *
 * <ul>
 *   <li>values and their types: {@code DeviceType}, {@code DeviceValues} and the implementations of
 *       {@code NamedValue};
 *   <li>costs and limits: {@code CostEstimate} before an evaluation, {@code EvaluationMeter} in
 *       one;
 *   <li>functions, a class for each library of section 4.2: {@code UrlFunctions} and so on, with
 *       {@code Equality}, {@code Comparison} and {@code Lookup} under them, and the macros;
 *   <li>expressions: {@code LiteralChecks}, {@code AstAdaptation}, {@code ExpressionReads}.
 * </ul>
 *
 * <p>Never in here: JSON, Kubernetes objects, solving.
 */
@NullMarked
package io.tangram.k8s.cel;

import org.jspecify.annotations.NullMarked;
