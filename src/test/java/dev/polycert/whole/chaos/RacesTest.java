package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.ApplyFunction;
import dev.polycert.testing.JsonHttp;
import dev.polycert.whole.lambda.Events;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same request again and again, one after the other and at once. */
@QuarkusTest
@TestProfile(ChaosProfile.class)
class RacesTest extends ChaosFixture {
  private static final int TIMES = 100;
  private static final int REDELIVERED = 330;
  private static final int BATCH = 10;
  private static final int THREADS = 64;
  private static final Duration LONG = Duration.ofMinutes(5);

  @Inject ApplyFunction apply;

  @ParameterizedTest
  @MethodSource("dev.polycert.testing.Services#emulatedProviders")
  void isOneApplication(String provider) throws Exception {
    List<String> serial = List.of("www.serial-" + provider + ".com");
    List<String> parallel = List.of("www.parallel-" + provider + ".com");
    List<String> redelivered = List.of("www.redelivered-" + provider + ".com");
    List<String> queued = List.of("www.queued-" + provider + ".com");

    for (int i = 0; i < TIMES; i++) {
      assertPlaced(caller.apply(provider, serial));
    }
    atOnce(TIMES, i -> caller.apply(provider, parallel)).forEach(RacesTest::assertPlaced);
    atOnce(REDELIVERED, i -> invoke(gateway(provider, redelivered, "request-" + i)))
        .forEach(RacesTest::assertAnswered);
    atOnce(REDELIVERED / BATCH, i -> invoke(batch(provider, queued, i)))
        .forEach(answer -> assertThat(answer.get("batchItemFailures")).isEmpty());

    Map<String, Integer> applications = caller.applications(provider);
    List<String> domains =
        List.of(serial.getFirst(), parallel.getFirst(), redelivered.getFirst(), queued.getFirst());
    targets.atMost(
        "%s: applications of %d domains asked for %d times"
            .formatted(provider, domains.size(), 2 * TIMES + 2 * REDELIVERED),
        domains.stream().mapToInt(domain -> applications.getOrDefault(domain, 0)).sum(),
        domains.size(),
        "");
    assertThat(domains)
        .as("orders of other tests aside")
        .allSatisfy(domain -> assertThat(applications).containsEntry(domain, 1));
  }

  private interface Work<T> {
    T does(int number) throws Exception;
  }

  private static <T> List<T> atOnce(int times, Work<T> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int number = i;
        calls.add(() -> work.does(number));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  /** As Lambda does. */
  private JsonNode invoke(JsonNode event) {
    return apply.apply(event).await().atMost(LONG);
  }

  private static JsonNode gateway(String provider, List<String> domains, String requestId)
      throws IOException {
    ObjectNode event = Events.http("POST", "/apply", Caller.application(provider, domains));
    event.withObject("/requestContext").put("requestId", requestId);
    return event;
  }

  /** Messages of a queue, no two of them with the same id. */
  private static JsonNode batch(String provider, List<String> domains, int number) {
    ObjectNode event = JsonHttp.JSON.createObjectNode();
    var records = event.putArray("Records");
    IntStream.range(0, BATCH)
        .forEach(
            i ->
                records
                    .addObject()
                    .put("messageId", "message-" + number + "-" + i)
                    .put("eventSource", "aws:sqs")
                    .put("body", Caller.application(provider, domains)));
    return event;
  }

  private static void assertAnswered(JsonNode answer) {
    assertThat(answer.get("statusCode").asInt()).as(answer.toString()).isBetween(200, 202);
    assertPlaced(Caller.list(JsonHttp.read(answer.get("body").asText()).get("entries")));
  }

  /** No caller gets an error, not even one whose order somebody else is sending just now. */
  private static void assertPlaced(List<JsonNode> entries) {
    assertThat(entries).hasSize(1).allMatch(entry -> !entry.has("error"));
  }
}
