package dev.polycert.rate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.polycert.DynamoDbLocal;
import dev.polycert.store.dynamodb.TestTable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Measures separate processes that share one bucket: 16 of them place 1,000 calls at a server that
 * takes 10 in any one second, and counts those that come too early.
 */
public final class SharedBucketBench {
  private static final int PROCESSES = 16;
  private static final int CALLS = 1000;
  private static final int LIMIT = 10;

  private SharedBucketBench() {}

  /** Without arguments the server and the report; with them one of the processes. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      measure();
    } else {
      call(URI.create(args[0]), args[1], URI.create(args[2]), Integer.parseInt(args[3]));
    }
  }

  private static void measure() throws Exception {
    String table;
    try (DynamoDbAsyncClient client = DynamoDbLocal.client()) {
      table = TestTable.create(client);
    }
    StrictServer server = new StrictServer();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      int calls = CALLS / PROCESSES + (i < CALLS % PROCESSES ? 1 : 0);
      processes.add(start(table, server.address(i), calls));
    }
    for (Process process : processes) {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("a process failed: " + process.info());
      }
    }
    server.report();
    server.stop();
  }

  private static Process start(String table, URI server, int calls) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            SharedBucketBench.class.getName(),
            DynamoDbLocal.endpoint().toString(),
            table,
            server.toString(),
            Integer.toString(calls))
        .redirectOutput(Redirect.INHERIT)
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private static void call(URI endpoint, String table, URI server, int calls) {
    try (DynamoDbAsyncClient client = DynamoDbLocal.client(endpoint);
        HttpClient http = HttpClient.newHttpClient()) {
      Clock clock = Clock.systemUTC();
      SharedTokenBucket bucket =
          new SharedTokenBucket(new DynamoSlots(client, table), clock, Sleeper.real());
      Instant deadline = clock.instant().plusSeconds(600);
      // A vendor's limits are of a running process, not of one that loads its classes.
      send(http, server.resolve("/warm")).join();
      bucket.take("warm", 1000, deadline).await().indefinitely();
      List<CompletableFuture<Void>> sent =
          IntStream.range(0, calls)
              .mapToObj(
                  i ->
                      bucket
                          .take("bench", LIMIT, deadline)
                          .subscribeAsCompletionStage()
                          .thenCompose(granted -> send(http, server)))
              .toList();
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }
    System.exit(0);
  }

  private static CompletableFuture<Void> send(HttpClient http, URI server) {
    return http.sendAsync(HttpRequest.newBuilder(server).build(), BodyHandlers.discarding())
        .thenAccept(answer -> {});
  }

  /** Refuses a call when there were as many as the limit in the second before it. */
  private static final class StrictServer {
    private record Call(String process, Instant at, boolean refused) {}

    private final HttpServer http;
    private final List<Call> calls = new ArrayList<>();

    StrictServer() throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext("/call/", this::answer);
      http.createContext("/warm", exchange -> exchange.sendResponseHeaders(204, -1));
      http.start();
    }

    URI address(int process) {
      return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/call/" + process);
    }

    private void answer(HttpExchange exchange) throws IOException {
      Instant now = Instant.now();
      boolean refused = recent(now) >= LIMIT;
      calls.add(new Call(exchange.getRequestURI().getPath(), now, refused));
      exchange.sendResponseHeaders(refused ? 429 : 204, -1);
    }

    private long recent(Instant now) {
      Instant second = now.minusSeconds(1);
      return calls.reversed().stream()
          .takeWhile(call -> call.at.isAfter(second))
          .filter(call -> !call.refused)
          .count();
    }

    void report() {
      Duration time = Duration.between(calls.getFirst().at, calls.getLast().at);
      long refused = calls.stream().filter(Call::refused).count();
      System.out.printf(
          "%d calls in %.1f s, %d refused%n", calls.size(), time.toMillis() / 1e3, refused);
      Map<String, Long> half =
          calls.subList(0, calls.size() / 2).stream()
              .collect(Collectors.groupingBy(Call::process, TreeMap::new, Collectors.counting()));
      System.out.println("calls of each process in the first half: " + half.values());
      IntStream.range(LIMIT, calls.size())
          .mapToObj(i -> Duration.between(calls.get(i - LIMIT).at, calls.get(i).at))
          .min(Duration::compareTo)
          .ifPresent(
              least ->
                  System.out.println("shortest time of 11 calls: " + least.toMillis() + " ms"));
    }

    void stop() {
      http.stop(0);
    }
  }
}
