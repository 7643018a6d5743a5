package dev.polycert.vendor.tencent.edgeone;

import static dev.polycert.vendor.tencent.TencentTesting.DOMAIN;
import static dev.polycert.vendor.tencent.TencentTesting.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Consignment.Source;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.deliver.Stage;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What accelerated domains have besides the certificate that is delivered, and how they fail. */
@QuarkusTest
class EdgeOneHostsTest {
  @Inject Vertx vertx;

  /** Its key is on the elliptic curve P-256. */
  private static final CertificateBundle EXPORT = IssuedCertificates.issued("*.example.com");

  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer vendor = resources.add(new VendorServer());
  private Map<String, String> state = Map.of("certificateId", "newEc001");
  private Map<String, String> unfinished = Map.of();
  private String hosts = "www.example.com,shop.example.com";

  @Test
  void certificatesOfOtherAlgorithmsStayAtTheHosts() {
    domains(
        host("www.example.com", one("oldEc001", "ECC 256"), one("someRsa1", "RSA 2048")),
        host("shop.example.com", one("manEc001", "ECDSA 256"), one("someRsa1", "RSA 2048")));
    told("");

    assertThat(step("oldEc001")).isInstanceOf(Answer.Success.class);

    assertThat(given()).containsExactly("[www.example.com, shop.example.com] newEc001 someRsa1");
  }

  @Test
  void hostsThatHaveOtherCertificatesGetListsOfTheirOwn() {
    domains(
        host("www.example.com", one("oldRsa01", "RSA 2048")),
        host("shop.example.com", one("oldRsa01", "RSA 2048"), one("someSm20", "SM2")));
    told("");
    told("");

    assertThat(step("oldRsa01")).isInstanceOf(Answer.Success.class);

    assertThat(given())
        .containsExactly("[www.example.com] newEc001", "[shop.example.com] newEc001 someSm20");
  }

  @Test
  void aListingThatLagsBehindIsWaitedForLongerAndLonger() {
    hosts = "www.example.com";
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      domains(host("www.example.com", one("oldEc001", "ECC 256")));
      told("");
      pauses.add(pause(step("oldEc001")));
    }

    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10));

    domains(host("www.example.com", one("newEc001", "ECC 256")));
    assertThat(((Answer.Success<Stage>) step("oldEc001")).value())
        .isEqualTo(new Stage.Done("newEc001"));
  }

  @Test
  void aHostThatItCannotBeBoundToIsReportedAfterThreeTries() {
    hosts = "www.example.com";
    domains(host("www.example.com"));
    told("");
    step(null);
    for (int i = 0; i < 2; i++) {
      domains(host("www.example.com", one("newEc001", "ECC 256", "issued")));
      told("");
      assertThat(step(null)).isInstanceOf(Answer.Success.class);
    }

    domains(host("www.example.com", one("newEc001", "ECC 256", "issued")));
    VendorError error = refused(step(null));

    assertThat(error.code()).isEqualTo("Hosts.NotBound");
    assertThat(error.message()).contains("newEc001", "www.example.com");
    assertThat(given()).hasSize(3);
  }

  @Test
  void theOtherHostsGetItAndThoseThatFailAreReportedByName() {
    hosts = "gone.example.com,www.example.com,shop.example.com";
    String bad = host("shop.example.com", one("newEc001", "ECC 256", "failed"));
    domains(host("www.example.com"), bad);
    told("");
    step(null);
    for (int i = 0; i < 2; i++) {
      domains(host("www.example.com", one("newEc001", "ECC 256")), bad);
      told("");
      assertThat(step(null)).isInstanceOf(Answer.Success.class);
    }

    domains(host("www.example.com", one("newEc001", "ECC 256")), bad);
    VendorError error = refused(step(null));

    assertThat(given())
        .containsExactly(
            "[www.example.com, shop.example.com] newEc001",
            "[shop.example.com] newEc001",
            "[shop.example.com] newEc001");
    assertThat(error.code()).isEqualTo("Hosts.NotBound");
    assertThat(error.message()).contains("shop.example.com", "gone.example.com");
    assertThat(error.message()).doesNotContain("www.example.com");
  }

  @Test
  void anUnknownHostDoesNotKeepTheOthersFromTheCertificate() {
    hosts = "gone.example.com,www.example.com";
    domains(host("www.example.com"));
    told("");
    assertThat(step(null)).isInstanceOf(Answer.Success.class);
    assertThat(given()).containsExactly("[www.example.com] newEc001");

    domains(host("www.example.com", one("newEc001", "ECC 256")));
    VendorError error = refused(step(null));

    assertThat(error.code()).isEqualTo("HostNotFound");
    assertThat(error.message()).contains("gone.example.com").doesNotContain("www.example.com");
  }

  @Test
  void whatSomeHostsGotIsKnownAlthoughAnotherIsRefused() {
    state = Map.of();
    told("\"CertificateId\":\"newEc001\",");
    domains(host("www.example.com"), host("shop.example.com"));
    assertThat(step(null)).isInstanceOf(Answer.Success.class);
    assertThat(state).as("before anything is given").containsEntry("certificateId", "newEc001");
    assertThat(given()).isEmpty();

    domains(host("www.example.com"), host("shop.example.com"));
    refuse();
    told("");
    refuse();
    assertThat(step(null)).isInstanceOf(Answer.Success.class);
    assertThat(state.get("note")).contains("given to [www.example.com]", "shop.example.com");

    domains(host("www.example.com", one("newEc001", "ECC 256")), host("shop.example.com"));
    refuse();
    assertThat(refused(step(null)).message()).contains("shop.example.com");
  }

  @Test
  void certificatesOfDeliveriesThatNeverEndedDoNotStay() {
    unfinished = Map.of("certificateId", "rsaTwo02", "unfinishedIds", "rsaOne01");
    hosts = "www.example.com";
    domains(host("www.example.com", one("rsaTwo02", "RSA 2048")));
    told("");

    assertThat(step(null)).isInstanceOf(Answer.Success.class);

    assertThat(given()).containsExactly("[www.example.com] newEc001");
    assertThat(state).containsEntry("unfinishedIds", "rsaOne01,rsaTwo02");
  }

  private void refuse() {
    told(
        "\"Error\":{\"Code\":\"InvalidParameter.HostStatusNotAllowApplyCertificate\","
            + "\"Message\":\"not allowed\"},");
  }

  // --- the scene ---

  private void domains(String... domains) {
    told(
        "\"TotalCount\":%d,\"AccelerationDomains\":[%s],"
            .formatted(domains.length, String.join(",", domains)));
  }

  private void told(String members) {
    vendor.thenJson(200, "{\"Response\":{" + members + "\"RequestId\":\"req-1\"}}");
  }

  private static String host(String name, String... certificates) {
    return "{\"DomainName\":\"%s\",\"Certificate\":{\"Mode\":\"sslcert\",\"List\":[%s]}}"
        .formatted(name, String.join(",", certificates));
  }

  private static String one(String id, String algorithm) {
    return one(id, algorithm, "deployed");
  }

  private static String one(String id, String algorithm, String status) {
    return "{\"CertId\":\"%s\",\"SignAlgo\":\"%s\",\"Status\":\"%s\"}"
        .formatted(id, algorithm, status);
  }

  private Answer<Stage> step(@Nullable String earlier) {
    TencentTesting.Setup setup = TencentTesting.setup(vendor.uri(), vertx, Map.of());
    Answer<Stage> answer =
        EdgeOneDeliverers.to(setup.clients(), setup.config())
            .advance(
                new Consignment(
                    DOMAIN,
                    EXPORT,
                    Map.of("zoneId", "zone-1", "hosts", hosts),
                    Source.NONE,
                    earlier,
                    null,
                    List.of(),
                    state,
                    unfinished),
                TencentTesting.context(new ArrayList<>()))
            .await()
            .atMost(Duration.ofSeconds(20));
    if (answer instanceof Answer.Success<Stage>(Stage.UnderWay(var left, _), _)) {
      state = left;
    }
    return answer;
  }

  private static Duration pause(Answer<Stage> answer) {
    assertThat(answer).isInstanceOf(Answer.Success.class);
    return ((Stage.UnderWay) ((Answer.Success<Stage>) answer).value()).again();
  }

  private static VendorError refused(Answer<Stage> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<Stage>) answer).failure().error();
  }

  /** What was sent to change hosts: those, and the ids of their certificates. */
  private List<String> given() {
    return vendor.seen().stream()
        .filter(seen -> "ModifyHostsCertificate".equals(seen.headers().get("x-tc-action")))
        .map(seen -> read(seen.body()))
        .map(
            sent ->
                sent.findValuesAsText("CertId").stream()
                    .reduce(texts(sent.get("Hosts")).toString(), (a, b) -> a + " " + b))
        .toList();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
