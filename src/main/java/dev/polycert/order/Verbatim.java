package dev.polycert.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Result;

/**
 * Holds what vendors say to what an order can keep. What is for people is cut where it comes from;
 * an id, or a record to be published, is worth nothing when cut, so that too much of it makes the
 * answer one that says nothing.
 */
final class Verbatim {
  /**
   * A hundred names of the longest kind take less. DynamoDB takes 400 kB an order, in which the
   * records may stand twice.
   */
  static final int MOST_BYTES = 100_000;

  /** An id of something that an order has many of. */
  private static final int LONGEST_ID = 1000;

  private Verbatim() {}

  /** The outcome, unless it is too long: then nothing is known but that the vendor was asked. */
  static Outcome bounded(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Ready(Plan plan) when tooLong(plan.settings(), plan.candidates()) ->
          new Outcome.Unclear(error("the vendor's ids", MOST_BYTES));
      case Outcome.Progress told
          when tooLong(told.reference(), told.validations(), String.valueOf(told.certificate())) ->
          new Outcome.Unclear(error("the vendor's ids and what it wants published", MOST_BYTES));
      default -> outcome;
    };
  }

  /** What a service calls something, unless it is too long. */
  static Result<String> boundedId(Result<String> id) {
    return id instanceof Result.Value<String>(String text, String requestId)
            && text.length() > LONGEST_ID
        ? new Result.Failed<>(new Outcome.Unclear(error("the service's id", LONGEST_ID)))
        : id;
  }

  /** Whether an order for it would be too long. */
  static boolean tooLong(Inventory.Item item) {
    return tooLong(item.reference(), String.valueOf(item.facts()));
  }

  private static boolean tooLong(Object... parts) {
    long bytes = 0;
    for (Object part : parts) {
      bytes += part.toString().getBytes(UTF_8).length;
    }
    return bytes > MOST_BYTES;
  }

  private static VendorError error(String what, int most) {
    return new VendorError(
        ErrorClass.RETRY, "Answer.TooLong", what + " take more than " + most + " bytes");
  }
}
