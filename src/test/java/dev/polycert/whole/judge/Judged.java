package dev.polycert.whole.judge;

/**
 * An operation under judgement.
 *
 * @param name as the vendor calls it
 * @param trial brings the sandbox into a state, calls the operation with the SDK and looks at what
 *     the SDK made of the answer
 */
record Judged(String name, Trial trial) {

  /** May fail as SDKs do. */
  interface Trial {
    void run() throws Exception;
  }

  @Override
  public String toString() {
    return name;
  }
}
