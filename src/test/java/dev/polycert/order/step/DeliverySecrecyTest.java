package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.VendorServer;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.order.Delivery;
import dev.polycert.order.Order;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.SandboxControl;
import dev.polycert.provider.contract.ContractProfile;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.aws.AwsJsonService;
import dev.polycert.vendor.aws.AwsTesting;
import dev.polycert.vendor.aws.acm.AcmDeliverers;
import dev.polycert.vendor.aws.secretsmanager.SecretsManagerDeliverers;
import dev.polycert.vendor.webhook.Webhooks;
import dev.polycert.whole.secrecy.EchoWatch;
import dev.polycert.whole.secrecy.LeakWatch;
import dev.polycert.whole.secrecy.Needles;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No private key is passed on, even if a vendor repeats its input. */
@QuarkusTest
@TestProfile(ContractProfile.class)
class DeliverySecrecyTest {
  @Inject @All List<Deliverer> deliverers;

  @ConfigProperty(name = "polycert.sandbox.port")
  int port;

  @RegisterExtension final Resources resources = new Resources();
  private final CertificateBundle export = IssuedCertificates.issued("www.example.com");
  private final Needles needles = Needles.of(IssuedCertificates.secretLines(export));
  private LeakWatch watch;
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private Desk desk;
  private SandboxControl sandbox;

  @BeforeEach
  void open() {
    sandbox = new SandboxControl(port);
    resources.add(sandbox::reset);
    desk = resources.add(new Desk(resources.directory(), deliverers, vendor));
    desk.advance(Duration.between(desk.now(), Instant.now()));
    vendor.export = new Answer.Success<>(export, null);
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    watch = resources.add(new LeakWatch(this::tells, line -> true));
  }

  /** The key, or the vendor's, or what was signed with it. */
  private boolean tells(String text) {
    return needles.in(text) || EchoWatch.tells(text);
  }

  /** How a vendor may write the key that it repeats. */
  enum Form {
    PEM,
    JSON,
    URL,
    BASE64,
    BASE64_OF_MORE,
    HEX,
    HEX_OF_DER;

    String of(String pem) {
      return switch (this) {
        case PEM -> pem;
        case JSON -> pem.replace("/", "\\/").replace("\n", "\\n");
        case URL -> URLEncoder.encode(pem, UTF_8);
        case BASE64 -> Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
        case BASE64_OF_MORE -> {
          String request = "{\"key\":\"" + pem.replace("\n", "\\n") + "\"}";
          yield Base64.getEncoder().encodeToString(request.getBytes(UTF_8));
        }
        case HEX -> HexFormat.of().formatHex(body(pem).getBytes(UTF_8));
        case HEX_OF_DER -> HexFormat.of().formatHex(Base64.getDecoder().decode(body(pem)));
      };
    }

    private static String body(String pem) {
      return pem.lines().filter(line -> !line.startsWith("-----")).collect(joining());
    }
  }

  static Stream<String> vendors() {
    return Stream.of(
        "tencent-ssl, UploadCertificate, 200, FailedOperation.InvalidParam, alias, demo",
        "alibaba-esa, SetCertificate, 400, InvalidParameter.Certificate, siteId, ?",
        "alibaba-cas, UploadUserCertificate, 400, InvalidParameter.Cert, none, none",
        "alibaba-clb, UploadServerCertificate, 400, InvalidParameter.Cert, region, cn-beijing",
        "huawei-scm, ImportCertificate, 400, SCM.0009, targetProject, cn-north-4",
        "huawei-elb, CreateCertificate, 400, ELB.1011, enterpriseProjectId, 0",
        "huawei-cdn, UpdateDomainMultiCertificates, 200, CDN.0106, domains, www.example.com",
        "huawei-waf, CreateCertificate, 400, WAF.00011019, hosts, ?");
  }

  static Stream<Arguments> vendorsAndForms() {
    return vendors()
        .flatMap(
            vendor ->
                Stream.of(Form.values())
                    .map(form -> Arguments.of((Object) vendor.split(", "), form)));
  }

  @ParameterizedTest
  @MethodSource("vendorsAndForms")
  void aVendorThatRepeatsTheKeyIsNotQuoted(String[] vendor, Form form) {
    String key = form.of(export.privateKey().reveal());

    assertNotQuoted(
        vendor,
        Map.of(
            "kind",
            "CODE",
            "message",
            "wrong: " + key,
            "requestId",
            IssuedCertificates.secretLines(export).getFirst()));
  }

  /** With its headers first, and the key in the body. */
  @ParameterizedTest
  @MethodSource("vendors")
  void aVendorThatRepeatsTheWholeRequestIsNotQuoted(String vendor) {
    Delivery failed =
        assertNotQuoted(vendor.split(", "), Map.of("kind", "ECHO", "message", "wrong:"));

    assertThat(failed.error().message()).contains("authorization: ", "Signature=***");
  }

  /** The delivery has failed as without what is repeated, and is made good a minute later. */
  private Delivery assertNotQuoted(String[] vendor, Map<String, String> refusal) {
    String code = vendor[3];
    ObjectNode fault =
        JsonNodeFactory.instance
            .objectNode()
            .put("provider", vendor[0])
            .put("operation", vendor[1])
            .put("status", Integer.parseInt(vendor[2]))
            .put("code", code)
            .put("times", 1);
    refusal.forEach(fault::put);
    sandbox.control("POST", "faults", fault.toString());
    sandbox.control("POST", "huawei-cdn/domain", Map.of("name", "www.example.com"));
    String place = vendor[0].equals("huawei-waf") ? host() : site();
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "targetService", "WAF",
                "region", "cn-north-4",
                "loadBalancerId", "lb-1",
                "port", "443"));
    options.put(vendor[4], vendor[5].equals("?") ? place : vendor[5]);

    Order order = desk.applyAuto("www.example.com", new DeliveryTarget(vendor[0], options));

    Delivery failed = order.deliveries().getFirst();
    assertThat(failed.error()).as(order.toString()).isNotNull();
    assertThat(failed.error().code()).isEqualTo(code);
    assertThat(failed.error().message()).contains("***");
    desk.advance(Duration.ofMinutes(1));
    desk.renew();
    assertThat(desk.find(order.id()).deliveries().getFirst().state())
        .isEqualTo(Delivery.State.DELIVERED);
    assertNothingTold(desk.find(order.id()) + " " + order, order, code);
    return failed;
  }

  private void assertNothingTold(String shown, Order order, String code) {
    String all = shown + desk.history(order.id()) + desk.notices;
    assertThat(all).contains(code).doesNotContain(IssuedCertificates.secretLines(export));
    assertThat(tells(all)).as(all).isFalse();
    assertThat(watch.leaks()).isEmpty();
    assertThat(watch.seen()).as("the log was watched").isPositive();
  }

  static Stream<Arguments> servicesAndForms() {
    return Stream.of("aws-acm", "aws-secrets-manager")
        .flatMap(service -> Stream.of(Form.values()).map(form -> Arguments.of(service, form)));
  }

  @ParameterizedTest
  @MethodSource("servicesAndForms")
  void anAwsServiceThatRepeatsTheRequestIsNotQuoted(String to, Form form) {
    try (VendorServer server = new VendorServer()) {
      AwsJsonService.Factory services = AwsTesting.services(server.uri(), resources.vertx());
      desk.close();
      desk =
          resources.add(
              new Desk(
                  resources.directory(),
                  List.of(AcmDeliverers.at(services), SecretsManagerDeliverers.at(services)),
                  vendor));
      desk.advance(Duration.between(desk.now(), Instant.now()));
      server.thenJson(
          200,
          to.equals("aws-acm") ? "{\"CertificateSummaryList\":[]}" : "{\"ARN\":\"arn:aws:1\"}");
      String key = form.of(export.privateKey().reveal());
      server.thenEcho(
          400,
          echo ->
              JsonNodeFactory.instance
                  .objectNode()
                  .put("__type", "ValidationException")
                  .put("message", authorization(echo) + " wrong: " + key + echo)
                  .toString());
      Map<String, String> options = Map.of("region", "us-east-1", "secretName", "tls/www");

      Order order = desk.applyAuto("www.example.com", new DeliveryTarget(to, options));

      Delivery failed = order.deliveries().getFirst();
      assertThat(failed.error().message()).contains("Credential=***/", "Signature=***", "wrong: ");
      assertNothingTold(order.toString(), order, "ValidationException");
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aReceiverThatRepeatsTheMessageIsNotQuoted(Form form) {
    try (VendorServer server = new VendorServer()) {
      desk.close();
      desk =
          resources.add(
              new Desk(
                  resources.directory(), List.of(Webhooks.toAnywhere(resources.vertx())), vendor));
      desk.advance(Duration.between(desk.now(), Instant.now()));
      String key = form.of(export.privateKey().reveal());
      server.thenEcho(
          400,
          echo ->
              echo.replaceFirst("(?s).*(webhook-signature: \\S+).*", "$1")
                  + " wrong: "
                  + key
                  + echo);

      Order order =
          desk.applyAuto(
              "www.example.com",
              new DeliveryTarget(
                  "webhook", Map.of("url", server.uri().toString(), "includePrivateKey", "true")));

      Delivery failed = order.deliveries().getFirst();
      assertThat(failed.error().message()).contains("webhook-signature: v1,*** wrong: ", "***");
      assertNothingTold(order.toString(), order, "HTTP.400");
    }
  }

  /** Ahead of all else: what is too long is cut off. */
  private static String authorization(String echo) {
    return echo.replaceFirst("(?s).*(authorization: \\S+ \\S+ \\S+ \\S+).*", "$1");
  }

  /** Were a key logged, the tests above would see it. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void aKeyThatIsLoggedIsSeen(Form form) {
    Logger.getLogger(DeliverySecrecyTest.class)
        .tracef("body: %s", form.of(export.privateKey().reveal()));

    assertThat(watch.leaks()).hasSize(1);
  }

  private String host() {
    return sandbox
        .control("POST", "huawei-waf/host", Map.of("hostname", "www.example.com"))
        .path("id")
        .asText();
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
}
