package dev.polycert.whole.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.dns.KnotServer;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import dev.polycert.vault.TestVault;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Certificates with nobody watching, by the packaged artifact: issued by a real CA (Pebble) that
 * validates at a real name server (Knot), whose zones are written by dynamic update, by Route 53's
 * and by Cloudflare's API; delivered to files, ACM and Secrets Manager.
 */
@RequiresPrograms({"pebble", "knotd"})
class AutomaticServiceIT {
  private static final String PASSWORD = "fake-password";

  @RegisterExtension final Resources resources = new Resources();

  private final KnotServer knot =
      resources.add(KnotServer.start("example.com", "example.net", "example.org"));
  private final Pebble pebble =
      resources.add(Pebble.start("127.0.0.1:" + knot.port(), Duration.ofDays(1)));
  private final Path directory = resources.directory();
  private final Path hooked = directory.resolve("hooked");
  private final PlayedServices played;
  private final Service service;

  AutomaticServiceIT() throws Exception {
    played = resources.add(new PlayedServices(knot, "example.net", "example.org"));
    service = resources.add(new Service(directory, environment()));
  }

  private Map<String, String> environment() throws Exception {
    Path hook =
        Files.createFile(
            directory.resolve("hook"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(hook, "#!/bin/sh\necho \"$1 $POLYCERT_DOMAIN\" >" + hooked + "\n");
    Map<String, String> environment = new HashMap<>();
    environment.put("POLYCERT_ACME_CA_PEBBLE_DIRECTORY", pebble.directory().toString());
    environment.put("POLYCERT_ACME_CA_PEBBLE_TRUST", pebble.trust().toAbsolutePath().toString());
    environment.put("POLYCERT_VAULT_KEY", TestVault.KEY);
    environment.put("POLYCERT_DNS_SERVERS", "127.0.0.1:" + knot.port());
    environment.put("POLYCERT_DNS_WRITER__RFC2136__ZONES", "example.com");
    environment.put("POLYCERT_DNS_WRITER__RFC2136__ENDPOINT", knot.endpoint().toString());
    environment.put("RFC2136_TSIG_NAME", KnotServer.KEY_NAME);
    environment.put("RFC2136_TSIG_SECRET", KnotServer.KEY_SECRET);
    environment.put("POLYCERT_DNS_WRITER__ROUTE53__ZONES", "example.net");
    environment.put("POLYCERT_DNS_WRITER__ROUTE53__ENDPOINT", played.uri().toString());
    environment.put("POLYCERT_DNS_WRITER__CLOUDFLARE__ZONES", "example.org");
    environment.put("POLYCERT_DNS_WRITER__CLOUDFLARE__ENDPOINT", played.uri().toString());
    environment.put("CLOUDFLARE_API_TOKEN", "fake-token");
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "fake-secret-key");
    environment.put("POLYCERT_HTTP_ENDPOINT", played.uri().toString());
    environment.put("POLYCERT_DELIVER_FILE_BASE", directory.toString());
    environment.put("POLYCERT_DELIVER_FILE_HOOK", hook.toString());
    environment.put("POLYCERT_SERVER_RENEW_EVERY", "1s");
    environment.put("POLYCERT_LOG_JSON", "true");
    environment.put("POLYCERT_METRICS_EMF", "true");
    return environment;
  }

  @Test
  void certificatesAreIssuedDeliveredExportedAndRevoked() throws Exception {
    String file = apply("www.example.com", "{\"to\": \"file\", \"directory\": \"www\"}");
    String acm = apply("www.example.net", "{\"to\": \"aws-acm\", \"region\": \"us-east-1\"}");
    String secret =
        apply(
            "bücher.example.org",
            """
            {"to": "aws-secrets-manager", "region": "us-east-1", "secretName": "tls/www"}
            """);

    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(List.of(file, acm, secret))
                    .extracting(service::order)
                    .allSatisfy(AutomaticServiceIT::isDelivered));

    Path live = directory.resolve("www/live");
    assertThat(live.resolve("fullchain.pem")).content().startsWith("-----BEGIN CERTIFICATE");
    assertThat(hooked).hasContent(live + " www.example.com");
    assertThat(
            new String(played.body("ImportCertificate").path("PrivateKey").binaryValue(), US_ASCII))
        .contains("PRIVATE KEY-----");
    assertThat(JsonHttp.read(played.body("PutSecretValue").path("SecretString").textValue()))
        .hasSize(3);
    assertThat(keyStore(file).getCertificate(keyStore(file).aliases().nextElement())).isNotNull();

    JsonNode revoked =
        service.post("/cancel", "{\"orders\": [\"%s\"], \"action\": \"REVOKE\"}".formatted(acm));
    assertThat(revoked.at("/orders/0/state").textValue()).as("%s", revoked).isEqualTo("REVOKED");
    String serial = service.order(acm).at("/certificate/serialNumber").textValue();
    assertThat(pebble.statusOf(serial)).contains("Revoked");
    service.close();
    theLogIsJson();
  }

  private String apply(String domain, String target) {
    JsonNode answer =
        service.post(
            "/apply",
            """
            {"domains": ["%s"], "providers": ["acme"], "validation": "DNS_AUTO",
             "keyAlgorithm": "EC_P256", "deliver": [%s]}
            """
                .formatted(domain, target));
    assertThat(answer.at("/entries/0/error").isMissingNode()).as("%s", answer).isTrue();
    return answer.at("/entries/0/orderId").textValue();
  }

  private static void isDelivered(JsonNode order) {
    assertThat(order.path("state").textValue()).as("%s", order).isEqualTo("ISSUED");
    assertThat(order.at("/deliveries/0/state").textValue()).as("%s", order).isEqualTo("DELIVERED");
  }

  private KeyStore keyStore(String order) throws Exception {
    JsonNode export =
        service.post(
            "/export",
            """
            {"order": "%s", "includePrivateKey": true, "format": "PKCS12", "password": "%s"}
            """
                .formatted(order, PASSWORD));
    KeyStore store = KeyStore.getInstance("PKCS12");
    byte[] content = Base64.getDecoder().decode(export.path("pkcs12").textValue());
    store.load(new ByteArrayInputStream(content), PASSWORD.toCharArray());
    return store;
  }

  /** From the first line to the last. */
  private void theLogIsJson() throws Exception {
    List<JsonNode> lines = service.log().lines().map(JsonHttp::read).toList();
    assertThat(lines).extracting(line -> line.path("state").asText()).contains("ISSUED", "REVOKED");
    assertThat(lines)
        .filteredOn(line -> line.has("_aws"))
        .extracting(line -> line.at("/_aws/CloudWatchMetrics/0/Metrics/0/Name").asText())
        .contains("Orders", "VendorCallTime");
  }
}
