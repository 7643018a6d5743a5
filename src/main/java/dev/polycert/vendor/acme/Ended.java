package dev.polycert.vendor.acme;


/**
 * Carries the outcome of a step that goes no further from the call that decided it to where the
 * step began. acme4j tells what a CA says by exceptions; this is what they become.
 */
final class Ended extends Exception {
  private final transient Outcome outcome;

  Ended(Outcome outcome) {
    super(outcome.toString(), null, false, false);
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }
}
