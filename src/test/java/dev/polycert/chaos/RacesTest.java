package dev.polycert.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request again and again, one after the other and at once. */
@QuarkusTest
@TestProfile(ChaosProfile.class)
class RacesTest extends ChaosFixture {
  private static final int TIMES = 100;
  private static final int REDELIVERED = 330;
  private static final int THREADS = 64;

  @ParameterizedTest
  @ValueSource(strings = {"tencent-ssl", "tencent-edgeone", "alibaba-esa", "huawei-scm"})
  void isOneApplication(String provider) throws Exception {
    List<String> serial = List.of("www.serial-" + provider + ".com");
    List<String> parallel = List.of("www.parallel-" + provider + ".com");
    List<String> redelivered = List.of("www.redelivered-" + provider + ".com");

    for (int i = 0; i < TIMES; i++) {
      assertPlaced(caller.apply(provider, serial));
    }
    atOnce(provider, parallel, TIMES);
    atOnce(provider, redelivered, REDELIVERED);

    assertThat(caller.applications(provider))
        .as("orders of other tests aside")
        .containsEntry(serial.getFirst(), 1)
        .containsEntry(parallel.getFirst(), 1)
        .containsEntry(redelivered.getFirst(), 1);
    targets.tell(provider + ": applications of 3 domains asked for 530 times", 3, "");
  }

  private void atOnce(String provider, List<String> domains, int times) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<List<JsonNode>>> answers =
          IntStream.range(0, times)
              .mapToObj(i -> threads.submit(() -> caller.apply(provider, domains)))
              .toList();
      for (Future<List<JsonNode>> answer : answers) {
        assertPlaced(answer.get());
      }
    }
  }

  /** No caller gets an error, not even one whose order somebody else is sending just now. */
  private static void assertPlaced(List<JsonNode> entries) {
    assertThat(entries).hasSize(1).allMatch(entry -> !entry.has("error"));
  }
}
