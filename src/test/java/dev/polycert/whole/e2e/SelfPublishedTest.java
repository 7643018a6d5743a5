package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DNS_AUTO at every vendor that wants a record: Polycert itself writes it, at DNSPod here. */
@QuarkusTest
@TestProfile(UnhurriedProfile.class)
class SelfPublishedTest {

  @BeforeEach
  void reset() {
    Api.reset();
  }

  @Test
  void everyVendorIssuesWithNobodyWatchingAndOnlyDelegationsStay() {
    apply(
        List.of("www.example.com", "*.example.com"),
        "alibaba-esa",
        "aws-acm",
        "huawei-scm",
        "tencent-ssl");
    // A name whose validation is delegated to EdgeOne has no place for another vendor's record.
    apply(List.of("shop.example.com"), "tencent-edgeone");

    Api.sweepUntil(
        Duration.ofMinutes(1),
        () -> {
          assertThat(orders()).allSatisfy(SelfPublishedTest::issued);
        });
    assertThat(orders()).hasSize(9).allSatisfy(SelfPublishedTest::tidy);
  }

  private static void apply(List<String> domains, String... providers) {
    Map<String, Object> request = new HashMap<>(Api.application(domains));
    request.put("validation", "DNS_AUTO");
    request.put("providers", List.of(providers));
    assertThat(Api.post("/apply", request).list("entries"))
        .hasSize(domains.size() * providers.length);
  }

  /** Those of this test. */
  private static List<Map<String, Object>> orders() {
    return Api.orders().stream()
        .filter(order -> order.get("domain").toString().endsWith("." + UnhurriedProfile.ZONE))
        .toList();
  }

  private static void issued(Map<String, Object> order) {
    assertThat(order).containsEntry("state", "ISSUED");
  }

  /** A CNAME serves the vendor's own renewals too; what only proved something once is gone. */
  private static void tidy(Map<String, Object> order) {
    boolean byCname = List.of("aws-acm", "tencent-edgeone").contains(order.get("provider"));
    String state = byCname ? "SEEN" : "REMOVED";
    assertThat((List<?>) order.get("publications"))
        .isNotEmpty()
        .allSatisfy(record -> assertThat((Map<?, ?>) record).extracting("state").isEqualTo(state));
  }
}
