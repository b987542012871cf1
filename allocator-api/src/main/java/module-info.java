/**
 * Devices, claims and plans, and the contract of an allocator; no solver, no Kubernetes, no JSON.
 */
module io.tangram.api {
  requires transitive com.google.common;
  requires static transitive com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires static org.immutables.value.annotations;
  requires static java.compiler; // javax.annotation.processing.Generated on generated code

  exports io.tangram.api;
  exports io.tangram.api.catalog;
  exports io.tangram.api.check;
  exports io.tangram.api.claim;
  exports io.tangram.api.device;
  exports io.tangram.api.feature;
  exports io.tangram.api.plan;
  exports io.tangram.api.projection;
  exports io.tangram.api.reference;
  exports io.tangram.api.topology;
}
