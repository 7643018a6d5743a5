package dev.polycert.store.dynamodb;

import static dev.polycert.store.dynamodb.Keys.text;

import dev.polycert.domain.StoreException;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.Claim;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Writes with conditions, in transactions where several items belong together. */
final class Writing {
  /** Reasons of a cancelled transaction that may succeed when it is sent again. */
  private static final Set<String> PASSING =
      Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  /** If dozens race for one order, the last one gets through after a few seconds. */
  private static final int CONFLICTS = 10;

  /** Of one transaction. */
  private static final int MOST_PUTS = 100;

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Items items;
  private final Reading reading;
  private final RandomGenerator random;
  private final ConditionalPuts puts;

  Writing(
      DynamoDbAsyncClient client,
      String table,
      Items items,
      Reading reading,
      RandomGenerator random) {
    this.client = client;
    this.table = table;
    this.items = items;
    this.reading = reading;
    this.random = random;
    this.puts = new ConditionalPuts(client, table);
  }

  Uni<Claim> claim(Order order, String why) {
    List<Put.Builder> puts = new ArrayList<>();
    puts.add(put(items.of(order)).conditionExpression(ConditionalPuts.NOT_THERE));
    puts.add(put(items.entry(order, why, null)));
    puts.add(put(items.generation(order)));
    Items.names(order).forEach(name -> puts.add(put(name)));
    int size = Math.min(puts.size(), MOST_PUTS);
    List<Put.Builder> rest = puts.subList(size, puts.size());
    Uni<Boolean> claimed = transact(puts.subList(0, size));
    // Readers pass over a name of an order that is not there.
    return (rest.isEmpty() ? claimed : transact(rest).chain(() -> claimed))
        .flatMap(
            won ->
                won
                    ? Uni.createFrom().item(new Claim(order, true))
                    : reading.find(order.id()).map(there -> new Claim(there.orElseThrow(), false)));
  }

  Uni<Order> transition(Order next, String why, @Nullable String requestId) {
    return transact(
            List.of(
                put(items.of(next))
                    .conditionExpression("version = :before")
                    .expressionAttributeValues(Map.of(":before", Items.number(next.version() - 1))),
                put(items.entry(next, why, requestId))))
        .map(
            recorded -> {
              if (!recorded) {
                throw new StaleOrderException(next.id());
              }
              return next;
            });
  }

  private Put.Builder put(Map<String, AttributeValue> item) {
    return Put.builder().tableName(table).item(item);
  }

  /**
   * Writes all or nothing.
   *
   * <p>The token belongs to the call, not to one sending of it: when the answer was lost and the
   * SDK or a new subscription sends it once more, DynamoDB recognises it (for ten minutes) and
   * reports success, rather than that the condition no longer holds.
   *
   * @return false when a condition does not hold
   */
  private Uni<Boolean> transact(List<Put.Builder> puts) {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .clientRequestToken(token())
            .transactItems(
                puts.stream()
                    .map(put -> TransactWriteItem.builder().put(put.build()).build())
                    .toList())
            .build();
    return DynamoCalls.of(() -> client.transactWriteItems(request))
        .onFailure(Writing::passing)
        .retry()
        .withBackOff(Duration.ofMillis(20), Duration.ofSeconds(1))
        .atMost(CONFLICTS)
        .replaceWith(true)
        .onFailure(Writing::refused)
        .recoverWithItem(false)
        .onFailure(failure -> !(failure instanceof StoreException))
        .transform(
            failure ->
                new DynamoCalls.UnusableTableException(
                    Objects.requireNonNullElse(failure.getCause(), failure)));
  }

  private String token() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static boolean passing(Throwable failure) {
    return failure instanceof TransactionInProgressException
        || failure instanceof TransactionCanceledException cancelled
            && !refused(cancelled)
            && cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .anyMatch(PASSING::contains);
  }

  private static boolean refused(Throwable failure) {
    return failure instanceof TransactionCanceledException cancelled
        && cancelled.cancellationReasons().stream()
            .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()));
  }

  /** Moves the order back in the index of what is due, and in nothing else. */
  Uni<Boolean> lease(Order order, Instant now, Instant until) {
    return DynamoCalls.of(
            () ->
                client.updateItem(
                    update ->
                        update
                            .tableName(table)
                            .key(Keys.order(order.id()))
                            .updateExpression("SET #due = :until")
                            .conditionExpression("version = :version AND #due < :now")
                            .expressionAttributeNames(Map.of("#due", TableSchema.DUE))
                            .expressionAttributeValues(
                                Map.of(
                                    ":until", text(Keys.place(until, order.id())),
                                    ":version", Items.number(order.version()),
                                    ":now", text(Keys.after(now))))))
        .replaceWith(true)
        .onFailure(ConditionalCheckFailedException.class)
        .recoverWithItem(false);
  }

  /**
   * Takes a reservation that is free, or whose owner has ended: an end is for ever, so no
   * transaction is needed between looking at the owner and taking its place.
   */
  Uni<Boolean> reserve(String resource, OrderId owner) {
    return put(resource, owner, owner)
        .flatMap(
            holder ->
                holder.isEmpty()
                    ? Uni.createFrom().item(true)
                    : reading
                        .find(holder.get())
                        .flatMap(
                            order ->
                                order.filter(it -> it.state().ended()).isPresent()
                                    ? put(resource, owner, holder.get()).map(Optional::isEmpty)
                                    : Uni.createFrom().item(false)));
  }

  /**
   * Puts the owner in when there is none, or the one expected.
   *
   * @return the order that has it instead; empty when the owner has it now
   */
  private Uni<Optional<OrderId>> put(String resource, OrderId owner, OrderId expected) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.reservation(resource));
    item.put(TableSchema.OWNER, text(owner.value()));
    return puts.put(item, TableSchema.OWNER, "=", expected.value())
        .map(there -> there.map(Writing::holder));
  }

  /** Puts the time of the next turn in, where the one that is there has come. */
  Uni<Boolean> turn(String work, Instant now, Instant until) {
    Map<String, AttributeValue> item = new HashMap<>(Keys.turn(work));
    item.put(TableSchema.NEXT, text(Keys.time(until)));
    return puts.put(item, TableSchema.NEXT, "<=", Keys.time(now)).map(Optional::isEmpty);
  }

  private static OrderId holder(Map<String, AttributeValue> reservation) {
    return new OrderId(Items.text(reservation, TableSchema.OWNER));
  }
}
