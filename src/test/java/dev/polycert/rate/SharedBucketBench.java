package dev.polycert.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.DynamoDbLocal;
import dev.polycert.rate.StrictServer.Call;
import dev.polycert.store.dynamodb.TestTable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Separate processes that share one bucket, against a server that counts strictly. */
class SharedBucketBench {
  static final int LIMIT = 10;
  private static final int PROCESSES = 16;
  private static final int CALLS = 1000;

  @Test
  void sixteenProcessesPlaceAThousandCallsWithoutBeingThrottled() throws Exception {
    String table;
    try (DynamoDbAsyncClient client = DynamoDbLocal.client()) {
      table = TestTable.create(client);
    }
    List<Process> processes = new ArrayList<>();
    try (StrictServer server = new StrictServer(LIMIT, PROCESSES)) {
      for (int i = 0; i < PROCESSES; i++) {
        int calls = CALLS / PROCESSES + (i < CALLS % PROCESSES ? 1 : 0);
        processes.add(start(table, server.address(i), calls));
      }
      for (Process process : processes) {
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
      }
      judge(server);
    } finally {
      processes.forEach(Process::destroy);
    }
  }

  private static Process start(String table, URI server, int calls) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            BucketCaller.class.getName(),
            DynamoDbLocal.endpoint().toString(),
            table,
            server.toString(),
            Integer.toString(calls))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(Path.of("target/bucket-callers.log").toFile()))
        .start();
  }

  private static void judge(StrictServer server) {
    List<Call> calls = server.calls();
    long refused = calls.stream().filter(Call::refused).count();
    Map<String, Long> firstHalf =
        calls.subList(0, CALLS / 2).stream()
            .collect(Collectors.groupingBy(Call::caller, Collectors.counting()));
    System.out.printf(
        "%n%d processes at %d a second: %d calls in %.1f s, %d refused; of the first half each had"
            + " %s%n",
        PROCESSES,
        LIMIT,
        calls.size(),
        server.time().toMillis() / 1e3,
        refused,
        firstHalf.values());
    assertThat(calls).hasSize(CALLS);
    assertThat(refused).isZero();
    assertThat(server.time()).isBetween(Duration.ofSeconds(97), Duration.ofSeconds(103));
    assertThat(firstHalf).hasSize(PROCESSES);
    assertThat(firstHalf.values()).allMatch(count -> count >= CALLS / PROCESSES / 4);
  }
}
