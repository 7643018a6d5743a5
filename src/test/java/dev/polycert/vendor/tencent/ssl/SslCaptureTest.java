package dev.polycert.vendor.tencent.ssl;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.Reference;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.TencentCaptureTests;
import dev.polycert.vendor.tencent.TencentTesting;
import dev.polycert.whole.judge.Capture;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is recorded of the SSL API's SDK. */
@QuarkusTest
class SslCaptureTest extends TencentCaptureTests {
  private static final String ID = "a1B2c3D4";
  private static final String VERSION = "2019-12-05";

  private static final Information INFORMATION =
      new Information(
          new Organization(
              "Example", "IT", "CN", "广东省", "深圳市", "南山区示例路1号", null, "0755", "00000000"),
          new Person(null, "A", "B", "10000000000", "admin@example.com", "dev"),
          new Person(null, "A", "B", "10000000000", "admin@example.com", "dev"),
          null,
          null);

  static Stream<Capture> captures() {
    return ours("vendor/tencent/ssl", VERSION);
  }

  @Override
  protected void send(Capture capture) {
    TencentTesting.Setup setup = setup(capture);
    TencentSslProvider provider =
        new TencentSslProvider(
            setup.clients(), setup.config(), SslSteps.VAULT, TencentTesting.CLOCK);
    answer("ApplyCertificate", "ssl/ApplyCertificate");
    answer("DescribeCertificate", "ssl/DescribeCertificate.pending");
    answer("DescribeCertificates", "ssl/DescribeCertificates.none");
    answer("CheckCertificateDomainVerification", "ssl/CheckCertificateDomainVerification.passed");
    answer("CompleteCertificate", "ssl/CompleteCertificate");
    answer("SubmitCertificateInformation", "ssl/SubmitCertificateInformation");
    answer("CommitCertificateInformation", "ssl/CommitCertificateInformation");
    answers("CancelCertificateOrder", "{\"Response\":{\"CertificateId\":\"" + ID + "\"}}");
    answers("DeleteCertificate", "{\"Response\":{\"DeleteResult\":true}}");
    answers("DescribeCertificateDetail", "{\"Response\":{\"CertificateId\":\"" + ID + "\"}}");
    done(
        switch (operation(capture)) {
          case "ApplyCertificate" -> provider.place(applicationOf(capture), context());
          case "DescribeCertificate", "CheckCertificateDomainVerification", "CompleteCertificate" ->
              provider.check(applied("www.example.com"), context());
          case "DescribeCertificates" -> provider.find(applied("www.example.com"), context());
          case "SubmitCertificateInformation", "CommitCertificateInformation" ->
              provider.submit(applied("*.example.com"), context());
          case "CancelCertificateOrder" -> provider.cancel(applied("www.example.com"), context());
          case "DeleteCertificate" -> provider.delete(applied("www.example.com"), context());
          case "DescribeCertificateDetail" ->
              provider.export(applied("www.example.com"), false, context());
          default -> throw notCompared(capture);
        });
  }

  private void answer(String operation, String fixture) {
    answers(operation, TencentTesting.resource(fixture + ".response.json").replace("a9TsmZkL", ID));
  }

  /** One capture names all that may be said, the others no more than they must. */
  private static Application applicationOf(Capture capture) {
    return capture.name().contains(".mode-")
        ? application("www.example.com", Map.of(), null)
        : application(
            "www.example.com",
            Map.of(
                "alias", "demo",
                "packageType", "83",
                "validityPeriod", "3",
                "deleteDnsAutoRecord", "false"),
            null);
  }

  private static Application applied(String domain) {
    return SslSteps.shown(
        application(domain, Map.of(), Reference.of("certificateId", ID)), SslSteps.CNAME);
  }

  private static Application application(
      String domain, Map<String, String> options, Reference reference) {
    Application bare = TencentTesting.application(ValidationMethod.DNS, options);
    return new Application(
        DomainName.parse(domain),
        bare.terms().withInformation(INFORMATION),
        Map.of(),
        reference,
        List.of(),
        null,
        null);
  }

  @Override
  protected Map<String, String> explained(Capture capture) {
    Map<String, String> explained = new HashMap<>(common());
    switch (operation(capture)) {
      case "ApplyCertificate" -> {
        if (capture.name().contains(".mode-")) {
          explained.put("body /CsrEncryptAlgo: none, ours \"RSA\"", "the default, said");
          explained.put("body /CsrKeyParameter: none, ours \"2048\"", "the default, said");
        }
      }
      case "DescribeCertificates" -> {
        explained.put("body /Limit: 10, ours 100", "pages are larger");
        explained.put("body /CertificateStatus/0: 0, ours none", "all statuses are wanted");
        explained.put("body /CertificateStatus/1: 1, ours none", "all statuses are wanted");
      }
      case "DeleteCertificate" ->
          explained.put(
              "body /IsCheckResource: none, ours true", "what is in use must not be deleted");
      case "CommitCertificateInformation" ->
          explained.put("body /VerifyType: none, ours \"DNS\"", "what was asked for is said");
      default -> {}
    }
    return explained;
  }
}
