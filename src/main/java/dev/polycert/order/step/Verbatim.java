package dev.polycert.order.step;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Answer;
import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Stage;
import dev.polycert.deliver.Stage.Done;
import dev.polycert.deliver.Stage.UnderWay;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Preparation.Existing;
import dev.polycert.provider.Preparation.Ready;
import dev.polycert.provider.Progress;

/**
 * Limits the size of vendor data stored in an order. Texts for people are cut where they are read;
 * an id, or a record to be published, is useless when cut, so an answer with too much of it counts
 * as unclear.
 */
public final class Verbatim {
  /**
   * A hundred names of the longest kind take less. DynamoDB takes 400 kB an order, in which the
   * records may stand twice.
   */
  static final int MOST_BYTES = 100_000;

  /** An id of something that an order has many of. */
  private static final int LONGEST_ID = 1000;

  /** An order has at most ten deliveries, each with a state. */
  private static final int LONGEST_STATE = 16_000;

  private Verbatim() {}

  /** The answer, unless it is too long: then all that is known is that the vendor was asked. */
  static Answer<Progress> bounded(Answer<Progress> answer) {
    return answer instanceof Success(var progress, _) && tooLong(progress)
        ? unclear("the vendor's ids and what it wants published", MOST_BYTES)
        : answer;
  }

  /** As {@link #bounded}. */
  static Answer<Preparation> boundedPreparation(Answer<Preparation> answer) {
    return switch (answer) {
      case Success(Ready(var plan), _) when tooLong(plan.settings(), plan.candidates()) ->
          unclear("the vendor's ids", MOST_BYTES);
      case Success(Existing(var progress), _) when tooLong(progress) ->
          unclear("the vendor's ids and what it wants published", MOST_BYTES);
      default -> answer;
    };
  }

  /** A service's id of something, unless it is too long. */
  static Answer<String> boundedId(Answer<String> id) {
    return id instanceof Success(var text, _) && text.length() > LONGEST_ID
        ? unclear("the service's id", LONGEST_ID)
        : id;
  }

  /** What a step of a delivery left, unless it is too long. */
  static Answer<Stage> boundedStage(Answer<Stage> stage) {
    return switch (stage) {
      case Success(Done(var place), _) when place.length() > LONGEST_ID ->
          unclear("the service's id", LONGEST_ID);
      case Success(UnderWay(var state, _), _) when state.toString().length() > LONGEST_STATE ->
          unclear("the state of the delivery", LONGEST_STATE);
      default -> stage;
    };
  }

  /** Whether an order for it would be too long. */
  public static boolean tooLong(Inventory.Item item) {
    return tooLong(item.reference(), String.valueOf(item.facts()), item.options());
  }

  private static boolean tooLong(Progress progress) {
    return tooLong(
        progress.reference(), progress.validations(), String.valueOf(progress.certificate()));
  }

  private static boolean tooLong(Object... parts) {
    long bytes = 0;
    for (Object part : parts) {
      bytes += part.toString().getBytes(UTF_8).length;
    }
    return bytes > MOST_BYTES;
  }

  private static <T> Answer<T> unclear(String what, int most) {
    return new Failed<>(
        new Failure.Unclear(
            new VendorError(
                ErrorClass.RETRY, "Answer.TooLong", what + " take more than " + most + " bytes")));
  }
}
