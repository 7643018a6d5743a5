package dev.polycert.rate;

import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Keeps one item for each key: {@code next} is its next free slot, and {@code at} the time at which
 * slots were last taken, by the clock of the instance that took them; both in seconds since 1970.
 *
 * <p>An update cannot say "the later of {@code next} and now", so there are two, each atomic, with
 * conditions that exclude each other: one moves {@code next} on from where it is, the other starts
 * anew from now. Taking slots costs one write unit (two when the wrong update was tried first),
 * however many instances compete, and no read.
 */
final class DynamoSlots implements Slots {
  private static final String NEXT = "next";
  private static final String AT = "at";
  private static final int NANO_DIGITS = 9;

  private final DynamoDbAsyncClient client;
  private final String table;

  DynamoSlots(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Uni<Answer> take(Wish wish) {
    return wish.busy() ? moveOn(wish) : startAnew(wish);
  }

  /** For a key whose next free slot is not before the earliest that this instance can use. */
  private Uni<Answer> moveOn(Wish wish) {
    UpdateItemRequest.Builder update =
        update(wish)
            .updateExpression("SET #next = #next + :span, #at = :now")
            .conditionExpression("#next >= :earliest AND #next <= :latest")
            .expressionAttributeValues(
                Map.of(
                    ":span", seconds(wish.span()),
                    ":now", seconds(wish.now()),
                    ":earliest", seconds(wish.earliest()),
                    ":latest", seconds(wish.latest())));
    return send(update)
        .map(before -> new Answer(true, time(before, NEXT), time(before, AT)))
        .onFailure(ConditionalCheckFailedException.class)
        .recoverWithUni(
            failure -> {
              Map<String, AttributeValue> there = failure.item();
              return time(there, NEXT).isAfter(wish.latest())
                  ? Uni.createFrom().item(new Answer(false, time(there, NEXT), time(there, AT)))
                  : startAnew(wish);
            });
  }

  /**
   * For a key whose next free slot is before the earliest that this instance can use, or a new key.
   */
  private Uni<Answer> startAnew(Wish wish) {
    UpdateItemRequest.Builder update =
        update(wish)
            .updateExpression("SET #next = :after, #at = :now")
            .conditionExpression("attribute_not_exists(#next) OR #next < :earliest")
            .expressionAttributeValues(
                Map.of(
                    ":after", seconds(wish.earliest().plus(wish.span())),
                    ":now", seconds(wish.now()),
                    ":earliest", seconds(wish.earliest())));
    return send(update)
        .map(before -> new Answer(true, wish.earliest(), time(before, AT)))
        .onFailure(ConditionalCheckFailedException.class)
        .recoverWithUni(failure -> moveOn(wish));
  }

  /**
   * An update of the key's item. Its answer has the item as it was before, even when the condition
   * fails.
   */
  private UpdateItemRequest.Builder update(Wish wish) {
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(
            Map.of(
                "pk", AttributeValue.fromS("rate#" + wish.key()),
                "sk", AttributeValue.fromS("rate")))
        .expressionAttributeNames(Map.of("#next", NEXT, "#at", AT))
        .returnValues(ReturnValue.ALL_OLD)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  private Uni<Map<String, AttributeValue>> send(UpdateItemRequest.Builder update) {
    return Uni.createFrom()
        .completionStage(() -> client.updateItem(update.build()))
        .map(UpdateItemResponse::attributes);
  }

  private static AttributeValue seconds(Instant at) {
    BigDecimal whole = BigDecimal.valueOf(at.getEpochSecond());
    return number(whole.add(BigDecimal.valueOf(at.getNano(), NANO_DIGITS)));
  }

  private static AttributeValue seconds(Duration time) {
    return number(BigDecimal.valueOf(time.toNanos(), NANO_DIGITS));
  }

  private static AttributeValue number(BigDecimal value) {
    return AttributeValue.fromN(value.toPlainString());
  }

  /** A time of the item; {@link Instant#MIN} when there is none. */
  private static Instant time(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    if (value == null) {
      return Instant.MIN;
    }
    BigDecimal[] parts = new BigDecimal(value.n()).divideAndRemainder(BigDecimal.ONE);
    return Instant.ofEpochSecond(
        parts[0].longValueExact(), parts[1].movePointRight(NANO_DIGITS).longValueExact());
  }
}
