package dev.polycert.vendor.tencent;

import static dev.polycert.vendor.tencent.TencentTesting.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.SandboxControl;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.JsonHttp;
import dev.polycert.vendor.tencent.ssl.TencentSslProvider;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole lives of certificates through the HTTP doors, from the application to the end. */
@QuarkusTest
class TencentLifeCycleTest {
  @Inject TencentSslProvider ssl;
  @Inject Clock clock;

  @ConfigProperty(name = "polycert.sandbox.port")
  int sandboxPort;

  @ConfigProperty(name = "polycert.server.port")
  int serverPort;

  private final JsonHttp http = new JsonHttp();
  private SandboxControl sandbox;

  @BeforeEach
  void reset() {
    sandbox = new SandboxControl(sandboxPort);
    sandbox.reset();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return http.send(method, URI.create("http://127.0.0.1:" + serverPort + path), body);
  }

  private JsonNode post(int status, String path, String body) {
    HttpResponse<String> response = send("POST", path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JsonHttp.read(response.body());
  }

  private JsonNode order(String id) {
    return JsonHttp.read(send("GET", "/orders/" + id, "").body());
  }

  private JsonNode apply(String provider, String domain, String more) {
    return post(
            200,
            "/apply",
            "{\"domains\":[\"%s\"],\"providers\":[\"%s\"]%s}".formatted(domain, provider, more))
        .at("/entries/0");
  }

  private String issued(String provider, String domain) {
    JsonNode entry = apply(provider, domain, "");
    return validated(entry.path("orderId").textValue(), entry.path("validations"));
  }

  private String validated(String id, JsonNode validations) {
    ObjectNode body = JSON.createObjectNode();
    body.set("validations", validations);
    sandbox.control("POST", "publish", body.toString());
    JsonNode checked = check(id);
    assertThat(checked.path("state").textValue()).as(checked.toString()).isEqualTo("ISSUED");
    return id;
  }

  private JsonNode check(String id) {
    return post(200, "/check-verification", "{\"orders\":[\"" + id + "\"]}").at("/orders/0");
  }

  private JsonNode cancel(String id, String action) {
    return post(200, "/cancel", "{\"orders\":[\"%s\"],\"action\":\"%s\"}".formatted(id, action))
        .at("/orders/0");
  }

  private JsonNode export(String id, boolean includePrivateKey) {
    return post(
        200,
        "/export",
        "{\"order\":\"%s\",\"includePrivateKey\":%s}".formatted(id, includePrivateKey));
  }

  @Test
  void aCertificateIsExportedRevokedAndDeleted() throws Exception {
    String id = issued("tencent-ssl", "www.life-of-one.com");
    String reference = order(id).at("/reference/certificateId").textValue();

    JsonNode exported = export(id, false);
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(
                        exported
                            .path("certificate")
                            .textValue()
                            .getBytes(StandardCharsets.US_ASCII)));
    assertThat(certificate.getSubjectX500Principal().getName()).contains("www.life-of-one.com");
    assertThat(exported.path("chain").textValue()).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(exported.has("privateKey")).isFalse();

    JsonNode revoked = cancel(id, "REVOKE");
    assertThat(revoked.path("done").booleanValue()).as(revoked.toString()).isTrue();
    assertThat(revoked.path("state").textValue()).isEqualTo("REVOKED");

    JsonNode early = cancel(id, "DELETE");
    assertThat(early.at("/error/code").textValue())
        .isEqualTo("FailedOperation.CannotBeDeletedWithinHour");
    assertThat(early.path("state").textValue()).isEqualTo("REVOKED");

    sandbox.control("POST", "clock", "{\"advance\":\"PT2H\"}");
    String bound = "{\"certificateId\":\"%s\",\"bound\":%s}";
    sandbox.control("POST", "tencent-ssl/bound", bound.formatted(reference, true));
    JsonNode inUse = cancel(id, "DELETE");
    assertThat(inUse.at("/error/message").textValue()).isEqualTo("a cloud resource uses it");

    sandbox.control("POST", "tencent-ssl/bound", bound.formatted(reference, false));
    JsonNode deleted = cancel(id, "DELETE");
    assertThat(deleted.path("done").booleanValue()).as(deleted.toString()).isTrue();
    assertThat(deleted.path("vendorStatus").textValue()).isEqualTo("deleted");
    assertThat(cancel(id, "DELETE").path("done").booleanValue()).isTrue();
  }

  @Test
  void anExportedKeyIsInTheAnswerAlone() {
    String id = issued("tencent-ssl", "www.life-of-a-key.com");
    JsonNode exported;
    List<String> log;
    try (Log everything = new Log()) {
      exported = export(id, true);
      Logger.getLogger("probe").trace("this is seen");
      log = everything.lines;
    }

    String key = exported.path("privateKey").textValue();
    assertThat(key).contains("PRIVATE KEY-----");
    String secret = key.split("\n")[1];
    assertThat(log).contains("probe this is seen").noneMatch(line -> line.contains(secret));
    JsonNode order = order(id);
    assertThat(order.at("/history").toString()).contains("exported with its private key");
    assertThat(order.toString()).doesNotContain(secret);
    assertThat(export(id, false).toString()).doesNotContain(secret);
  }

  /** Everything that is logged while it is open, at every level. */
  private static final class Log extends ExtHandler {
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final PatternFormatter format = new PatternFormatter("%c %s%e");
    private final org.jboss.logmanager.Logger root = LogContext.getLogContext().getLogger("");
    private final Level before = root.getLevel();

    Log() {
      setLevel(Level.ALL);
      root.setLevel(Level.ALL);
      root.addHandler(this);
    }

    @Override
    protected void doPublish(ExtLogRecord entry) {
      lines.add(format.format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      root.removeHandler(this);
      root.setLevel(before);
    }
  }

  /** A look spends the vendor's patience; the first one makes sense once somebody can publish. */
  @Test
  void whatNobodyWasShownIsNotLookedFor() {
    String id = apply("tencent-ssl", "www.life-unseen.com", "").path("orderId").textValue();
    assertThat(order(id).path("validations")).isNotEmpty();
    assertThat(callsOf("tencent-ssl"))
        .isEqualTo(
            Map.of("DescribeCertificates", 1, "ApplyCertificate", 1, "DescribeCertificate", 1));

    assertThat(check(id).path("message").textValue()).isNotBlank();

    assertThat(callsOf("tencent-ssl")).containsEntry("CheckCertificateDomainVerification", 1);
  }

  private Map<String, Integer> callsOf(String provider) {
    Map<String, Integer> calls = new HashMap<>();
    sandbox
        .control("GET", "calls", "")
        .path(provider)
        .properties()
        .forEach(each -> calls.put(each.getKey(), each.getValue().intValue()));
    return calls;
  }

  @Test
  void aPendingApplicationIsCancelledOnce() {
    String id = apply("tencent-ssl", "www.life-cut-short.com", "").path("orderId").textValue();

    JsonNode cancelled = cancel(id, "CANCEL");
    assertThat(cancelled.path("done").booleanValue()).as(cancelled.toString()).isTrue();
    assertThat(cancelled.path("state").textValue()).isEqualTo("CANCELLED");

    assertThat(cancel(id, "CANCEL").path("done").booleanValue()).isTrue();
  }

  @Test
  void aLostAnswerToACancellationIsNoDoubt() {
    String id = apply("tencent-ssl", "www.life-in-doubt.com", "").path("orderId").textValue();
    sandbox.control(
        "POST", "faults", "{\"operation\":\"CancelCertificateOrder\",\"kind\":\"RESET_AFTER\"}");

    assertThat(cancel(id, "CANCEL").path("state").textValue()).isEqualTo("CANCELLED");
  }

  @Test
  void aBoughtCertificateIsInformedInPartsAndIssued() {
    String domain = "www.life-that-costs.com";
    String certificateId =
        sandbox
            .control("POST", "tencent-ssl/paid", "{\"domain\":\"" + domain + "\"}")
            .path("certificateId")
            .textValue();
    String adopt =
        ",\"providerOptions\":{\"tencent-ssl\":{\"certificateId\":\"" + certificateId + "\"}}";
    JsonNode entry = apply("tencent-ssl", domain, adopt);
    assertThat(entry.path("state").textValue()).isEqualTo("PENDING_INFORMATION");
    String id = entry.path("orderId").textValue();
    assertThat(order(id).path("message").textValue())
        .startsWith("missing: information.organization.name");

    JsonNode first =
        submit(
            id,
            """
            {"organization": {"name": "Example Ltd", "division": "IT", "country": "CN",
              "region": "Guangdong", "city": "Shenzhen", "address": "1 Way",
              "phoneAreaCode": "0755", "phoneNumber": "12345678"}}
            """);
    assertThat(first.path("missing").toString())
        .contains("information.administrator.firstName", "information.administrator.email");
    assertThat(first.path("sent").booleanValue()).isFalse();

    String person =
        """
        {"firstName": "Wang", "lastName": "Fang", "phone": "13800000000",
          "email": "fang@example.com", "position": "CTO"}
        """;
    JsonNode second = submit(id, "{\"administrator\": " + person + "}");
    assertThat(second.path("sent").booleanValue()).as(second.toString()).isTrue();
    assertThat(second.path("state").textValue()).isEqualTo("PENDING_VALIDATION");

    validated(id, order(id).path("validations"));
    assertThat(export(id, true).path("privateKey").textValue()).contains("PRIVATE KEY");
    assertThat(sandbox.control("GET", "ledger", "").findValuesAsText("operation"))
        .containsExactly("CommitCertificateInformation");
  }

  private JsonNode submit(String id, String information) {
    return post(
            200,
            "/submit-information",
            "{\"orders\":[\"%s\"],\"information\":%s}".formatted(id, information))
        .at("/orders/0");
  }

  @Test
  void whatTheAccountHasBecomesOrders() {
    Terms terms =
        new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, Map.of(), Information.none());
    for (String domain : List.of("www.life-before.com", "*.life-before.com")) {
      Application application =
          new Application(DomainName.parse(domain), terms, Map.of(), null, List.of(), null, null);
      WriteContext context =
          new WriteContext(
              clock.instant().plusSeconds(20),
              new Object(),
              operation -> Uni.createFrom().voidItem());
      ssl.place(application, context).await().atMost(Duration.ofSeconds(20));
    }

    JsonNode adopted = post(200, "/adopt", "{\"providers\":[\"tencent-ssl\"]}").at("/providers/0");

    assertThat(adopted.at("/counts/ADOPTED").intValue()).as(adopted.toString()).isEqualTo(2);
    JsonNode item = adopted.at("/items/1");
    assertThat(item.path("domain").textValue()).isEqualTo("www.life-before.com");
    assertThat(item.path("state").textValue()).isEqualTo("PENDING_VALIDATION");
    String id = item.path("orderId").textValue();
    validated(id, check(id).path("validations"));
    assertThat(order(id).at("/certificate/notAfter").textValue()).isNotNull();

    JsonNode again = post(200, "/adopt", "{\"providers\":[\"tencent-ssl\"]}").at("/providers/0");
    assertThat(again.at("/counts/EXISTING").intValue()).isEqualTo(2);
    assertThat(again.path("counts").size()).isEqualTo(1);
  }

  @Test
  void aMistakenValidationIsSwitched() {
    String domain = "www.life-by-file.com";
    String mistake = apply("tencent-edgeone", domain, "").path("orderId").textValue();

    JsonNode entry = apply("tencent-edgeone", domain, ",\"validation\":\"FILE\"");

    assertThat(entry.at("/validations/0/method").textValue())
        .as(entry.toString())
        .isEqualTo("FILE");
    assertThat(order(mistake).path("state").textValue()).isEqualTo("CANCELLED");
    assertThat(callsOf("tencent-edgeone")).containsEntry("ApplyFreeCertificate", 2);
    validated(entry.path("orderId").textValue(), entry.path("validations"));
  }

  @Test
  void anApplicationThatCannotBeCancelledIsGivenUp() {
    String id = apply("tencent-edgeone", "www.life-given-up.com", "").path("orderId").textValue();

    JsonNode given = cancel(id, "CANCEL");

    assertThat(given.path("done").booleanValue()).as(given.toString()).isTrue();
    assertThat(given.path("state").textValue()).isEqualTo("CANCELLED");
    assertThat(given.path("message").textValue()).contains("no operation", "lapses by itself");
  }

  @Test
  void aFreeCertificateIsDeployedToItsDomain() {
    sandbox.control("PUT", "tencent-edgeone/settings", "{\"deployDelay\":\"PT5M\"}");
    String id = issued("tencent-edgeone", "www.life-at-the-edge.com");

    assertThat(deploy(id).at("/deployment/state").textValue()).isEqualTo("DEPLOYING");
    sandbox.control("POST", "clock", "{\"advance\":\"PT10M\"}");
    JsonNode deployed = deploy(id).path("deployment");
    assertThat(deployed.path("state").textValue()).isEqualTo("DEPLOYED");
    assertThat(deployed.path("vendorStatus").textValue()).isEqualTo("eofreecert_manual deployed");
    assertThat(order(id).at("/history").findValuesAsText("why"))
        .containsOnlyOnce("sending ModifyHostsCertificate");

    JsonNode inventory =
        post(200, "/adopt", "{\"providers\":[\"tencent-edgeone\"]}").at("/providers/0");
    assertThat(inventory.at("/items/0/fate").textValue()).isEqualTo("EXISTING");
    assertThat(inventory.at("/items/0/orderId").textValue()).isEqualTo(id);
  }

  private JsonNode deploy(String id) {
    return post(200, "/deploy", "{\"orders\":[\"" + id + "\"]}").at("/orders/0");
  }

  @Test
  void whatAProviderCannotNamesThoseThatCan() {
    String id = issued("tencent-edgeone", "www.life-inside.com");

    JsonNode problem = post(409, "/export", "{\"order\":\"" + id + "\"}");

    assertThat(problem.path("detail").textValue())
        .startsWith("tencent-edgeone does not offer EXPORT; it is offered by: ")
        .contains("tencent-ssl");
  }
}
