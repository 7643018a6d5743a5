package dev.polycert.whole.judge;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.huaweicloud.sdk.cdn.v2.CdnClient;
import com.huaweicloud.sdk.cdn.v2.model.ConfigsGetBody;
import com.huaweicloud.sdk.waf.v1.WafClient;
import com.huaweicloud.sdk.waf.v1.model.ApplyCertificateToHostRequest;
import com.huaweicloud.sdk.waf.v1.model.ApplyCertificateToHostRequestBody;
import com.huaweicloud.sdk.waf.v1.model.CreateCertificateRequest;
import com.huaweicloud.sdk.waf.v1.model.CreateCertificateRequestBody;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Deliveries;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.huawei.cdn.HuaweiCdnDeliverer;
import dev.polycert.vendor.huawei.elb.HuaweiElbDeliverer;
import dev.polycert.vendor.huawei.waf.HuaweiWafDeliverer;
import dev.polycert.whole.e2e.UnhurriedProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What we deliver to ELB, CDN and WAF is in use there, once, whatever is lost or repeated; Huawei
 * Cloud's own SDKs see it at CDN and WAF.
 */
@QuarkusTest
@TestProfile(UnhurriedProfile.class)
class HuaweiProductsOutcomeTest extends OutcomeTests {
  private static final String WWW = "www.example.com";
  private static final String API = "api.example.com";
  private static final Map<String, String> REGION = Map.of("region", "cn-north-4");

  @Inject HuaweiElbDeliverer elb;
  @Inject HuaweiCdnDeliverer cdn;
  @Inject HuaweiWafDeliverer waf;

  private CdnClient cdnSdk;
  private WafClient wafSdk;

  @Override
  void connect() {
    cdnSdk = HuaweiProducts.cdn(sandbox.authority(), Capture.SECRET);
    wafSdk = HuaweiProducts.waf(sandbox.authority(), Capture.SECRET);
  }

  @BeforeEach
  void withoutLimits() {
    sandbox.control("PUT", "settings", "{\"limits\":false}");
  }

  private static Deliveries to(Deliverer deliverer, Map<String, String> options) {
    assertThat(deliverer.wrong(options)).isEmpty();
    return new Deliveries(deliverer, options);
  }

  private static Map<String, String> with(Map<String, String> options, String name, String value) {
    Map<String, String> more = new TreeMap<>(options);
    more.put(name, value);
    return more;
  }

  // --- ELB ---

  @Test
  void allListenersOfElbFollowARenewal() {
    Deliveries deliveries = to(elb, REGION);
    String id = deliveries.delivered(issued(WWW), null);
    listener("a", id);
    listener("b", id);
    CertificateBundle renewal = issued(WWW);

    assertThat(deliveries.delivered(renewal, id)).isEqualTo(id);

    JsonNode served = sandbox.control("GET", "huawei-elb/listeners", "{}");
    assertThat(served.path("a").asText()).isEqualToIgnoringNewLines(renewal.fullChain());
    assertThat(served.path("b").asText()).isEqualToIgnoringNewLines(renewal.fullChain());
    assertThat(deliveries.delivered(renewal, id)).as("is there").isEqualTo(id);
    assertThat(deliveries.intents()).containsExactly("CreateCertificate", "UpdateCertificate");
  }

  @Test
  void elbReplacesTheCertificateOfAnIdThatIsGiven() {
    String id = to(elb, REGION).delivered(issued(WWW), null);
    listener("a", id);
    Map<String, String> given = with(REGION, "certificateId", id);
    CertificateBundle other = issued(WWW);

    assertThat(to(elb, given).delivered(other, null)).isEqualTo(id);

    assertThat(sandbox.control("GET", "huawei-elb/listeners", "{}").path("a").asText())
        .isEqualToIgnoringNewLines(other.fullChain());
    String others = to(elb, REGION).delivered(issued(API), null);
    assertThat(to(elb, with(REGION, "certificateId", others)).refused(issued(WWW), null).code())
        .as("a typing error does not take another site down")
        .isEqualTo("Certificate.OtherNames");
    assertThat(
            to(elb, with(REGION, "certificateId", "0".repeat(32)))
                .refused(issued(WWW), null)
                .code())
        .isEqualTo("Certificate.NotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {API, "*.example.com"})
  void elbTakesNoNameOutOfACertificateThatIsValid(String other) {
    CertificateBundle both = issued(List.of(WWW, other));
    String id = to(elb, REGION).delivered(both, null);
    listener("a", id);
    Deliveries given = to(elb, with(REGION, "certificateId", id));

    VendorError error = given.refused(issued(WWW), null);

    assertThat(error.code()).isEqualTo("Certificate.OtherNames");
    assertThat(error.message()).contains(other);
    assertThat(sandbox.control("GET", "huawei-elb/listeners", "{}").path("a").asText())
        .isEqualToIgnoringNewLines(both.fullChain());
    CertificateBundle more = issued(List.of(WWW, other, "new.example.com"));
    assertThat(given.delivered(more, null)).isEqualTo(id);
    assertThat(given.delivered(issued(List.of(WWW, "*.example.com", "new.example.com")), null))
        .as("the asterisk stands for api")
        .isEqualTo(id);
  }

  @Test
  void elbKeepsWhatSomebodyElsePutInTheCertificatesPlace() {
    Deliveries deliveries = to(elb, REGION);
    String id = deliveries.delivered(issued(WWW), null);
    listener("a", id);
    CertificateBundle theirs = issued(WWW);
    to(elb, with(REGION, "certificateId", id)).delivered(theirs, null);

    assertThat(deliveries.refused(issued(WWW), id).code()).isEqualTo("Certificate.Replaced");

    assertThat(sandbox.control("GET", "huawei-elb/listeners", "{}").path("a").asText())
        .isEqualToIgnoringNewLines(theirs.fullChain());
  }

  @Test
  void elbMakesAnewWhatSomebodyDeleted() {
    assertThat(to(elb, REGION).delivered(issued(WWW), "0".repeat(32))).isNotBlank();
  }

  private void listener(String name, String certificate) {
    sandbox.control(
        "POST",
        "huawei-elb/listener",
        "{\"name\":\"%s\",\"certificate\":\"%s\"}".formatted(name, certificate));
  }

  // --- CDN ---

  @Test
  void cdnServesTheCertificateAndKeepsItsOtherSettings() {
    accelerated(WWW, "follow", "https", true);
    accelerated(API, "https", "", false);
    CertificateBundle bundle = wildcard();
    Deliveries deliveries = to(cdn, Map.of("domains", WWW + ", " + API));

    deliveries.delivered(bundle, null);

    assertServed(bundle, WWW, "follow", "on", "on");
    assertServed(bundle, API, "https", "off", "off");
    assertThat(deliveries.intents()).as("one call for each way of being configured").hasSize(2);
    CertificateBundle renewal = wildcard();
    deliveries.delivered(renewal, null);
    deliveries.delivered(renewal, null);
    assertServed(renewal, WWW, "follow", "on", "on");
    assertServed(renewal, API, "https", "off", "off");
    assertThat(deliveries.intents()).hasSize(4);
  }

  @Test
  void cdnTakesFiftyDomainsInOneCall() {
    List<String> names =
        IntStream.rangeClosed(1, 50).mapToObj(number -> "n" + number + ".example.com").toList();
    names.forEach(name -> accelerated(name, "http", "", true));
    Deliveries deliveries = to(cdn, Map.of("domains", String.join(",", names)));
    CertificateBundle bundle = wildcard();

    deliveries.delivered(bundle, null);

    assertThat(deliveries.intents()).containsExactly("UpdateDomainMultiCertificates");
    names.forEach(name -> assertServed(bundle, name, "http", "off", "on"));
    assertThat(cdn.wrong(Map.of("domains", String.join(",", names) + ",a.example.com")))
        .containsOnlyKeys("domains");
  }

  @Test
  void cdnGetsNoCertificateForOtherNames() {
    accelerated(API, "http", "", false);

    assertThat(to(cdn, Map.of("domains", API)).refused(issued(WWW), null).code())
        .isEqualTo("Certificate.OtherNames");
  }

  /** CDN sends its errors with the status 200. */
  @Test
  void anUnknownDomainOfCdnIsAFailedDelivery() {
    var error = to(cdn, Map.of("domains", WWW)).refused(issued(WWW), null);

    assertThat(error.code()).isEqualTo("CDN.0105");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
  }

  @Test
  void oneBadDomainOfCdnKeepsNoOtherFromTheCertificate() {
    accelerated(WWW, "follow", "https", true);
    accelerated(API, "http", "", false);
    Deliveries deliveries =
        to(cdn, Map.of("domains", "gone.example.com," + WWW + ",example.org," + API));
    CertificateBundle bundle = wildcard();

    VendorError error = deliveries.refused(bundle, null);

    assertServed(bundle, WWW, "follow", "on", "on");
    assertServed(bundle, API, "http", "off", "off");
    assertThat(error.code()).as("what may pass comes first").isEqualTo("CDN.0105");
    assertThat(error.message())
        .contains("gone.example.com", "example.org")
        .doesNotContain(WWW, API);
  }

  @Test
  void aDomainThatCdnHasLockedKeepsNoOtherFromTheCertificate() {
    List<String> names =
        IntStream.rangeClosed(1, 8).mapToObj(number -> "n" + number + ".example.com").toList();
    names.forEach(name -> accelerated(name, "http", "", true));
    sandbox.control("POST", "huawei-cdn/lock", "{\"name\":\"n5.example.com\"}");
    Deliveries deliveries = to(cdn, Map.of("domains", String.join(",", names)));
    CertificateBundle bundle = wildcard();

    VendorError error = deliveries.refused(bundle, null);

    names.stream()
        .filter(name -> !name.startsWith("n5"))
        .forEach(name -> assertServed(bundle, name, "http", "off", "on"));
    assertThat(error.code()).isEqualTo("CDN.0116");
    assertThat(error.message()).contains("n5.example.com").doesNotContain("n4.example.com");
    assertThat(deliveries.refused(bundle, null).code()).isEqualTo("CDN.0116");
    assertThat(deliveries.intents()).as("halves, and then the one alone").hasSize(8);
  }

  private static CertificateBundle wildcard() {
    return issued("*.example.com");
  }

  private void accelerated(String name, String origin, String redirect, boolean http2) {
    sandbox.control(
        "POST",
        "huawei-cdn/domain",
        "{\"name\":\"%s\",\"originProtocol\":\"%s\",\"redirect\":\"%s\",\"http2\":%s}"
            .formatted(name, origin, redirect, http2));
  }

  private void assertServed(
      CertificateBundle bundle, String name, String origin, String redirect, String http2) {
    ConfigsGetBody seen = HuaweiProducts.configs(cdnSdk, name);
    assertThat(seen.getHttps().getHttpsStatus()).isEqualTo("on");
    assertThat(seen.getHttps().getCertificateValue()).isEqualToIgnoringNewLines(bundle.fullChain());
    assertThat(seen.getOriginProtocol()).as(name).isEqualTo(origin);
    assertThat(seen.getForceRedirect().getStatus()).as(name).isEqualTo(redirect);
    assertThat(seen.getHttps().getHttp2Status()).as(name).isEqualTo(http2);
  }

  // --- WAF ---

  @Test
  void wafsDomainsUseTheRenewalAndTheOldCertificateIsGone() {
    String www = host(WWW, "cloud");
    String api = host(API, "premium");
    Deliveries deliveries = to(waf, with(with(REGION, "hosts", www), "premiumHosts", api));

    String first = deliveries.delivered(issued(WWW), null);

    assertThat(HuaweiProducts.hosts(wafSdk, first)).containsExactly(API, WWW);
    String renewal = deliveries.delivered(issued(WWW), first);
    assertThat(HuaweiProducts.hosts(wafSdk, renewal)).containsExactly(API, WWW);
    assertThat(HuaweiProducts.certificates(wafSdk)).containsExactly(renewal);
  }

  @Test
  void whateverUsesTheCertificateOfWafGetsItsRenewal() {
    String www = host(WWW, "cloud");
    Deliveries deliveries = to(waf, with(REGION, "hosts", www));
    String first = deliveries.delivered(issued(WWW), null);
    // In the console, somebody chooses it for another domain.
    String api = host(API, "premium");
    wafSdk.applyCertificateToHost(
        new ApplyCertificateToHostRequest()
            .withCertificateId(first)
            .withBody(new ApplyCertificateToHostRequestBody().withPremiumHostIds(List.of(api))));

    String renewal = deliveries.delivered(issued(WWW), first);

    assertThat(HuaweiProducts.hosts(wafSdk, renewal)).containsExactly(API, WWW);
  }

  @Test
  void wafKeepsACertificateThatIsNotOurs() {
    CertificateBundle own = issued(WWW);
    String theirs =
        wafSdk
            .createCertificate(
                new CreateCertificateRequest()
                    .withBody(
                        new CreateCertificateRequestBody()
                            .withName("by-hand")
                            .withContent(own.fullChain())
                            .withKey(own.privateKey().reveal())))
            .getId();

    String ours = to(waf, with(REGION, "hosts", host(WWW, "cloud"))).delivered(issued(WWW), theirs);

    assertThat(HuaweiProducts.certificates(wafSdk)).containsExactlyInAnyOrder(theirs, ours);
  }

  @Test
  void aDomainThatWafHasNoMoreKeepsNoOtherFromTheRenewal() {
    String www = host(WWW, "cloud");
    String gone = "0".repeat(32);
    Deliveries deliveries =
        to(
            waf,
            with(with(REGION, "hosts", gone + "," + www), "premiumHosts", host(API, "premium")));

    VendorError error = deliveries.refused(issued(WWW), null);

    assertThat(HuaweiProducts.hosts(wafSdk, HuaweiProducts.certificates(wafSdk).getFirst()))
        .containsExactly(API, WWW);
    assertThat(error.message()).contains(gone).doesNotContain(www);
  }

  private String host(String hostname, String type) {
    return sandbox
        .control(
            "POST",
            "huawei-waf/host",
            "{\"hostname\":\"%s\",\"type\":\"%s\"}".formatted(hostname, type))
        .path("id")
        .asText();
  }

  // --- ended at every request ---

  @ParameterizedTest
  @CsvSource({
    "ListCertificates, RESET_BEFORE",
    "ListCertificates, RESET_AFTER",
    "CreateCertificate, RESET_BEFORE",
    "CreateCertificate, RESET_AFTER",
    "UpdateCertificate, RESET_BEFORE",
    "UpdateCertificate, RESET_AFTER",
    "UpdateCertificate, MALFORMED"
  })
  void elbHasOneCertificateWhereverADeliveryEnds(String operation, String kind) {
    Deliveries deliveries = to(elb, REGION);
    CertificateBundle first = issued(WWW);
    CertificateBundle renewal = issued(WWW);
    fault(operation, kind);

    String id = finished(deliveries, first, null);
    listener("a", id);
    assertThat(finished(deliveries, renewal, id)).isEqualTo(id);

    assertThat(sandbox.control("GET", "huawei-elb/listeners", "{}").path("a").asText())
        .isEqualToIgnoringNewLines(renewal.fullChain());
    assertThat(done("CreateCertificate", operation, kind)).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "ShowDomainFullConfig, RESET_BEFORE",
    "UpdateDomainMultiCertificates, RESET_BEFORE",
    "UpdateDomainMultiCertificates, RESET_AFTER",
    "UpdateDomainMultiCertificates, MALFORMED"
  })
  void cdnServesTheCertificateWhereverADeliveryEnds(String operation, String kind) {
    accelerated(WWW, "follow", "https", true);
    accelerated(API, "https", "", true);
    CertificateBundle bundle = wildcard();
    fault(operation, kind);

    finished(to(cdn, Map.of("domains", WWW + "," + API)), bundle, null);

    assertServed(bundle, WWW, "follow", "on", "on");
    assertServed(bundle, API, "https", "off", "on");
    assertThat(done("UpdateDomainMultiCertificates", operation, kind)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "ListCertificates, RESET_BEFORE",
    "CreateCertificate, RESET_BEFORE",
    "CreateCertificate, RESET_AFTER",
    "ApplyCertificateToHost, RESET_BEFORE",
    "ApplyCertificateToHost, RESET_AFTER",
    "DeleteCertificate, RESET_BEFORE",
    "DeleteCertificate, RESET_AFTER",
    "DeleteCertificate, MALFORMED"
  })
  void wafHasOneCertificateWhereverADeliveryEnds(String operation, String kind) {
    Deliveries deliveries = to(waf, with(REGION, "hosts", host(WWW, "cloud")));
    CertificateBundle first = issued(WWW);
    CertificateBundle renewal = issued(WWW);
    fault(operation, kind);

    String old = finished(deliveries, first, null);
    String id = finished(deliveries, renewal, old);

    assertThat(HuaweiProducts.certificates(wafSdk)).containsExactly(id);
    assertThat(HuaweiProducts.hosts(wafSdk, id)).containsExactly(WWW);
  }

  /** A write whose answer is lost is unclear, and the next delivery finds out what came of it. */
  private static String finished(
      Deliveries deliveries, CertificateBundle bundle, @Nullable String earlier) {
    Answer<String> answer = deliveries.deliver(bundle, earlier);
    for (int i = 0; i < 3 && answer instanceof Answer.Failed<String>(Failure failure); i++) {
      assertThat(failure).isInstanceOf(Failure.Unclear.class);
      answer = deliveries.deliver(bundle, earlier);
    }
    return value(answer);
  }

  private void fault(String operation, String kind) {
    sandbox.control(
        "POST",
        "faults",
        "{\"operation\":\"%s\",\"kind\":\"%s\",\"times\":1}".formatted(operation, kind));
  }

  /** How often it took effect: a call that is cut off before that is counted as well. */
  private int done(String counted, String operation, String kind) {
    int calls = sandbox.control("GET", "calls", "").findPath(counted).asInt();
    return counted.equals(operation) && kind.equals("RESET_BEFORE") ? calls - 1 : calls;
  }

  // --- what is refused beforehand ---

  @Test
  void optionsAreCheckedBeforehand() {
    assertThat(elb.wrong(Map.of())).containsOnlyKeys("region");
    assertThat(elb.wrong(Map.of("region", "mars-1", "projectId", "p", "certificateId", "a/b")))
        .containsOnlyKeys("region", "projectId", "certificateId");
    assertThat(cdn.wrong(Map.of())).containsOnlyKeys("domains");
    assertThat(cdn.wrong(Map.of("domains", "a b"))).containsOnlyKeys("domains");
    assertThat(waf.wrong(REGION)).containsOnlyKeys("hosts");
    assertThat(waf.wrong(with(REGION, "premiumHosts", "x"))).containsOnlyKeys("premiumHosts");
    assertThat(new Deliveries(waf, REGION).refused(issued(WWW), null).code())
        .isEqualTo("Target.Invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreateCertificate", "UpdateDomainMultiCertificates"})
  void aRefusalIsReportedAsTheVendorSaysIt(String operation) {
    accelerated(WWW, "http", "", false);
    sandbox.control(
        "POST",
        "faults",
        ("{\"operation\":\"%s\",\"kind\":\"CODE\",\"status\":400,\"code\":\"X.1\",\"message\":\"no\","
             + "\"times\":1}")
            .formatted(operation));
    Deliveries deliveries =
        operation.startsWith("Create") ? to(elb, REGION) : to(cdn, Map.of("domains", WWW));

    assertThat(deliveries.refused(issued(WWW), null).code()).isEqualTo("X.1");
  }
}
