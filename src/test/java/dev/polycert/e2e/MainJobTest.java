package dev.polycert.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 200 domains at four providers from application to certificate over HTTP, with the vendors' rate
 * limits on at both ends.
 */
@QuarkusTest
class MainJobTest {
  private static final Set<String> NOT_SENT_YET = Set.of("REQUESTED", "APPLYING", "UNCERTAIN");

  @BeforeEach
  void reset() {
    Api.reset();
  }

  @Test
  void twoHundredDomainsGetTheirCertificatesAtFourProvidersAndNothingIsSentTwice()
      throws IOException, URISyntaxException {
    List<String> domains = domains();
    assertThat(domains).hasSize(200);

    JsonPath first = Api.post("/apply", Api.application(domains));
    assertThat(first.getList("entries")).hasSize(800);
    assertThat(first.getList("entries.domain").subList(0, 4)).containsOnly("wikipedia.org");
    assertThat(first.getList("entries.provider").subList(0, 4)).isEqualTo(Api.PROVIDERS);
    assertThat(first.getList("entries.error.code")).containsOnlyNulls();
    List<String> ids = first.getList("entries.orderId");

    JsonPath again = Api.post("/apply", Api.application(domains));
    assertThat(again.getList("entries.orderId")).isEqualTo(ids);
    assertThat(again.getInt("summary.existing")).isEqualTo(800);

    eventually(ids, order -> !NOT_SENT_YET.contains(order.get("state")));
    Api.publish(Api.orders());
    eventually(ids, order -> order.get("state").equals("ISSUED"));

    assertThat(Api.post("/apply", Api.application(domains)).getInt("summary.byState.ISSUED"))
        .isEqualTo(800);
    assertOneApplicationEach(domains.size());
    for (Map<String, Object> order : Api.orders()) {
      assertThat(order.get("certificate")).as("%s", order).extracting("notAfter").isNotNull();
    }
  }

  /** Checks again, as the schedule does, until every order is where it should be. */
  private static void eventually(
      List<String> ids, java.util.function.Predicate<Map<String, Object>> there) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              List<String> open =
                  Api.orders().stream()
                      .filter(order -> !there.test(order))
                      .map(order -> (String) order.get("id"))
                      .toList();
              if (!open.isEmpty()) {
                Api.post("/check-verification", Map.of("orders", open));
              }
              assertThat(open).hasSizeLessThan(1);
            });
    assertThat(Api.orders()).extracting(order -> order.get("id")).containsAll(ids);
  }

  private static void assertOneApplicationEach(int domains) {
    JsonPath ledger = Api.sandbox().get("/ledger").jsonPath();
    Map<String, Long> applications =
        ledger.<Map<String, String>>getList("entries").stream()
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
