package io.tangram.k8s.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;

/**
 * An expression that cannot be evaluated further, as functions report it. It is of the
 * interpreter's own exception class because of any other the interpreter prints all arguments,
 * however large.
 */
final class CelFailure extends CelRuntimeException {

  private static final long serialVersionUID = 1;

  CelFailure(String message) {
    super(new IllegalArgumentException(message), CelErrorCode.INVALID_ARGUMENT);
  }

  /** The message alone, without the class that the superclass puts before it. */
  @Override
  public String getMessage() {
    return String.valueOf(getCause() == null ? null : getCause().getMessage());
  }

  /** A call with arguments of types that no overload of the function takes. */
  static CelFailure noSuchOverload(String function, Object... arguments) {
    StringBuilder types = new StringBuilder();
    for (Object argument : arguments) {
      types.append(types.length() == 0 ? "" : ", ").append(TypeNames.of(argument));
    }
    return new CelFailure("no such overload: " + function + " of " + types);
  }
}
