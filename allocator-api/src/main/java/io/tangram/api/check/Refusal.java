package io.tangram.api.check;

/**
 * Why something can't be given.
 *
 * @param rule the number of the rule
 * @param message what is wrong
 */
record Refusal(String rule, String message) {}
