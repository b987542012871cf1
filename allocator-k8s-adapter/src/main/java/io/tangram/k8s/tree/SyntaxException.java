package io.tangram.k8s.tree;

/** A text is neither YAML nor JSON of objects. The message is one line and says where. */
public final class SyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception for a problem at no place in particular. */
  public SyntaxException(String problem) {
    super(oneLine(problem));
  }

  /**
   * Makes an exception.
   *
   * @param line the line, from 1
   * @param column the column, from 1
   * @param problem what is wrong there
   */
  public SyntaxException(int line, int column, String problem) {
    super("line " + line + ", column " + column + ": " + oneLine(problem));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
