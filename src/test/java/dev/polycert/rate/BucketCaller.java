package dev.polycert.rate;

import dev.polycert.postgresql.TestDatabase;
import dev.polycert.testing.DynamoDbLocal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** One process that makes calls as its bucket lets it. */
final class BucketCaller {
  private BucketCaller() {}

  /** Takes where the buckets are, the table, the address to call, and how often. */
  public static void main(String[] args) {
    URI server = URI.create(args[2]);
    int calls = Integer.parseInt(args[3]);
    try (HttpClient http = HttpClient.newHttpClient()) {
      Clock clock = Clock.systemUTC();
      SharedTokenBucket bucket =
          new SharedTokenBucket(slots(args[0], args[1]), clock, Sleeper.real());
      Instant deadline = clock.instant().plusSeconds(600);
      bucket.take("warm", 1000, deadline).await().indefinitely();
      send(http, server.resolve("/ready")).join();
      CompletableFuture<?>[] sent =
          IntStream.range(0, calls)
              .mapToObj(
                  i ->
                      bucket
                          .take("bench", SharedBucketBench.LIMIT, deadline)
                          .subscribeAsCompletionStage()
                          .thenCompose(granted -> send(http, server)))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(sent).join();
    }
    System.exit(0);
  }

  /** They stay open until the process ends. */
  private static Slots slots(String address, String table) {
    return address.startsWith("postgresql:")
        ? new PostgresqlSlots(
            TestDatabase.open(TestDatabase.Config.of(address).withTimeout(Duration.ofMinutes(1)))
                .database())
        : new DynamoSlots(DynamoDbLocal.client(URI.create(address)), table);
  }

  private static CompletableFuture<Void> send(HttpClient http, URI server) {
    return http.sendAsync(HttpRequest.newBuilder(server).build(), BodyHandlers.discarding())
        .thenAccept(answer -> {});
  }
}
