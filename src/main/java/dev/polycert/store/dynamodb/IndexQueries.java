package dev.polycert.store.dynamodb;

import dev.polycert.order.OrderFilter;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Asks all shards of an index at the same time and merges what they answer. A place is a time and
 * the id of the order that has it, as {@link Keys#place} makes it.
 */
final class IndexQueries {
  /** Entries looked at in one go where a filter may leave few of them. */
  private static final int STRETCH = 1000;

  private final DynamoDbAsyncClient client;
  private final String table;

  IndexQueries(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  private record Condition(String attribute, String operator, String value) {

    String expression() {
      return "#%s %s :%s".formatted(attribute, operator, attribute);
    }
  }

  /**
   * The first places in the order of the next step, up to and with that time. Mostly there is none,
   * which takes one request.
   */
  Uni<List<String>> due(Instant now, int count) {
    Condition range = new Condition(TableSchema.DUE, "<", Keys.after(now));
    return nothingDue(range.value)
        .flatMap(
            nothing ->
                nothing
                    ? Uni.createFrom().item(List.of())
                    : ask(range, List.of(), TableSchema.DUE, count));
  }

  /**
   * Asks all shards in one statement whether they have nothing before that place. The partition key
   * is in an IN, so it is a query of each shard and no scan ("PartiQL select statements for
   * DynamoDB"): one request, and the read units of eight queries that find nothing, 0.5 each.
   *
   * <p>A page may be empty although others follow; that means "perhaps", as an item does.
   */
  private Uni<Boolean> nothingDue(String before) {
    String shards = String.join(", ", Collections.nCopies(TableSchema.SHARDS, "?"));
    List<AttributeValue> values =
        Stream.concat(
                IntStream.range(0, TableSchema.SHARDS).mapToObj(Keys::shard), Stream.of(before))
            .map(Keys::text)
            .toList();
    String statement =
        "SELECT %3$s FROM \"%1$s\".\"%2$s\" WHERE %4$s IN [%5$s] AND %2$s < ?"
            .formatted(table, TableSchema.DUE, TableSchema.PK, TableSchema.SHARD, shards);
    return DynamoCalls.of(
            () ->
                client.executeStatement(
                    ask -> ask.statement(statement).parameters(values).limit(1)))
        .map(page -> page.items().isEmpty() && page.nextToken() == null);
  }

  /** The first places in the order of creation after the given one. */
  Uni<List<String>> created(OrderFilter filter, String from, int count) {
    List<Condition> conditions = provider(filter);
    if (filter.state() != null) {
      conditions.add(new Condition(TableSchema.STATE, "=", filter.state().name()));
    }
    Condition range = new Condition(TableSchema.CREATED, ">", from);
    return ask(range, conditions, TableSchema.CREATED, count);
  }

  /**
   * The first places in the order of creation after the given one, of certificates that end before
   * that time. Looks at all of those, because the index has them in the order of their ends.
   */
  Uni<List<String>> expiring(OrderFilter filter, Instant before, String from, int count) {
    List<Condition> conditions = provider(filter);
    conditions.add(new Condition(TableSchema.CREATED, ">", from));
    Condition range = new Condition(TableSchema.EXPIRES, "<", Keys.time(before));
    return ask(range, conditions, TableSchema.CREATED, count);
  }

  private static List<Condition> provider(OrderFilter filter) {
    List<Condition> conditions = new ArrayList<>();
    if (filter.provider() != null) {
      conditions.add(new Condition(TableSchema.PROVIDER, "=", filter.provider()));
    }
    return conditions;
  }

  /**
   * Asks every shard.
   *
   * @param range of the index; its attribute's name is the index's
   * @param place the attribute to return, the first {@code count} of them
   */
  private Uni<List<String>> ask(Condition range, List<Condition> filter, String place, int count) {
    boolean sorted = range.attribute.equals(place);
    int stretch = sorted && filter.isEmpty() ? count : Math.max(count, STRETCH);
    List<Uni<List<String>>> shards =
        IntStream.range(0, TableSchema.SHARDS)
            .mapToObj(shard -> new Condition(TableSchema.SHARD, "=", Keys.shard(shard)))
            .map(shard -> query(shard, range, filter).limit(stretch).build())
            .map(query -> collect(query, place, sorted, count, List.of()))
            .toList();
    return Uni.join()
        .all(shards)
        .andFailFast()
        .map(answers -> first(count, answers.stream().flatMap(List::stream)));
  }

  private QueryRequest.Builder query(Condition shard, Condition range, List<Condition> filter) {
    List<Condition> all = Stream.concat(Stream.of(shard, range), filter.stream()).toList();
    return QueryRequest.builder()
        .tableName(table)
        .indexName(range.attribute)
        .keyConditionExpression(and(List.of(shard, range)))
        .filterExpression(filter.isEmpty() ? null : and(filter))
        .expressionAttributeNames(
            all.stream().collect(Collectors.toMap(it -> "#" + it.attribute, Condition::attribute)))
        .expressionAttributeValues(
            all.stream()
                .collect(Collectors.toMap(it -> ":" + it.attribute, it -> Keys.text(it.value))));
  }

  private static String and(List<Condition> conditions) {
    return conditions.stream().map(Condition::expression).collect(Collectors.joining(" AND "));
  }

  /** Goes through one shard until the first places of it are known. */
  private Uni<List<String>> collect(
      QueryRequest query, String place, boolean sorted, int count, List<String> sofar) {
    return DynamoCalls.of(() -> client.query(query))
        .flatMap(
            page -> {
              Stream<String> more = page.items().stream().map(item -> Items.text(item, place));
              List<String> places = first(count, Stream.concat(sofar.stream(), more));
              boolean enough = sorted && places.size() == count;
              return enough || !page.hasLastEvaluatedKey()
                  ? Uni.createFrom().item(places)
                  : collect(Reading.following(query, page), place, sorted, count, places);
            });
  }

  private static List<String> first(int count, Stream<String> places) {
    return places.sorted().limit(count).toList();
  }
}
