package dev.polycert.store.dynamodb;

import dev.polycert.order.Order;
import dev.polycert.store.Kept;
import dev.polycert.store.Kept.Kind;
import dev.polycert.store.Lists;
import dev.polycert.store.OrderJson;
import dev.polycert.store.Portable;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Copies the items of the table. */
@ApplicationScoped
@Identifier("dynamodb")
public class DynamoPortable implements Portable {
  /** The most items that BatchWriteItem takes. */
  private static final int BATCH = 25;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Optional<Duration> retention;
  private final Clock clock;
  private final Items items = new Items();
  private final OrderJson json = new OrderJson();

  DynamoPortable(DynamoDbAsyncClient client, DynamoConfig config, Clock clock) {
    this.client = client;
    this.table = config.table();
    this.retention = config.historyRetention();
    this.clock = clock;
  }

  @Override
  public String place() {
    return "the DynamoDB table " + table;
  }

  /**
   * A table knows no processes. But a process at work leaves traces: a lease, which makes an order
   * due later than the order itself says, or an intent whose writer may go on.
   */
  @Override
  public Uni<Void> requireIdle() {
    Instant now = clock.instant();
    return scan()
        .invoke(page -> page.items().forEach(item -> requireIdle(item, now)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private void requireIdle(Map<String, AttributeValue> item, Instant now) {
    if (!Items.text(item, TableSchema.SK).equals(Keys.ORDER_ITEM)) {
      return;
    }
    Order order = items.order(item);
    AttributeValue due = item.get(TableSchema.DUE);
    boolean leased =
        due != null
            && due.s().compareTo(Keys.after(now)) > 0
            && Lists.due(order)
                .map(at -> Keys.place(at, order.id()))
                .filter(due.s()::equals)
                .isEmpty();
    if (leased || order.intent() != null && order.intent().mayBeAtWork(now)) {
      throw new StoreInUseException(
          "%s is in use: a process has order %s at work; stop all processes, and wait a minute"
              .formatted(place(), order.id()));
    }
  }

  /** The pages of a scan. */
  private Multi<ScanResponse> scan() {
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new HashMap<String, AttributeValue>(),
            next ->
                DynamoCalls.of(
                        () ->
                            client.scan(
                                scan ->
                                    scan.tableName(table)
                                        .consistentRead(true)
                                        .exclusiveStartKey(next.isEmpty() ? null : next)))
                    .invoke(
                        page -> {
                          next.clear();
                          next.putAll(page.lastEvaluatedKey());
                        }))
        .whilst(ScanResponse::hasLastEvaluatedKey);
  }

  /** A scan shows a partition's items one after the other, an order's history before the order. */
  @Override
  public Multi<List<Kept>> contents() {
    Map<String, List<byte[]>> histories = new HashMap<>();
    return scan()
        .map(
            page -> {
              List<Kept> part = new ArrayList<>();
              page.items().forEach(item -> kept(item, histories).ifPresent(part::add));
              return part;
            })
        .onCompletion()
        .invoke(
            () -> {
              if (!histories.isEmpty()) {
                throw new IllegalStateException(
                    "%s has histories without their orders: %s"
                        .formatted(place(), histories.keySet()));
              }
            });
  }

  private Optional<Kept> kept(
      Map<String, AttributeValue> item, Map<String, List<byte[]>> histories) {
    String partition = Items.text(item, TableSchema.PK);
    String sort = Items.text(item, TableSchema.SK);
    String[] parts = partition.split("#", 2);
    return switch (parts[0]) {
      case "order" -> {
        if (sort.equals(Keys.ORDER_ITEM)) {
          List<byte[]> history = histories.remove(partition);
          yield Optional.of(
              Kept.order(parts[1], Items.bytes(item), history == null ? List.of() : history));
        }
        histories.computeIfAbsent(partition, first -> new ArrayList<>()).add(Items.bytes(item));
        yield Optional.empty();
      }
      case "reservation" ->
          Optional.of(Kept.text(Kind.RESERVATION, parts[1], Items.text(item, TableSchema.OWNER)));
      case "turn" ->
          Optional.of(Kept.turn(parts[1], Instant.parse(Items.text(item, TableSchema.NEXT))));
      case Keys.PULL_KEYS -> Optional.of(new Kept(Kind.PULL_KEY, sort, List.of(Items.bytes(item))));
      case Keys.API_KEYS -> Optional.of(new Kept(Kind.API_KEY, sort, List.of(Items.bytes(item))));
      case "vault" ->
          Optional.of(new Kept(Kind.SEALED, parts[1], List.of(DynamoVault.sealed(item))));
      // An index, and the rate limits.
      case "domain", "rate" -> Optional.empty();
      default ->
          throw new IllegalStateException(
              "%s has an item %s, which this version does not know".formatted(place(), partition));
    };
  }

  @Override
  public Uni<Void> put(List<Kept> things) {
    List<WriteRequest> writes =
        things.stream()
            .flatMap(thing -> itemsOf(thing).stream())
            .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
            .toList();
    return Multi.createFrom()
        .iterable(com.google.common.collect.Lists.partition(writes, BATCH))
        .onItem()
        .transformToUniAndConcatenate(batch -> write(batch, FIRST_PAUSE))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** DynamoDB takes as much of a batch as it can just now; the rest is sent again. */
  private Uni<Void> write(List<WriteRequest> batch, Duration pause) {
    return DynamoCalls.of(
            () -> client.batchWriteItem(write -> write.requestItems(Map.of(table, batch))))
        .map(written -> written.unprocessedItems().getOrDefault(table, List.of()))
        .flatMap(
            rest ->
                rest.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : Uni.createFrom()
                        .item(rest)
                        .onItem()
                        .delayIt()
                        .by(pause)
                        .flatMap(left -> write(left, longer(pause))));
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private List<Map<String, AttributeValue>> itemsOf(Kept thing) {
    return switch (thing.kind()) {
      case ORDER -> ofOrder(thing);
      case RESERVATION ->
          List.of(with(Keys.reservation(thing.key()), TableSchema.OWNER, thing.text()));
      case TURN -> List.of(with(Keys.turn(thing.key()), TableSchema.NEXT, Keys.time(thing.next())));
      case PULL_KEY -> List.of(ofKey(Keys.PULL_KEYS, thing));
      case API_KEY -> List.of(ofKey(Keys.API_KEYS, thing));
      case SEALED -> List.of(DynamoVault.item(thing.key(), thing.value()));
    };
  }

  private static Map<String, AttributeValue> ofKey(String partition, Kept thing) {
    return with(Keys.keyRecord(partition, thing.key()), TableSchema.JSON, thing.text());
  }

  private List<Map<String, AttributeValue>> ofOrder(Kept thing) {
    Order order = thing.order(json);
    List<Map<String, AttributeValue>> all = new ArrayList<>();
    all.add(with(items.of(order), TableSchema.JSON, thing.text()));
    all.add(items.generation(order));
    all.addAll(Items.names(order));
    for (byte[] entry : thing.history()) {
      String text = new String(entry, StandardCharsets.UTF_8);
      Map<String, AttributeValue> item =
          with(Keys.history(order.id(), Kept.version(entry, json)), TableSchema.JSON, text);
      HistoryEnd.of(order, retention).ifPresent(at -> item.put(TableSchema.TTL, at));
      all.add(item);
    }
    return all;
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> key, String attribute, String value) {
    Map<String, AttributeValue> item = new HashMap<>(key);
    item.put(attribute, Keys.text(value));
    return item;
  }

  @Override
  public Uni<Void> removeTurn(String work) {
    return DynamoCalls.of(
            () -> client.deleteItem(delete -> delete.tableName(table).key(Keys.turn(work))))
        .replaceWithVoid();
  }
}
