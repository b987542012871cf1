package io.tangram.k8s.read;

import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.DeviceSelector;

/**
 * Makes what the CEL expressions of objects stand for. Making it never fails: an expression that
 * doesn't compile stands for something with a defect.
 */
public interface Expressions {

  /**
   * Returns the selector by an expression.
   *
   * @param expression the text; equal texts give equal selectors
   */
  DeviceSelector selector(String expression);

  /**
   * Returns the attribute that an expression derives of devices (R234).
   *
   * @param expression the text; equal texts give equal attributes
   */
  DerivedAttribute derivedAttribute(String expression);
}
