/**
 * The {@code tangram} command. Start from {@link io.tangram.k8s.cli.Tangram}. What a user sees is
 * decided here: options, exit codes, progress, closing words. What is allocated is not.
 */
@NullMarked
package io.tangram.k8s.cli;

import org.jspecify.annotations.NullMarked;
