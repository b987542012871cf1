package io.tangram.k8s.cel;

/** A value of a type that Kubernetes adds to CEL. Only values of the same type compare with it. */
interface NamedValue {

  /** The name of the type. */
  String typeName();

  /** The size that counts for costs. */
  default long size() {
    return 1;
  }
}
