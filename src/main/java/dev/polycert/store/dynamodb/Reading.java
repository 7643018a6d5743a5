package dev.polycert.store.dynamodb;

import static dev.polycert.store.dynamodb.Keys.text;

import com.google.common.collect.Lists;
import dev.polycert.domain.DomainName;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads by key, always strongly consistent, so that acknowledged writes are seen. */
final class Reading {
  /** As many keys as one BatchGetItem takes. */
  private static final int BATCH = 100;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Items items;

  Reading(DynamoDbAsyncClient client, String table, Items items) {
    this.client = client;
    this.table = table;
    this.items = items;
  }

  Uni<Optional<Order>> find(OrderId id) {
    return DynamoCalls.of(
            () ->
                client.getItem(
                    get -> get.tableName(table).key(Keys.order(id)).consistentRead(true)))
        .map(got -> got.hasItem() ? Optional.of(items.order(got.item())) : Optional.empty());
  }

  Uni<Optional<Order>> latest(String provider, String series, DomainName domain) {
    QueryRequest highest =
        generations(domain, Keys.account(provider, series))
            .scanIndexForward(false)
            .limit(1)
            .build();
    return DynamoCalls.of(() -> client.query(highest))
        .flatMap(
            page ->
                page.items().isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : find(generationOf(page.items().getFirst())));
  }

  /** All orders of a domain, and those whose certificates have it beside their own. */
  Uni<List<Order>> all(DomainName domain) {
    return Uni.combine()
        .all()
        .unis(
            query(generations(domain, "").build()),
            query(startingWith(Keys.names(domain.ascii()), "").build()))
        .asTuple()
        .map(
            found ->
                Stream.concat(found.getItem1().stream(), found.getItem2().stream())
                    .map(Reading::generationOf)
                    .toList())
        .flatMap(this::find);
  }

  /** The highest generations of a domain, by provider and account. */
  Uni<List<Order>> latest(DomainName domain) {
    return query(generations(domain, "").build())
        .map(
            found -> {
              Map<String, OrderId> latest = new LinkedHashMap<>();
              for (Map<String, AttributeValue> item : found) {
                String key = Items.text(item, TableSchema.SK);
                latest.put(key.substring(0, key.lastIndexOf('#')), generationOf(item));
              }
              return latest.values();
            })
        .flatMap(this::find);
  }

  private static OrderId generationOf(Map<String, AttributeValue> item) {
    return new OrderId(Items.text(item, TableSchema.ID));
  }

  private QueryRequest.Builder generations(DomainName domain, String prefix) {
    return startingWith(Keys.domain(domain.ascii()), prefix);
  }

  Uni<List<HistoryEntry>> history(OrderId id) {
    return query(entries(id).build()).map(items::history);
  }

  QueryRequest.Builder entries(OrderId id) {
    return startingWith(Keys.partition(id), Keys.HISTORY);
  }

  private QueryRequest.Builder startingWith(String partition, String prefix) {
    QueryRequest.Builder query = QueryRequest.builder().tableName(table).consistentRead(true);
    return prefix.isEmpty()
        ? query
            .keyConditionExpression("pk = :pk")
            .expressionAttributeValues(Map.of(":pk", text(partition)))
        : query
            .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
            .expressionAttributeValues(Map.of(":pk", text(partition), ":prefix", text(prefix)));
  }

  /** All items of a query, page by page. */
  Uni<List<Map<String, AttributeValue>>> query(QueryRequest query) {
    return query(query, new ArrayList<>());
  }

  private Uni<List<Map<String, AttributeValue>>> query(
      QueryRequest query, List<Map<String, AttributeValue>> sofar) {
    return DynamoCalls.of(() -> client.query(query))
        .flatMap(
            page -> {
              sofar.addAll(page.items());
              return page.hasLastEvaluatedKey()
                  ? query(following(query, page), sofar)
                  : Uni.createFrom().item(sofar);
            });
  }

  static QueryRequest following(QueryRequest query, QueryResponse page) {
    return query.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build();
  }

  /** The orders of these ids, in that order; those that are not there are left out. */
  Uni<List<Order>> find(Collection<OrderId> ids) {
    return Multi.createFrom()
        .iterable(Lists.partition(List.copyOf(ids), BATCH))
        .onItem()
        .transformToUniAndConcatenate(this::batch)
        .collect()
        .asList()
        .map(
            batches -> {
              Map<OrderId, Order> found = new HashMap<>();
              batches.forEach(found::putAll);
              return ids.stream().filter(found::containsKey).map(found::get).toList();
            });
  }

  private Uni<Map<OrderId, Order>> batch(List<OrderId> ids) {
    List<Map<String, AttributeValue>> keys = ids.stream().map(Keys::order).toList();
    return batch(keys, FIRST_PAUSE, new ArrayList<>())
        .map(
            found ->
                found.stream()
                    .map(items::order)
                    .collect(Collectors.toMap(Order::id, order -> order)));
  }

  /** DynamoDB answers as much of a batch as it can just now; the rest is asked for again. */
  private Uni<List<Map<String, AttributeValue>>> batch(
      List<Map<String, AttributeValue>> keys,
      Duration pause,
      List<Map<String, AttributeValue>> sofar) {
    KeysAndAttributes wanted = KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
    return DynamoCalls.of(() -> client.batchGetItem(get -> get.requestItems(Map.of(table, wanted))))
        .flatMap(
            got -> {
              sofar.addAll(got.responses().getOrDefault(table, List.of()));
              KeysAndAttributes rest = got.unprocessedKeys().get(table);
              return rest == null
                  ? Uni.createFrom().item(sofar)
                  : Uni.createFrom()
                      .item(rest.keys())
                      .onItem()
                      .delayIt()
                      .by(pause)
                      .flatMap(left -> batch(left, pause.multipliedBy(2), sofar));
            });
  }
}
