package dev.polycert.program;

/** How the run of a program ended. */
public sealed interface Ending {

  /**
   * The program ended by itself.
   *
   * @param lastLine the beginning of the last line that it has printed; empty when it was silent
   */
  record Exited(int code, String lastLine) implements Ending {}

  /** The program did not end in time, and was stopped with all that it had started. */
  record Stopped() implements Ending {}

  /**
   * The program could not be started.
   *
   * @param reason the machine's words
   */
  record NotStarted(String reason) implements Ending {}

  /** This thread was interrupted, and the program was stopped. */
  record Interrupted() implements Ending {}
}
