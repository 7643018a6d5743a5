package dev.polycert.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.rate.StrictServer.Call;
import dev.polycert.store.dynamodb.TestTable;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.PostgresqlServer;
import dev.polycert.whole.bench.Targets;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Separate processes that share one bucket, against a server that counts strictly. */
class SharedBucketBench {
  static final int LIMIT = 10;
  private static final int PROCESSES = 16;
  private static final int CALLS = 1000;

  @RegisterExtension final Targets targets = new Targets();

  @Test
  void sixteenProcessesPlaceAThousandCallsWithoutBeingThrottled() throws Exception {
    String table;
    try (DynamoDbAsyncClient client = DynamoDbLocal.client()) {
      table = TestTable.create(client);
    }
    run("DynamoDB Local", DynamoDbLocal.endpoint().toString(), table);
  }

  @Test
  void sixteenProcessesDoSoOnPostgresql() throws Exception {
    try (PostgresqlServer server = PostgresqlServer.own("max_connections=200")) {
      run("PostgreSQL", server.url(server.newDatabase()), "none");
    }
  }

  private void run(String kind, String address, String table) throws Exception {
    List<Process> processes = new ArrayList<>();
    try (StrictServer server = new StrictServer(LIMIT, PROCESSES)) {
      for (int i = 0; i < PROCESSES; i++) {
        int calls = CALLS / PROCESSES + (i < CALLS % PROCESSES ? 1 : 0);
        processes.add(start(address, table, server.address(i), calls));
      }
      for (Process process : processes) {
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
      }
      judge(kind, server);
    } finally {
      processes.forEach(Process::destroy);
    }
  }

  private static Process start(String address, String table, URI server, int calls)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            BucketCaller.class.getName(),
            address,
            table,
            server.toString(),
            Integer.toString(calls))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(Path.of("target/bucket-callers.log").toFile()))
        .start();
  }

  private void judge(String kind, StrictServer server) {
    List<Call> calls = server.calls();
    assertThat(calls).hasSize(CALLS);
    String what =
        "%s, %d processes, %d calls at %d a second: ".formatted(kind, PROCESSES, CALLS, LIMIT);
    targets.between(what + "time", server.time().toMillis() / 1e3, 97, 103, "s");
    targets.atMost(what + "throttled", calls.stream().filter(Call::refused).count(), 0, "");
    // In the end everybody has had all; half-way it shows who has had to wait.
    LongSummaryStatistics each =
        calls.subList(0, CALLS / 2).stream()
            .collect(Collectors.groupingBy(Call::caller, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .summaryStatistics();
    targets.atLeast(what + "processes served in the first half", each.getCount(), PROCESSES, "");
    targets.atLeast(what + "fewest calls of one then", each.getMin(), CALLS / PROCESSES / 4, "");
    targets.tell(what + "most calls of one then", each.getMax(), "");
  }
}
