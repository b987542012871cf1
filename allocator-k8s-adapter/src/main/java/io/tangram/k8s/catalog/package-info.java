/**
 * The hardware catalogue as people and programs read it. Start from {@link
 * io.tangram.k8s.catalog.CatalogSelection}: a part of the catalogue, which {@link
 * io.tangram.k8s.catalog.CatalogText} shows to people and {@link
 * io.tangram.k8s.catalog.CatalogTree} to programs. Facts come from {@link io.tangram.api.catalog};
 * none is added here.
 */
@NullMarked
package io.tangram.k8s.catalog;

import org.jspecify.annotations.NullMarked;
