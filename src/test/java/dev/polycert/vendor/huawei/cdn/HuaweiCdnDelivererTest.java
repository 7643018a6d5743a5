package dev.polycert.vendor.huawei.cdn;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.call.AnsweringClients;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliveries;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.huawei.Uploads;
import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A domain that fails keeps no other from the certificate. */
class HuaweiCdnDelivererTest {
  @RegisterExtension final Resources resources = new Resources();
  private final Map<String, CertificateBundle> there = new HashMap<>();
  private String name = "";
  private boolean isLocked;

  private Deliveries to(String domains) {
    SmallRyeConfig config =
        HttpTesting.config(
            Map.of("HUAWEICLOUD_SDK_AK", "fake-key-id", "HUAWEICLOUD_SDK_SK", "fake-secret"));
    return new Deliveries(
        new HuaweiCdnDeliverer(
            HttpTesting.clients(
                config,
                new AnsweringClients(config, resources.vertx(), this::answer),
                HttpTesting.calls(config, Clock.systemUTC()),
                resources.vertx()),
            config,
            Clock.systemUTC()),
        Map.of("domains", domains));
  }

  private Response answer(List<Object> call) {
    if (call.getFirst().equals("showDomainFullConfig")) {
      return call.get(1).equals("gone.example.com")
          ? refused("CDN.0105", "There is no such domain.")
          : ok("{\"configs\":{\"origin_protocol\":\"http\",\"https\":" + https(call.get(1)) + "}}");
    }
    return isLocked ? refused("CDN.0116", "It is locked.") : ok("{\"https\":{}}");
  }

  private String https(Object domain) {
    CertificateBundle certificate = there.get(domain);
    return certificate == null
        ? "{\"https_status\":\"off\"}"
        : JsonNodeFactory.instance
            .objectNode()
            .put("https_status", "on")
            .put("certificate_name", name)
            .put("certificate_value", certificate.fullChain())
            .toString();
  }

  private static Response ok(String json) {
    return Response.ok(json.getBytes(UTF_8)).build();
  }

  private static Response refused(String code, String message) {
    return ok("{\"error\":{\"error_code\":\"%s\",\"error_msg\":\"%s\"}}".formatted(code, message));
  }

  @Test
  void theOthersGetItAndWhatFailsIsNamed() {
    Deliveries deliveries = to("gone.example.com,www.example.com,example.org,api.example.com");

    VendorError error = deliveries.refused(issued("*.example.com"), null);

    assertThat(deliveries.intents()).containsExactly("UpdateDomainMultiCertificates");
    assertThat(error.code()).isEqualTo("CDN.0105");
    assertThat(error.message())
        .contains("gone.example.com: There is no such domain.", "example.org: Certificate.Other")
        .doesNotContain("www.example.com", "api.example.com");
  }

  @Test
  void eachIsTriedAloneBeforeItCountsAsLocked() {
    isLocked = true;
    Deliveries deliveries = to("a.example.com,b.example.com,c.example.com");

    VendorError error = deliveries.refused(issued("*.example.com"), null);

    assertThat(error.code()).isEqualTo("CDN.0116");
    assertThat(error.message()).contains("a.example.com, b.example.com, c.example.com");
    assertThat(deliveries.intents()).hasSize(5);
  }

  @Test
  void aRenewalLeavesWhatSomebodyElsePutThere() {
    CertificateBundle ours = issued("*.example.com");
    name = Uploads.name(ours.certificate()).orElseThrow();
    there.put("www.example.com", ours);
    there.put("api.example.com", issued("api.example.com"));
    Deliveries deliveries = to("www.example.com,api.example.com");

    VendorError error = deliveries.refused(issued("*.example.com"), name);

    assertThat(error.code()).isEqualTo("Certificate.Replaced");
    assertThat(error.message()).startsWith("api.example.com: ").doesNotContain("www.example.com");
    assertThat(deliveries.intents()).containsExactly("UpdateDomainMultiCertificates");
    assertThat(deliveries.delivered(issued("*.example.com"), null))
        .as("a first delivery")
        .startsWith("polycert-");
  }
}
