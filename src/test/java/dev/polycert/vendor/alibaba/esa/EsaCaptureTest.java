package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.HttpTesting;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.provider.TestConfig;
import dev.polycert.whole.judge.Capture;
import dev.polycert.whole.judge.CaptureTests;
import dev.polycert.whole.judge.OurOperations;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What is recorded of ESA's SDK. */
@QuarkusTest
class EsaCaptureTest extends CaptureTests {
  private static final String SITE = "1234567890123";
  private static final Reference REFERENCE = Reference.of("siteId", SITE, "id", "30000478");

  EsaCaptureTest() {
    super(Capture.Vendor.ALIBABA);
  }

  static Stream<Capture> captures() {
    Set<String> texts = OurOperations.texts("vendor/alibaba/esa");
    return Capture.of(Capture.Vendor.ALIBABA).stream()
        // The one that is recorded takes a certificate of CAS over; ours are uploaded.
        .filter(capture -> !capture.header("x-acs-action").equals("SetCertificate"))
        .filter(capture -> texts.contains(capture.header("x-acs-action")));
  }

  @Override
  protected String operation(Received request) {
    return request.headers().get("x-acs-action");
  }

  @Override
  protected String operation(Capture capture) {
    return capture.header("x-acs-action");
  }

  @Override
  protected void send(Capture capture) {
    AlibabaEsaProvider provider = provider(capture);
    answer("ListSites", "ListSites");
    answer("ListCertificates", "ListCertificates.empty");
    answer("GetCertificateQuota", "GetCertificateQuota");
    answer("ApplyCertificate", "ApplyCertificate");
    String shown = operation(capture).equals("ListCertificatesByRecord") ? "issued" : "applying";
    answer("GetCertificate", "GetCertificate." + shown);
    answer("ListCertificatesByRecord", "ListCertificatesByRecord.alone");
    answer("DeleteCertificate", "DeleteCertificate");
    vendor.on("VerifySite", Reply.of(200, "{\"RequestId\":\"r\",\"Passed\":true}"));
    Applications www = Applications.forDomain("www.example.com").plan(Map.of("siteId", SITE));
    done(
        switch (operation(capture)) {
          case "ListSites" ->
              provider.prepare(Applications.forDomain("example.com").application(), context());
          case "GetCertificateQuota" ->
              provider.prepare(www.option("siteId", SITE).application(), context());
          case "ApplyCertificate" -> provider.place(www.application(), context());
          case "ListCertificates" -> provider.find(www.application(), context());
          case "GetCertificate" ->
              provider.check(www.reference(REFERENCE).application(), context());
          case "DeleteCertificate", "ListCertificatesByRecord" ->
              provider.delete(www.reference(REFERENCE).application(), context());
          case "VerifySite" -> provider.place(toBeVerified(), context());
          default -> throw notCompared(capture);
        });
  }

  private static Application toBeVerified() {
    return Applications.forDomain("www.example.com")
        .option("verifySite", "true")
        .plan(Map.of("siteId", SITE, EsaPreparation.ACTIVATION, "publish a record"))
        .application();
  }

  private void answer(String operation, String fixture) {
    vendor.on(operation, Reply.fixture(200, "alibaba/" + fixture + ".json"));
  }

  private AlibabaEsaProvider provider(Capture capture) {
    SmallRyeConfig config =
        TestConfig.of(
            Map.of(
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                Capture.KEY_ID,
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                Capture.SECRET,
                "ALIBABA_CLOUD_SECURITY_TOKEN",
                tokenOf(capture),
                "polycert.provider.\"alibaba-esa\".endpoint",
                vendor.uri().toString()),
            ProviderConfig.class,
            EsaConfig.class);
    return new AlibabaEsaProvider(
        HttpTesting.clients(config, vertx(), Clock.systemUTC()),
        config.getConfigMapping(EsaConfig.class),
        config.getConfigMapping(ProviderConfig.class),
        Clock.systemUTC(),
        new SplittableRandom(42));
  }

  @Override
  protected Map<String, String> explained(Capture capture) {
    String tag = capture.withToken() ? "static_sts" : "static_ak";
    Map<String, String> explained = new HashMap<>();
    explained.put(
        "header x-acs-credentials-provider: " + tag + ", ours none", "how the SDK got its keys");
    explained.put(
        "signed x-acs-credentials-provider: signed, ours none", "not sent, so not signed");
    switch (operation(capture)) {
      case "ListSites" -> {
        explained.put("query PageSize: 10, ours 500", "pages are larger");
        explained.put("query SiteSearchType: none, ours suffix", "sites of subdomains count too");
      }
      case "ListCertificates" -> {
        explained.put("query Keyword: none, ours www.example.com", "only those of the domain");
        explained.put("query PageSize: 10, ours 50", "pages are larger");
        explained.put("query ValidOnly: false, ours none", "the default, unsaid");
      }
      case "ListCertificatesByRecord" ->
          explained.put("query ValidOnly: none, ours true", "only what can serve in its place");
      default -> {}
    }
    return explained;
  }
}
