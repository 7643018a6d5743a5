package dev.polycert.store.dynamodb;

import dev.polycert.domain.StoreException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Makes calls of DynamoDB. */
final class DynamoCalls {
  /** What the one who made the call judges. */
  private static final List<Class<? extends SdkException>> ANSWERS =
      List.of(
          ConditionalCheckFailedException.class,
          TransactionCanceledException.class,
          TransactionInProgressException.class);

  /** The SDK lists all places where it looked for keys. */
  private static final int LONGEST = 300;

  private DynamoCalls() {}

  /**
   * Makes one call.
   *
   * @return its answer, or as a failure an {@link UnusableTableException}, unless a condition of
   *     the call does not hold or a transaction was not made
   */
  static <T> Uni<T> of(Supplier<CompletionStage<T>> call) {
    return Uni.createFrom()
        .completionStage(call)
        .onFailure(DynamoCalls::isFault)
        .transform(UnusableTableException::new);
  }

  private static boolean isFault(Throwable failure) {
    return failure instanceof SdkException
        && ANSWERS.stream().noneMatch(answer -> answer.isInstance(failure));
  }

  /** The table cannot be used now. */
  static final class UnusableTableException extends StoreException {
    UnusableTableException(Throwable cause) {
      super("DynamoDB: " + reason(cause) + advice(cause), cause);
    }

    private static String reason(Throwable cause) {
      AwsErrorDetails details =
          cause instanceof AwsServiceException refused ? refused.awsErrorDetails() : null;
      if (details != null) {
        return "%s: %s (requestId=%s)"
            .formatted(
                details.errorCode(),
                details.errorMessage(),
                ((AwsServiceException) cause).requestId());
      }
      String message = String.valueOf(cause.getMessage());
      return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }

    private static String advice(Throwable cause) {
      return cause instanceof ResourceNotFoundException
          ? "; make the table that POLYCERT_DYNAMODB_TABLE names, or name the one that there is"
          : "";
    }
  }
}
