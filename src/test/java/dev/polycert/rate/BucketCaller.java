package dev.polycert.rate;

import dev.polycert.testing.DynamoDbLocal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** One process that makes calls as its bucket lets it. */
final class BucketCaller {
  private BucketCaller() {}

  /** Takes the endpoint of DynamoDB, the table, the address to call, and how often. */
  public static void main(String[] args) {
    URI server = URI.create(args[2]);
    int calls = Integer.parseInt(args[3]);
    try (DynamoDbAsyncClient client = DynamoDbLocal.client(URI.create(args[0]));
        HttpClient http = HttpClient.newHttpClient()) {
      Clock clock = Clock.systemUTC();
      SharedTokenBucket bucket =
          new SharedTokenBucket(new DynamoSlots(client, args[1]), clock, Sleeper.real());
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

  private static CompletableFuture<Void> send(HttpClient http, URI server) {
    return http.sendAsync(HttpRequest.newBuilder(server).build(), BodyHandlers.discarding())
        .thenAccept(answer -> {});
  }
}
