package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.HttpTesting;
import dev.polycert.provider.Applications;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.provider.TestConfig;
import dev.polycert.whole.judge.Capture;
import dev.polycert.whole.judge.CaptureTests;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is recorded of SCM's SDK. */
@QuarkusTest
class ScmCaptureTest extends CaptureTests {
  private static final String ID = "scs0000000000001";

  ScmCaptureTest() {
    super(Capture.Vendor.HUAWEI);
  }

  static Stream<Capture> captures() {
    Set<String> ours =
        Arrays.stream(ScmApi.class.getDeclaredMethods())
            .map(ScmCaptureTest::operation)
            .collect(Collectors.toSet());
    return Capture.of(Capture.Vendor.HUAWEI).stream()
        .filter(capture -> ours.contains(operation(capture.method(), capture.path())));
  }

  private static String operation(Method method) {
    String verb =
        Arrays.stream(method.getAnnotations())
            .map(Annotation::annotationType)
            .filter(type -> type.isAnnotationPresent(HttpMethod.class))
            .map(type -> type.getAnnotation(HttpMethod.class).value())
            .findFirst()
            .orElseThrow();
    String path = method.getAnnotation(Path.class).value();
    return verb + " /" + path.replaceFirst("\\{certificate_id}", "ID");
  }

  private static String operation(String method, String path) {
    return method + " " + path.replaceFirst(ID, "ID");
  }

  @Override
  protected String operation(Received request) {
    return operation(request.method(), request.path());
  }

  @Override
  protected String operation(Capture capture) {
    return operation(capture.method(), capture.path());
  }

  @Override
  protected void send(Capture capture) {
    HuaweiScmProvider provider = provider(capture);
    answer("GET /v3/scm/certificates", "ListCertificates.empty");
    answer("GET /v3/scm/certificates/ID", "ShowCertificate." + status(capture));
    answer("POST /v3/scm/certificates/buy", "SubscribeCertificate");
    answer("POST /v3/scm/certificates/ID/apply", "ApplyCertificate");
    answer("POST /v3/scm/deployed-resources", "ListDeployedResources.none");
    answer("POST /v3/scm/certificates/ID/cancel-cert", "CancelCertificateRequest");
    answer("POST /v3/scm/certificates/ID/export", "ExportCertificate");
    answer("POST /v3/scm/certificates/ID/deploy", "DeployCertificate");
    vendor.on("POST /v3/scm/certificates/ID/push", Reply.of(204, ""));
    vendor.on("DELETE /v3/scm/certificates/ID", Reply.of(204, ""));
    Applications www = Applications.forDomain("www.example.com").information(applicant());
    Applications reserved = www.reference(Reference.of("certificateId", ID));
    done(
        switch (operation(capture)) {
          case "GET /v3/scm/certificates" -> provider.prepare(www.application(), context());
          case "GET /v3/scm/certificates/ID" -> provider.check(reserved.application(), context());
          case "POST /v3/scm/certificates/buy" ->
              provider.place(www.plan(Map.of("buy", "true")).application(), context());
          case "POST /v3/scm/certificates/ID/apply" ->
              provider.place(reserved.application(), context());
          case "POST /v3/scm/certificates/ID/cancel-cert" ->
              provider.cancel(reserved.application(), context());
          case "DELETE /v3/scm/certificates/ID" ->
              provider.delete(reserved.application(), context());
          case "POST /v3/scm/certificates/ID/export" ->
              provider.export(reserved.application(), false, context());
          case "POST /v3/scm/certificates/ID/push" ->
              provider.deploy(
                  reserved.application(),
                  Map.of("service", "WAF", "project", "cn-north-4"),
                  context());
          case "POST /v3/scm/certificates/ID/deploy" ->
              provider.deploy(
                  reserved.application(),
                  Map.of("service", "CDN", "resources", "www.example.com", "acceptFee", "true"),
                  context());
          default -> throw notCompared(capture);
        });
  }

  /** A status in which the operation makes sense. */
  private static String status(Capture capture) {
    return switch (operation(capture.method(), capture.path())) {
      case "POST /v3/scm/certificates/ID/cancel-cert" -> "checking";
      case "DELETE /v3/scm/certificates/ID",
          "POST /v3/scm/certificates/ID/export",
          "POST /v3/scm/certificates/ID/push",
          "POST /v3/scm/certificates/ID/deploy" ->
          "issued";
      default -> "paid";
    };
  }

  private static Information applicant() {
    return new Information(
        new Organization(null, null, "CN", null, null, null, null, null, null),
        new Person("张三", null, null, "10000000000", "admin@example.com", null),
        null,
        null,
        true);
  }

  private void answer(String operation, String fixture) {
    vendor.on(operation, Reply.fixture(200, "huawei/" + fixture + ".json"));
  }

  private HuaweiScmProvider provider(Capture capture) {
    SmallRyeConfig config =
        TestConfig.of(
            Map.of(
                "HUAWEICLOUD_SDK_AK", Capture.KEY_ID,
                "HUAWEICLOUD_SDK_SK", Capture.SECRET,
                "HUAWEICLOUD_SDK_PROJECT_ID", "0".repeat(32),
                "HUAWEICLOUD_SDK_SECURITY_TOKEN", tokenOf(capture),
                "polycert.provider.\"huawei-scm\".endpoint", vendor.uri().toString()),
            ProviderConfig.class,
            ScmConfig.class);
    return new HuaweiScmProvider(
        HttpTesting.clients(config, vertx(), Clock.systemUTC()),
        config.getConfigMapping(ScmConfig.class),
        config.getConfigMapping(ProviderConfig.class),
        config,
        Clock.systemUTC());
  }

  @Override
  protected Map<String, String> explained(Capture capture) {
    Map<String, String> explained = new HashMap<>();
    explained.put("signed user-agent: signed, ours none", "proxies may change it");
    switch (operation(capture)) {
      case "GET /v3/scm/certificates" -> {
        explained.put("header content-type: application/json, ours none", "there is no content");
        explained.put("query limit: 10, ours 50", "pages are larger");
      }
      case "GET /v3/scm/certificates/ID",
          "DELETE /v3/scm/certificates/ID",
          "POST /v3/scm/certificates/ID/cancel-cert",
          "POST /v3/scm/certificates/ID/export" ->
          explained.put("header content-type: application/json, ours none", "there is no content");
      case "POST /v3/scm/certificates/ID/apply" ->
          explained.put("body /key_algorithm: none, ours \"RSA_2048\"", "the default, said");
      default -> {}
    }
    return explained;
  }
}
