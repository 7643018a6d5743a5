package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vendors that refuse three calls in ten as too many, half of them with a time to come again. */
@QuarkusTest
@TestProfile(ChaosProfile.class)
class ThrottlingTest extends ChaosFixture {
  private static final int DOMAINS = 1000;
  private static final double WITH_HINT = 0.15;
  private static final double OF_THE_REST = 0.15 / (1 - WITH_HINT);
  private static final Duration HINT = Duration.ofSeconds(1);
  private static final double MOST_WRITES = 1.5;

  @ParameterizedTest
  @CsvSource({
    "tencent-ssl, ApplyCertificate, RequestLimitExceeded, 200",
    "alibaba-esa, ApplyCertificate, Throttling.User, 400",
    "alibaba-cas, UpdateInstance, Throttling.User, 400",
    "aws-acm, RequestCertificate, ThrottlingException, 400",
    "tencent-edgeone, ApplyFreeCertificate, RequestLimitExceeded, 200",
    "huawei-scm, ApplyCertificate, APIGW.0308, 429"
  })
  void everyDomainIsAppliedForOnce(String provider, String write, String code, int status) {
    assumeTrue(provider.equals("alibaba-esa") || Scale.soak(), "a case of the long runs");
    String label = provider.replace("-", "");
    caller.control("POST", "alibaba-cas/stock", "{\"count\": " + DOMAINS + ", \"bought\": false}");
    List<String> domains = Caller.domains(label, DOMAINS);
    caller.fault(provider, "THROTTLE", WITH_HINT, label, Map.of("retryAfter", HINT.toString()));
    caller.fault(provider, "CODE", OF_THE_REST, label, Map.of("code", code, "status", status));

    caller.apply(provider, domains);
    settle(provider, domains);

    List<Caller.Call> calls = caller.journal();
    double writes = calls.stream().filter(call -> call.operation().equals(write)).count();
    String what = provider + ", 30 % throttled: ";
    targets.atMost(what + "writes per domain", writes / DOMAINS, MOST_WRITES, "");
    targets.tell(what + "calls per domain, looks included", (double) calls.size() / DOMAINS, "");
    var orders = caller.orders(provider);
    assertThat(
            domains.stream()
                .collect(
                    Collectors.groupingBy(
                        domain -> Caller.state(orders.get(domain)), Collectors.counting())))
        .as(() -> "the order that failed: " + failed(orders.values()))
        .containsOnly(Map.entry("PENDING_VALIDATION", (long) DOMAINS));
    assertThat(caller.applications(provider))
        .containsOnlyKeys(domains)
        .allSatisfy((domain, applied) -> assertThat(applied).isEqualTo(1));
    assertThat(tooEarly(calls, label)).isEmpty();
  }

  private static String failed(Collection<JsonNode> orders) {
    return orders.stream()
        .filter(order -> Caller.state(order).equals("FAILED"))
        .map(JsonNode::toString)
        .findFirst()
        .orElse("none");
  }

  /** Calls that came again before the time that the vendor had said. */
  private static List<Caller.Call> tooEarly(List<Caller.Call> calls, String label) {
    List<Caller.Call> early = new ArrayList<>();
    Map<String, Caller.Call> refused = new HashMap<>();
    for (Caller.Call call : calls) {
      String what = call.operation() + " " + call.domain(label);
      Caller.Call before = refused.remove(what);
      if (before != null && call.at().isBefore(before.at().plus(HINT))) {
        early.add(call);
      }
      if (call.fault().equals("THROTTLE") && !call.domain(label).isEmpty()) {
        refused.put(what, call);
      }
    }
    return early;
  }
}
