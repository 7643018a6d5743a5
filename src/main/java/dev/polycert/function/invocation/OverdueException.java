package dev.polycert.function.invocation;

/** Says that there is no answer in time. The work goes on, and is recorded as it is done. */
final class OverdueException extends RuntimeException {

  OverdueException(String operation) {
    super(
        "There is no answer of %s in time. What was begun goes on and is on record: look at the"
                .formatted(operation)
            + " orders, or ask again, which sends nothing twice.",
        null,
        false,
        false);
  }
}
