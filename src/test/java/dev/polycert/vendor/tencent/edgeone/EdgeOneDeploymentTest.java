package dev.polycert.vendor.tencent.edgeone;

import static dev.polycert.vendor.tencent.TencentTesting.CLOCK;
import static dev.polycert.vendor.tencent.TencentTesting.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorServer;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Deployment.State;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.tencent.TencentTesting;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bringing free certificates into use, and listing those that are. */
@QuarkusTest
class EdgeOneDeploymentTest {
  @Inject Vertx vertx;
  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer vendor = resources.add(new VendorServer());
  private final List<String> intents = new ArrayList<>();

  private EdgeOneProvider provider() {
    TencentTesting.Setup setup = TencentTesting.setup(vendor.uri(), vertx, Map.of());
    return new EdgeOneProvider(setup.clients(), setup.config(), CLOCK);
  }

  private WriteContext context() {
    return TencentTesting.context(intents);
  }

  private static Application order(String domain) {
    return new Application(
        DomainName.parse(domain),
        TencentTesting.application(ValidationMethod.DNS, Map.of()).terms(),
        Map.of(),
        Reference.of("zoneId", "zone-1", "domain", domain),
        List.of(),
        null,
        null);
  }

  private Answer<Deployment> deploy(String domain, Map<String, String> target) {
    return wait(provider().deploy(order(domain), target, context()));
  }

  private static <T> T wait(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }

  private void told(String members) {
    vendor.thenJson(200, "{\"Response\":{" + members + "\"RequestId\":\"req-1\"}}");
  }

  private void domains(String... domains) {
    told(
        "\"TotalCount\":%d,\"AccelerationDomains\":[%s],"
            .formatted(domains.length, String.join(",", domains)));
  }

  private static String without(String name) {
    return "{\"DomainName\":\"" + name + "\",\"Certificate\":null}";
  }

  private static String with(String name, String mode, String status) {
    return """
    {"DomainName": "%s", "Certificate": {"Mode": "%s", "List": [
      {"Status": "%s", "ExpireTime": "2027-01-02T03:04:05Z", "SignAlgo": "RSA 2048"}]}}
    """
        .formatted(name, mode, status);
  }

  private static State state(Answer<Deployment> result) {
    return deployed(result).state();
  }

  private static Deployment deployed(Answer<Deployment> result) {
    assertThat(result).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<Deployment>) result).value();
  }

  @Test
  void aDomainWithoutTheCertificateGetsIt() throws Exception {
    domains(without("www.example.com"));
    told("");
    domains(without("www.example.com"));

    assertThat(state(deploy("www.example.com", Map.of()))).isEqualTo(State.DEPLOYING);
    assertThat(intents).containsExactly("ModifyHostsCertificate");
    assertThat(JSON.readTree(vendor.seen().get(1).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"ZoneId": "zone-1", "Hosts": ["www.example.com"], "Mode": "eofreecert_manual"}
                """));
  }

  @ParameterizedTest
  @CsvSource({"deployed, DEPLOYED", "processing, DEPLOYING", "something, DEPLOYING"})
  void whatIsUnderWayIsOnlyTold(String status, State state) {
    domains(with("www.example.com", "eofreecert_manual", status));

    assertThat(state(deploy("www.example.com", Map.of()))).isEqualTo(state);
    assertThat(intents).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"failed", "issued"})
  void whatFailedIsDeployedAgain(String status) {
    domains(with("www.example.com", "eofreecert_manual", status));
    told("");
    domains(with("www.example.com", "eofreecert_manual", status));

    assertThat(state(deploy("www.example.com", Map.of()))).isEqualTo(State.DEPLOY_FAILED);
    assertThat(intents).containsExactly("ModifyHostsCertificate");
  }

  @Test
  void aLostAnswerIsReadAfterwards() {
    domains(without("www.example.com"));
    vendor.thenCut();
    domains(with("www.example.com", "eofreecert_manual", "processing"));
    domains(without("www.example.com"));
    vendor.thenCut();
    domains(without("www.example.com"));

    assertThat(state(deploy("www.example.com", Map.of()))).isEqualTo(State.DEPLOYING);
    assertThat(deploy("www.example.com", Map.of()))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.Unclear.class));
  }

  @Test
  void severalHostsAreDeployedOnlyWhenAllAre() {
    domains(
        with("a.example.com", "eofreecert_manual", "deployed"),
        with("b.example.com", "eofreecert_manual", "processing"));

    assertThat(state(deploy("*.example.com", Map.of("hosts", "a.example.com, b.example.com"))))
        .isEqualTo(State.DEPLOYING);
  }

  @Test
  void whereToIsSaidClearly() {
    domains(without("a.example.com"));

    assertThat(deploy("*.example.com", Map.of()).toString()).contains("Option.hosts");
    assertThat(deploy("*.example.com", Map.of("hosts", "b.example.com,c.example.com")).toString())
        .contains("HostNotFound", "b.example.com", "c.example.com");
    assertThat(intents).isEmpty();
  }

  @Test
  void anUnknownHostKeepsNoOtherFromTheCertificate() throws Exception {
    domains(without("a.example.com"));
    told("");
    domains(with("a.example.com", "eofreecert_manual", "processing"));

    Deployment deployment =
        deployed(deploy("*.example.com", Map.of("hosts", "a.example.com,b.example.com")));

    assertThat(deployment.state()).isEqualTo(State.DEPLOY_FAILED);
    assertThat(deployment.message()).isEqualTo("no accelerated domain of the site: b.example.com");
    assertThat(deployment.vendorStatus()).isEqualTo("eofreecert_manual processing");
    assertThat(JSON.readTree(vendor.seen().get(1).body()).path("Hosts").toString())
        .isEqualTo("[\"a.example.com\"]");
  }

  @Test
  void aHostThatEdgeOneRefusesKeepsNoOtherFromTheCertificate() throws Exception {
    domains(
        without("a.example.com"),
        without("b.example.com"),
        with("c.example.com", "eofreecert_manual", "deployed"));
    refused();
    told("");
    refused();
    domains(
        with("a.example.com", "eofreecert_manual", "deployed"),
        without("b.example.com"),
        with("c.example.com", "eofreecert_manual", "deployed"));

    Deployment deployment =
        deployed(
            deploy("*.example.com", Map.of("hosts", "a.example.com,b.example.com,c.example.com")));

    assertThat(deployment.state()).isEqualTo(State.DEPLOY_FAILED);
    assertThat(deployment.message())
        .contains("InvalidParameter.HostStatusNotAllowApplyCertificate", "b.example.com")
        .doesNotContain("a.example.com", "c.example.com");
    assertThat(JSON.readTree(vendor.seen().get(1).body()).path("Hosts").toString())
        .as("what has it already is not given it again")
        .isEqualTo("[\"a.example.com\",\"b.example.com\"]");
    assertThat(JSON.readTree(vendor.seen().get(2).body()).path("Hosts").toString())
        .isEqualTo("[\"a.example.com\"]");
  }

  private void refused() {
    told(
        "\"Error\":{\"Code\":\"InvalidParameter.HostStatusNotAllowApplyCertificate\","
            + "\"Message\":\"not allowed\"},");
  }

  @Test
  void theInventoryIsReadSiteBySite() {
    told("\"TotalCount\":2,\"Zones\":[{\"ZoneId\":\"zone-1\",\"ZoneName\":\"example.com\"}],");
    domains(
        with("a.example.com", "eofreecert_manual", "deployed"),
        with("b.example.com", "sslcert", "deployed"),
        with("c.example.com", "eofreecert", "applying"),
        without("d.example.com"));
    told("\"TotalCount\":2,\"Zones\":[],");

    Inventory page = page(null);
    assertThat(page.next()).isEqualTo("1:0");
    assertThat(page.items())
        .extracting(Inventory.Item::phase)
        .containsExactly(Phase.ISSUED, Phase.APPLYING);
    Inventory.Item first = page.items().getFirst();
    assertThat(first.reference())
        .isEqualTo(Reference.of("zoneId", "zone-1", "domain", "a.example.com"));
    assertThat(first.facts().notAfter()).isEqualTo("2027-01-02T03:04:05Z");
    assertThat(page("1:0")).isEqualTo(new Inventory(List.of(), null));
  }

  private Inventory page(String cursor) {
    return ((Answer.Success<Inventory>) wait(provider().list(cursor, context()))).value();
  }
}
