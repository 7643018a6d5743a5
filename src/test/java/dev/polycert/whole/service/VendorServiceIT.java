package dev.polycert.whole.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.EveryVendor;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.store.dynamodb.DynamoDbTestResource;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Orders that people take step by step at the vendors, by the packaged artifact with its order book
 * in a table.
 */
@StartsProcesses
class VendorServiceIT {
  @RegisterExtension static final RunningSandbox SANDBOX = EveryVendor.create();

  @RegisterExtension final Resources resources = new Resources();
  private final Service service;

  VendorServiceIT() throws Exception {
    Map<String, String> environment = new HashMap<>(EveryVendor.KEYS);
    environment.put("POLYCERT_HTTP_ENDPOINT", SANDBOX.uri("").toString());
    environment.put("POLYCERT_DNS_SERVERS", SANDBOX.dnsServer());
    new DynamoDbTestResource()
        .start()
        .forEach((name, value) -> environment.put(variable(name), value));
    service = resources.add(new Service(resources.directory(), environment));
  }

  private static String variable(String setting) {
    return setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  @Test
  void everyVendorIssues() {
    JsonNode entries =
        service
            .post(
                "/apply",
                """
                {"domains": ["shop.example.com"], "information": {"agreePrivacyProtection": true,
                  "administrator": {"name": "Li Ming", "phone": "13800000000",
                    "email": "admin@example.com"}}}
                """)
            .path("entries");
    assertThat(entries).hasSize(4);
    for (JsonNode entry : entries) {
      assertThat(validated(entry).path("state").textValue()).as("%s", entry).isEqualTo("ISSUED");
    }
  }

  @Test
  void informationIsSubmittedInPartsAndTheOrderIsCancelled() {
    String certificate =
        SANDBOX
            .control("POST", "tencent-ssl/paid", "{\"domain\": \"www.example.com\"}")
            .getString("certificateId");
    JsonNode entry =
        apply(
            "tencent-ssl",
            "www.example.com",
            ", \"providerOptions\": {\"tencent-ssl\": {\"certificateId\": \"%s\"}}"
                .formatted(certificate));
    assertThat(entry.path("state").textValue()).as("%s", entry).isEqualTo("PENDING_INFORMATION");
    String id = entry.path("orderId").textValue();

    JsonNode first =
        submit(
            id,
            """
            {"organization": {"name": "Example Ltd", "division": "IT", "country": "CN",
              "region": "Guangdong", "city": "Shenzhen", "address": "1 Way",
              "phoneAreaCode": "0755", "phoneNumber": "12345678"}}
            """);
    assertThat(first.path("missing").toString()).contains("information.administrator.email");
    JsonNode second =
        submit(
            id,
            """
            {"administrator": {"firstName": "Wang", "lastName": "Fang", "phone": "13800000000",
              "email": "fang@example.com", "position": "CTO"}}
            """);
    assertThat(second.path("state").textValue()).as("%s", second).isEqualTo("PENDING_VALIDATION");

    JsonNode cancelled = step("/cancel", id, ", \"action\": \"CANCEL\"");
    assertThat(cancelled.path("state").textValue()).as("%s", cancelled).isEqualTo("CANCELLED");
  }

  @Test
  void aCertificateIsValidatedAndDeployed() {
    JsonNode entry = apply("tencent-edgeone", "www.example.com", "");
    JsonNode checked = validated(entry);
    assertThat(checked.path("state").textValue()).as("%s", checked).isEqualTo("ISSUED");

    JsonNode deployed = step("/deploy", entry.path("orderId").textValue(), "").path("deployment");
    assertThat(deployed.path("state").textValue()).as("%s", deployed).isEqualTo("DEPLOYED");
  }

  private JsonNode apply(String provider, String domain, String more) {
    return service
        .post(
            "/apply",
            "{\"domains\": [\"%s\"], \"providers\": [\"%s\"]%s}".formatted(domain, provider, more))
        .at("/entries/0");
  }

  private JsonNode validated(JsonNode entry) {
    ObjectNode published = JsonHttp.JSON.createObjectNode();
    published.set("validations", entry.path("validations"));
    SANDBOX.control("POST", "publish", published.toString());
    return step("/check-verification", entry.path("orderId").textValue(), "");
  }

  private JsonNode submit(String order, String information) {
    return step("/submit-information", order, ", \"information\": " + information);
  }

  private JsonNode step(String path, String order, String more) {
    return service.post(path, "{\"orders\": [\"%s\"]%s}".formatted(order, more)).at("/orders/0");
  }
}
