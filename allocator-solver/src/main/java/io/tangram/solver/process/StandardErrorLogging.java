package io.tangram.solver.process;

import com.google.common.base.Throwables;
import java.io.PrintStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The logging of a child process: warnings and errors on standard error, each in one line, which
 * the parent logs and quotes. A child is told to use it in place of the application's, whose files
 * it must not open. Stack traces follow only if the parent logs in detail.
 */
public final class StandardErrorLogging implements SLF4JServiceProvider {

  /** The property of a child that is to write stack traces. */
  static final String TRACES = "tangram.traces";

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();

  private final PrintStream err;
  private final boolean traces;

  /** Makes the provider of a child process; SLF4J calls this. */
  public StandardErrorLogging() {
    this(System.err, Boolean.getBoolean(TRACES));
  }

  /** Makes a provider that writes elsewhere. */
  StandardErrorLogging(PrintStream err, boolean traces) {
    this.err = err;
    this.traces = traces;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> new StandardErrorLogger(name, err, traces);
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  private static final class StandardErrorLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final transient PrintStream err;
    private final boolean traces;

    StandardErrorLogger(String name, PrintStream err, boolean traces) {
      this.name = name;
      this.err = err;
      this.traces = traces;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return AbstractLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String pattern,
        Object @Nullable [] arguments,
        @Nullable Throwable thrown) {
      String message = MessageFormatter.basicArrayFormat(pattern, arguments);
      err.println(thrown == null ? message : message + ": " + causes(thrown));
      if (thrown != null && traces) {
        thrown.printStackTrace(err);
      }
    }

    private static String causes(Throwable thrown) {
      return Throwables.getCausalChain(thrown).stream()
          .map(Throwable::toString)
          .distinct()
          .collect(Collectors.joining("; because of "));
    }
  }
}
