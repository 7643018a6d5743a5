package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.testing.JsonHttp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Processes that die on the way from an application into use: to the certificate stores of two
 * vendors, which would show a second upload.
 */
class DeliveryCrashChaos extends LifeCrashes {
  /** Those whose certificates come with their keys. */
  private static final List<String> PROVIDERS =
      List.of("alibaba-cas", "aws-acm", "huawei-scm", "tencent-ssl");

  private static final String IMPORT = "ImportCertificate";

  @Test
  void everyCertificateIsInUseOnce() throws Exception {
    try (Fleet fleet = new Fleet();
        Worker survivor = fleet.worker("60s")) {
      List<Point> points = crash(fleet, PROVIDERS, Scale.of(2, Integer.MAX_VALUE));
      settle(survivor.caller(), points, Duration.ofMinutes(Scale.of(2, 10)));

      Map<String, Integer> uploads = survivor.caller().uploads();
      int orders = 0;
      for (String provider : PROVIDERS) {
        Map<String, Integer> applications = survivor.caller().applications(provider);
        for (JsonNode order : survivor.caller().orders(provider).values()) {
          String domain = order.get("domain").asText();
          assertThat(over(order)).as("%s", order).isTrue();
          assertThat(applications.get(domain)).as("applications: %s", order).isEqualTo(1);
          assertThat(uploads.get(domain)).as("uploads: %s", order).isEqualTo(1);
          orders++;
        }
      }
      assertThat(
              survivor.caller().journal().stream().filter(call -> call.operation().equals(IMPORT)))
          .hasSize(orders);
      targets.tell("crash points from application into use", points.size(), "");
    }
  }

  @Override
  JsonNode ask(Caller caller, String provider, String domain) {
    ObjectNode more = JsonHttp.JSON.createObjectNode();
    ArrayNode deliver = more.putArray("deliver");
    deliver.addObject().put("to", "alibaba-cas");
    deliver.addObject().put("to", "aws-acm").put("region", "eu-central-1");
    if (provider.equals("aws-acm")) {
      more.putObject("providerOptions")
          .putObject(provider)
          .put("exportable", "true")
          .put("acceptFee", "true");
    }
    return caller.applyAuto(provider, domain, more);
  }

  @Override
  boolean over(JsonNode order) {
    List<String> deliveries = order.path("deliveries").findValuesAsText("state");
    return issued(order)
        && deliveries.size() == 2
        && deliveries.stream().allMatch("DELIVERED"::equals);
  }
}
