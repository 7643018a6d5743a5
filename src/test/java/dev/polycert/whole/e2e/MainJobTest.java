package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.JsonTree;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 200 domains at four providers from application to certificate over HTTP. The rate limits of both
 * ends are raised alike, because at the documented ones this takes minutes.
 */
@QuarkusTest
@TestProfile(UnhurriedProfile.class)
class MainJobTest {
  @BeforeEach
  void reset() {
    Api.reset();
    Api.sandbox()
        .body(Map.of("limitFactor", UnhurriedProfile.FACTOR))
        .send("PUT", "/settings")
        .require(200);
  }

  @Test
  void twoHundredDomainsGetTheirCertificatesAtFourProvidersAndNothingIsSentTwice()
      throws IOException, URISyntaxException {
    List<String> domains = domains();
    assertThat(domains).hasSize(200);

    JsonTree first = Api.post("/apply", application(domains));
    assertThat(first.list("entries")).hasSize(800);
    assertThat(first.list("entries.domain").subList(0, 4)).containsOnly("wikipedia.org");
    assertThat(first.list("entries.provider").subList(0, 4)).isEqualTo(Api.PROVIDERS);
    assertThat(first.list("entries.state")).doesNotContainNull().doesNotContain("FAILED");
    List<String> ids = first.list("entries.orderId");

    JsonTree again = Api.post("/apply", application(domains));
    assertThat(again.list("entries.orderId")).isEqualTo(ids);
    assertThat(again.number("summary.existing")).isEqualTo(800);

    eventually(ids, order -> order.get("state").equals("ISSUED"));

    assertThat(Api.post("/apply", application(domains)).number("summary.byState.ISSUED"))
        .isEqualTo(800);
    assertOneApplicationEach(domains.size());
    for (Map<String, Object> order : orders(ids)) {
      assertThat(order.get("certificate")).as("%s", order).extracting("notAfter").isNotNull();
    }
  }

  private static Map<String, Object> application(List<String> domains) {
    Map<String, Object> application = Api.application(domains);
    application.put("providers", Api.PROVIDERS);
    return application;
  }

  /**
   * Publishes and checks, as owners and the schedule do, until every order is where it should be.
   */
  private static void eventually(Collection<String> applied, Predicate<Map<String, Object>> there) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              List<Map<String, Object>> open =
                  orders(applied).stream().filter(order -> !there.test(order)).toList();
              if (!open.isEmpty()) {
                Api.publish(open);
                List<Object> ids = open.stream().map(order -> order.get("id")).toList();
                Api.post("/check-verification", Map.of("orders", ids));
              }
              assertThat(open.stream().map(MainJobTest::standing)).isEmpty();
            });
  }

  /** Those of this test: others have applied before, and left orders that end in other ways. */
  private static List<Map<String, Object>> orders(Collection<String> ids) {
    Set<String> wanted = Set.copyOf(ids);
    return Api.orders().stream()
        .filter(order -> wanted.contains(order.get("id").toString()))
        .toList();
  }

  private static String standing(Map<String, Object> order) {
    return Stream.of("domain", "provider", "state", "message", "error")
        .map(member -> String.valueOf(order.get(member)))
        .collect(Collectors.joining(" "));
  }

  private static void assertOneApplicationEach(int domains) {
    JsonTree ledger = Api.sandbox().get("/ledger").json();
    Map<String, Long> applications =
        ledger.<Map<String, String>>list("entries").stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.get("provider") + " " + entry.get("domain"),
                    Collectors.counting()));
    assertThat(applications).hasSize(domains * Api.PROVIDERS.size());
    assertThat(applications.values()).containsOnly(1L);
  }

  private static List<String> domains() throws IOException, URISyntaxException {
    return Files.readAllLines(
        Path.of(Objects.requireNonNull(MainJobTest.class.getResource("/domains.txt")).toURI()));
  }
}
