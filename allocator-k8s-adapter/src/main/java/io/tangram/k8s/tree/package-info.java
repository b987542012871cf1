/**
 * Trees of objects and their text, YAML or JSON, as Kubernetes reads it. Start from {@link
 * io.tangram.k8s.tree.ObjectText} to read and {@link io.tangram.k8s.tree.YamlEmitter} to write.
 * Nothing here knows what the objects mean.
 */
@NullMarked
package io.tangram.k8s.tree;

import org.jspecify.annotations.NullMarked;
