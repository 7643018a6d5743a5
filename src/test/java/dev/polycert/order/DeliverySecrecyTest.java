package dev.polycert.order;

import static dev.polycert.order.Outcomes.issued;
import static dev.polycert.order.Outcomes.ready;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Export;
import dev.polycert.provider.Result;
import dev.polycert.provider.SandboxControl;
import dev.polycert.provider.aws.AwsJsonService;
import dev.polycert.provider.aws.AwsTesting;
import dev.polycert.provider.aws.acm.AcmDeliverers;
import dev.polycert.provider.aws.secretsmanager.SecretsManagerDeliverers;
import dev.polycert.provider.http.VendorServer;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That no private key is told on, not even by a vendor that repeats what it got. */
@QuarkusTest
@TestProfile(DeliverySecrecyTest.Profile.class)
class DeliverySecrecyTest {
  @Inject @All List<Deliverer> deliverers;

  @ConfigProperty(name = "polycert.sandbox.port")
  int port;

  @TempDir Path directory;
  private final Export export = IssuedCertificates.issued("www.example.com");
  private final Watch watch = new Watch(forms(export));
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private Desk desk;
  private SandboxControl sandbox;

  /** Logs everything. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.log.min-level", "TRACE",
          "quarkus.log.level", "TRACE",
          "quarkus.log.console.level", "WARN",
          "polycert.http.backoff", "1ms",
          "polycert.http.max-backoff", "2ms");
    }
  }

  @BeforeEach
  void open() {
    sandbox = new SandboxControl(port);
    desk = new Desk(directory, deliverers, vendor);
    desk.advance(Duration.between(desk.now(), Instant.now()));
    vendor.export = new Result.Value<>(export, null);
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    LogContext.getLogContext().getLogger("").addHandler(watch);
  }

  @AfterEach
  void close() throws Exception {
    LogContext.getLogContext().getLogger("").removeHandler(watch);
    desk.close();
    sandbox.reset();
  }

  @ParameterizedTest
  @CsvSource({
    "tencent-ssl, UploadCertificate, 200, FailedOperation.InvalidParam, alias, demo",
    "alibaba-esa, SetCertificate, 400, InvalidParameter.Certificate, siteId, ?",
    "huawei-scm, ImportCertificate, 400, SCM.0009, targetProject, cn-north-4"
  })
  void aVendorThatRepeatsTheKeyIsNotQuoted(
      String to, String operation, int status, String code, String option, String value)
      throws Exception {
    sandbox.control(
        "POST",
        "faults",
        JsonNodeFactory.instance
            .objectNode()
            .put("provider", to)
            .put("operation", operation)
            .put("kind", "CODE")
            .put("status", status)
            .put("code", code)
            .put("message", "wrong: " + export.privateKey().reveal())
            .put("requestId", IssuedCertificates.secretLines(export).getFirst())
            .put("times", 1)
            .toString());
    Map<String, String> options =
        Map.of(option, value.equals("?") ? site() : value, "targetService", "WAF");

    Order order = desk.applyAuto("www.example.com", new DeliveryTarget(to, options));

    Delivery failed = order.deliveries().getFirst();
    assertThat(failed.error()).as(order.toString()).isNotNull();
    assertThat(failed.error().code()).isEqualTo(code);
    assertThat(failed.error().message()).contains("***");
    desk.advance(Duration.ofMinutes(1));
    desk.renew();
    assertThat(desk.find(order.id()).deliveries().getFirst().state())
        .isEqualTo(Delivery.State.DELIVERED);
    assertThat(desk.find(order.id()) + " " + desk.history(order.id()) + desk.notices + order)
        .contains(code)
        .doesNotContain(IssuedCertificates.secretLines(export));
    assertThat(watch.leaks).isEmpty();
    assertThat(watch.seen).as("the log was watched").isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws-acm", "aws-secrets-manager"})
  void anAwsServiceThatRepeatsTheRequestIsNotQuoted(String to) {
    try (VendorServer server = new VendorServer()) {
      AwsJsonService.Factory services = AwsTesting.services(server.uri(), Vertx.vertx());
      desk.close();
      desk =
          new Desk(
              directory,
              List.of(AcmDeliverers.at(services), SecretsManagerDeliverers.at(services)),
              vendor);
      desk.advance(Duration.between(desk.now(), Instant.now()));
      if (to.equals("aws-acm")) {
        server.thenJson(200, "{\"CertificateSummaryList\":[]}");
      }
      server.then(request -> echo(server, request));
      Map<String, String> options = Map.of("region", "us-east-1", "secretName", "tls/www");

      Order order = desk.applyAuto("www.example.com", new DeliveryTarget(to, options));

      assertThat(order.deliveries().getFirst().error().message()).contains("***");
      assertThat(order + " " + desk.history(order.id()) + desk.notices)
          .contains("ValidationException")
          .doesNotContain(forms(export));
      assertThat(watch.leaks).isEmpty();
    }
  }

  private static void echo(VendorServer server, HttpServerRequest request) {
    String body = server.seen().getLast().body();
    // The key first: what is too long is cut off.
    int key = Math.max(body.indexOf("PrivateKey"), body.indexOf("privateKey"));
    request
        .response()
        .setStatusCode(400)
        .end(
            JsonNodeFactory.instance
                .objectNode()
                .put("__type", "ValidationException")
                .put("message", "wrong: " + body.substring(key))
                .toString());
  }

  /** The key as it is in PEM, and as it is in the base64 of that. */
  private static List<String> forms(Export export) {
    List<String> forms = new ArrayList<>(IssuedCertificates.secretLines(export));
    byte[] pem = export.privateKey().reveal().getBytes(StandardCharsets.UTF_8);
    forms.add(Base64.getEncoder().encodeToString(pem).substring(40, 80));
    return forms;
  }

  /** Were a key logged, the tests above would see it. */
  @Test
  void aKeyThatIsLoggedIsSeen() {
    org.jboss.logging.Logger.getLogger(DeliverySecrecyTest.class)
        .tracef("body: %s", export.privateKey().reveal());

    assertThat(watch.leaks).hasSize(1);
  }

  private String site() {
    return sandbox
        .control(
            "POST",
            "alibaba-esa/site",
            Map.of("name", "example.com", "access", "NS", "active", true))
        .findValue("SiteId")
        .asText();
  }

  private static final class Watch extends ExtHandler {
    private final PatternFormatter format = new PatternFormatter("%c %p %s%e");
    private final List<String> secrets;
    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private volatile int seen;

    private Watch(List<String> secrets) {
      this.secrets = secrets;
      setLevel(Level.ALL);
    }

    @Override
    protected void doPublish(ExtLogRecord entry) {
      String text = format.format(entry);
      seen = 1;
      if (secrets.stream().anyMatch(text::contains)) {
        leaks.add(text);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
