package io.tangram.solver.process;

/** What can happen while a search waits for a child: it says something, or one of these. */
sealed interface ProcessEvent permits Message, ProcessEvent.Note {

  /** Events without content. */
  enum Note implements ProcessEvent {
    /** Somebody wants the waiting thread to look at the clock; perhaps for an earlier search. */
    WOKEN,
    /** The child has ended. Nothing comes after. */
    ENDED
  }
}
