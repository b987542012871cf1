package io.tangram.api;

import java.util.ArrayList;
import java.util.List;

/**
 * A switch that ends an allocation early; the allocator then returns the best plan it has, and
 * throws {@link DeadlineExceededException} if it has none yet. Thread-safe. Once cancelled it stays
 * so.
 */
public final class Cancellation {

  private final boolean cancellable;
  private final List<Runnable> listeners = new ArrayList<>();
  private boolean cancelled;

  private Cancellation(boolean cancellable) {
    this.cancellable = cancellable;
  }

  /** Returns a switch that is off. */
  public static Cancellation create() {
    return new Cancellation(true);
  }

  /** Returns a switch that is off for good. */
  public static Cancellation never() {
    return new Cancellation(false);
  }

  /**
   * Ends the work.
   *
   * @throws UnsupportedOperationException if this is {@link #never()}
   */
  public void cancel() {
    if (!cancellable) {
      throw new UnsupportedOperationException(
          "Cancellation.never() can't be cancelled; hand out Cancellation.create() instead.");
    }
    List<Runnable> toRun;
    synchronized (listeners) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      toRun = List.copyOf(listeners);
      listeners.clear();
    }
    toRun.forEach(Runnable::run);
  }

  /** Returns whether the work should end. */
  public boolean isCancelled() {
    synchronized (listeners) {
      return cancelled;
    }
  }

  /**
   * Calls {@code listener} once when the work should end, at once if it should already.
   *
   * @param listener must return quickly and not throw; it runs on the thread that cancels
   * @return closes the subscription
   */
  public Subscription onCancel(Runnable listener) {
    synchronized (listeners) {
      if (!cancelled) {
        if (cancellable) {
          listeners.add(listener);
        }
        return () -> {
          synchronized (listeners) {
            listeners.remove(listener);
          }
        };
      }
    }
    listener.run();
    return () -> {};
  }

  /** Ends a subscription. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
