package dev.polycert.vendor.tencent.edgeone;

import static dev.polycert.vendor.tencent.TencentTesting.resource;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
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

/** What is recorded of EdgeOne's SDK. */
@QuarkusTest
class EdgeOneCaptureTest extends TencentCaptureTests {

  static Stream<Capture> captures() {
    return ours("vendor/tencent/edgeone", "2022-09-01");
  }

  @Override
  protected void send(Capture capture) {
    TencentTesting.Setup setup = setup(capture);
    EdgeOneProvider provider =
        new EdgeOneProvider(setup.clients(), setup.config(), TencentTesting.CLOCK);
    answers("ApplyFreeCertificate", resource("edgeone/ApplyFreeCertificate.dns.response.json"));
    answers(
        "CheckFreeCertificateVerification",
        resource("edgeone/CheckFreeCertificateVerification.unexpected.response.json"));
    answers("DescribeZones", resource("edgeone/DescribeZones.response.json"));
    answers(
        "DescribeAccelerationDomains",
        "{\"Response\":{\"TotalCount\":1,\"AccelerationDomains\":["
            + "{\"DomainName\":\"www.example.com\"}],\"RequestId\":\"r\"}}");
    answers("ModifyHostsCertificate", "{\"Response\":{\"RequestId\":\"r\"}}");
    done(
        switch (operation(capture)) {
          case "ApplyFreeCertificate" -> provider.place(planned(), context());
          case "CheckFreeCertificateVerification" -> provider.check(planned(), context());
          case "DescribeZones" -> provider.prepare(application("example.com", Map.of()), context());
          case "DescribeAccelerationDomains", "ModifyHostsCertificate" ->
              provider.deploy(issued(), Map.of(), context());
          default -> throw notCompared(capture);
        });
  }

  private static Application issued() {
    Application planned = planned();
    return new Application(
        planned.domain(),
        planned.terms(),
        planned.plan(),
        Reference.of("zoneId", "zone-000000000001", "domain", "www.example.com"),
        List.of(),
        null,
        null);
  }

  private static Application planned() {
    return application("www.example.com", Map.of("zoneId", "zone-000000000001"));
  }

  private static Application application(String domain, Map<String, String> plan) {
    Application bare = TencentTesting.application(ValidationMethod.DNS, Map.of());
    return new Application(
        DomainName.parse(domain), bare.terms(), plan, null, List.of(), null, null);
  }

  @Override
  protected Map<String, String> explained(Capture capture) {
    Map<String, String> explained = new HashMap<>(common());
    if (operation(capture).equals("DescribeZones")) {
      explained.put("body /Offset: none, ours 0", "the default, said");
      explained.put("body /Limit: none, ours 100", "pages are larger");
    }
    if (operation(capture).equals("DescribeAccelerationDomains")) {
      explained.put("body /Offset: none, ours 0", "the default, said");
      explained.put("body /Limit: none, ours 200", "pages are larger");
    }
    return explained;
  }
}
