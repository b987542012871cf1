package io.tangram.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs test methods for {@link TestProcess}, which says on standard input which, each with the
 * classes of the project loaded anew from where it says. Libraries are loaded once. Whatever tests
 * print goes to standard error.
 */
final class TestProgram {

  /** The answer where all tests passed. */
  static final String PASSED = "PASSED";

  /** The answer where one failed; why stands behind it. */
  static final String FAILED = "FAILED";

  /** The answer where there was none. */
  static final String NONE = "NONE";

  private TestProgram() {}

  /** Answers each line {@code package.Class#method<TAB>class path} with one line. */
  @SuppressWarnings("SystemExitOutsideMain") // other threads of a test may still run
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String request = requests.readLine(); request != null; request = requests.readLine()) {
      String[] parts = request.split("\t", 2);
      answers.println(answer(parts[0], parts[1]).replaceAll("\\s+", " "));
      answers.flush();
    }
    System.exit(0);
  }

  private static String answer(String test, String classPath) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader libraries = thread.getContextClassLoader();
    try (URLClassLoader project = new URLClassLoader(urls(classPath), libraries)) {
      thread.setContextClassLoader(project);
      return run(test, project);
    } catch (ClassNotFoundException e) {
      return NONE;
    } finally {
      thread.setContextClassLoader(libraries);
    }
  }

  private static URL[] urls(String classPath) throws IOException {
    String[] entries = classPath.split(File.pathSeparator);
    URL[] urls = new URL[entries.length];
    for (int i = 0; i < entries.length; i++) {
      urls[i] = Path.of(entries[i]).toUri().toURL();
    }
    return urls;
  }

  private static String run(String test, ClassLoader project) throws ClassNotFoundException {
    String[] names = test.split("#", 2);
    Class<?> testClass = Class.forName(names[0], true, project);
    MethodSelector[] methods =
        Arrays.stream(testClass.getDeclaredMethods())
            .filter(method -> method.getName().equals(names[1]) && !method.isSynthetic())
            .map((Method method) -> selectMethod(testClass, method))
            .toArray(MethodSelector[]::new);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(methods).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    if (summary.getTotalFailureCount() > 0) {
      return FAILED + " " + summary.getFailures().get(0).getException();
    }
    return summary.getTestsSucceededCount() > 0 ? PASSED : NONE;
  }
}
