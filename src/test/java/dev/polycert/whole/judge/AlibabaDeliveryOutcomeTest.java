package dev.polycert.whole.judge;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.whole.e2e.UnhurriedProfile;
import dev.polycert.whole.judge.AlibabaTargets.Target;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What we deliver to products of Alibaba Cloud is what the vendor's own SDK then sees there. */
@QuarkusTest
@TestProfile(UnhurriedProfile.class)
class AlibabaDeliveryOutcomeTest extends OutcomeTests {
  private static final String DOMAIN = AlibabaTargets.DOMAIN;

  @Inject @All List<Deliverer> deliverers;

  private EsaSdk cas;
  private EsaSdk clb;
  private AlibabaTargets targets;

  @Override
  void connect() {
    reset();
    cas = new EsaSdk(sandbox.authority(), Capture.SECRET, "2020-04-07");
    clb = new EsaSdk(sandbox.authority(), Capture.SECRET, "2014-05-15");
    targets = new AlibabaTargets(cas, clb);
  }

  /** Without limits, because the SDK looks more often than people do. */
  private void reset() {
    sandbox.reset();
    sandbox.control("PUT", "settings", "{\"limits\":false}");
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void theTargetServesTheCertificateAndThenItsRenewalAlone(Target target) throws Exception {
    CertificateBundle first = issued(DOMAIN);
    String one = delivered(target, first, null);
    assertThat(targets.served(target)).containsExactly(one);
    assertThat(targets.uploads(target)).containsExactly(one);

    assertThat(delivered(target, first, null)).as("once").isEqualTo(one);
    assertThat(targets.served(target)).containsExactly(one);
    assertThat(targets.uploads(target)).containsExactly(one);

    String two = delivered(target, issued(DOMAIN), one);
    assertThat(targets.served(target)).containsExactly(two);
    assertThat(targets.uploads(target)).as("for other targets").containsExactly(one, two);

    sandbox.advance(Duration.ofDays(100));
    String three = delivered(target, issued(DOMAIN), two);
    assertThat(targets.served(target)).contains(three);
    assertThat(targets.uploads(target))
        .as("what nothing uses")
        .containsExactlyInAnyOrder(two, three);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void whateverRequestOfARenewalIsLostItIsDoneOnceByTheNextTry(Target target) throws Exception {
    CertificateBundle first = issued(DOMAIN);
    CertificateBundle second = issued(DOMAIN);
    CertificateBundle third = issued(DOMAIN);
    String earlier = delivered(target, second, delivered(target, first, null));
    delivered(target, third, earlier);
    List<String> operations = operations();
    assertThat(operations).hasSizeGreaterThan(2);

    for (String operation : operations) {
      for (String kind : List.of("RESET_BEFORE", "RESET_AFTER")) {
        reset();
        String one = delivered(target, first, null);
        String two = delivered(target, second, one);
        sandbox.control(
            "POST",
            "faults",
            "{\"operation\":\"%s\",\"kind\":\"%s\",\"times\":4}".formatted(operation, kind));
        Answer<String> tried = deliver(target, third, two);
        sandbox.control("DELETE", "faults", "");

        String three = delivered(target, third, two);

        String as = operation + " " + kind + " " + tried;
        assertThat(targets.served(target)).as(as).containsExactly(three);
        assertThat(targets.uploads(target)).as(as).containsExactlyInAnyOrder(two, three);
      }
    }
  }

  /** The counts are by vendor and operation. */
  private static Stream<String> names(Map.Entry<String, JsonNode> count) {
    return count.getValue().isObject()
        ? count.getValue().propertyStream().map(Map.Entry::getKey)
        : Stream.of(count.getKey());
  }

  /** All that was called since the last reset. */
  private List<String> operations() {
    return sandbox
        .control("GET", "calls", "")
        .valueStream()
        .flatMap(JsonNode::propertyStream)
        .flatMap(AlibabaDeliveryOutcomeTest::names)
        .distinct()
        .toList();
  }

  /** Two certificates of one line are there, and a third one comes. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void whatOthersUploadedOrUseStays(Target target) throws Exception {
    String foreign = upload(target, "mine", issued(DOMAIN));
    String one = delivered(target, issued(DOMAIN), null);
    use(target, one);
    String two = delivered(target, issued(DOMAIN), one);
    String other = delivered(target, issued("other.example.com"), null);
    delivered(target, issued(DOMAIN), other);
    String three = delivered(target, issued(DOMAIN), two);

    assertThat(targets.uploads(target)).contains(foreign, one, two, three, other);
  }

  private String upload(Target target, String name, CertificateBundle certificate)
      throws Exception {
    String key = certificate.privateKey().reveal();
    return target.isClb()
        ? clb.call(
                "UploadServerCertificate",
                Map.of(
                    "RegionId",
                    "cn-beijing",
                    "ServerCertificateName",
                    name,
                    "ServerCertificate",
                    certificate.fullChain(),
                    "PrivateKey",
                    key))
            .path("ServerCertificateId")
            .asText()
        : cas.call(
                    "UploadUserCertificate",
                    Map.of("Name", name, "Cert", certificate.fullChain(), "Key", key))
                .path("CertId")
                .asText()
            + "-cn-hangzhou";
  }

  /** Somebody else uses it for something. */
  private void use(Target target, String id) throws Exception {
    if (target.isClb()) {
      clb.call(
          "SetLoadBalancerHTTPSListenerAttribute",
          Map.of(
              "RegionId", "cn-beijing",
              "LoadBalancerId", "lb-2",
              "ListenerPort", "8443",
              "ServerCertificateId", id));
    } else {
      new EsaSdk(sandbox.authority(), Capture.SECRET, "2018-05-10")
          .call(
              "SetCdnDomainSSLCertificate",
              Map.of(
                  "DomainName", "elsewhere.example.com",
                  "CertType", "cas",
                  "CertId", id.replaceFirst("-.*", ""),
                  "CertRegion", "cn-hangzhou",
                  "SSLProtocol", "on"));
    }
  }

  @Test
  void aCertificateThatIsThereAlreadyIsUsed() throws Exception {
    CertificateBundle export = issued(DOMAIN);
    String foreign = upload(Target.CAS, "mine", export);

    assertThat(delivered(Target.CDN, export, null)).isEqualTo(foreign);
    assertThat(delivered(Target.ALB, export, null)).isEqualTo(foreign);
    assertThat(targets.uploads(Target.CAS)).containsExactly(foreign);
  }

  @ParameterizedTest
  @CsvSource({
    "alibaba-cas, {}, ",
    "alibaba-cdn, {}, domainName",
    "alibaba-cdn, domainName=*.example.com, domainName",
    "alibaba-dcdn, domainName=.example.com, ",
    "alibaba-alb, region=cn-beijing;listenerId=lb-1, listenerId",
    "alibaba-alb, region=../x;listenerId=lsn-1, region",
    "alibaba-clb, region=cn-beijing;loadBalancerId=lb-1;port=0, port",
    "alibaba-clb, region=cn-beijing;loadBalancerId=lb-1;port=65536, port",
    "alibaba-clb, region=cn-beijing;loadBalancerId=lb-1;port=65535, ",
    "alibaba-oss, region=cn-beijing;bucket=a.b;domainName=www.example.com, bucket",
    "alibaba-oss, region=evil.example;bucket=abc;domainName=www.example.com, region"
  })
  void optionsAreCheckedBeforehand(String id, String options, @Nullable String wrong) {
    Map<String, String> given = new HashMap<>();
    for (String option : options.equals("{}") ? new String[0] : options.split(";")) {
      given.put(option.split("=")[0], option.split("=")[1]);
    }

    assertThat(deliverer(id).wrong(given).keySet())
        .isEqualTo(wrong == null ? Set.of() : Set.of(wrong));
  }

  @Test
  void whatTheVendorRefusesIsReported() {
    sandbox.control("PUT", "settings", "{\"domains\":[\"example.net\"]}");
    CertificateBundle export = issued(DOMAIN);

    assertThat(refusal(deliver(Target.CDN, export, null)).code())
        .isEqualTo("InvalidDomain.NotFound");
    assertThat(refusal(deliver(Target.OSS, export, null)).errorClass())
        .isEqualTo(ErrorClass.NEEDS_USER);
    assertThat(
            refusal(
                    deliver(
                        "alibaba-clb",
                        Map.of("region", "cn-beijing", "loadBalancerId", "lb-1", "port", "80"),
                        export,
                        null))
                .code())
        .isEqualTo("ListenerNotFound");
    assertThat(
            refusal(
                    deliver(
                        "alibaba-alb",
                        Map.of("region", "cn-beijing", "listenerId", "lsn-none"),
                        export,
                        null))
                .code())
        .isEqualTo("ResourceNotFound.Listener");
  }

  @Test
  void theSdkIsRefusedWhatTheVendorRefuses() throws Exception {
    CertificateBundle export = issued(DOMAIN);
    upload(Target.CAS, "mine", export);
    assertThat(EsaSdk.refusal(() -> upload(Target.CAS, "mine", issued(DOMAIN))).getCode())
        .isEqualTo("NameRepeat");
    assertThat(EsaSdk.refusal(() -> upload(Target.CAS, "x".repeat(65), export)).getCode())
        .isEqualTo("InvalidName");
    assertThat(
            EsaSdk.refusal(() -> cas.call("DeleteUserCertificate", Map.of("CertId", 1))).getCode())
        .isEqualTo("NotFound");
    String one = upload(Target.CLB, "mine", export);
    use(Target.CLB, one);
    assertThat(
            EsaSdk.refusal(
                    () ->
                        clb.call(
                            "DeleteServerCertificate",
                            Map.of("RegionId", "cn-beijing", "ServerCertificateId", one)))
                .getCode())
        .isEqualTo("CertificateAndPrivateKeyIsRefered");
    assertThat(
            EsaSdk.refusal(
                    () ->
                        new EsaSdk(sandbox.authority(), "not-the-secret", "2020-06-16")
                            .call("ListListenerCertificates", Map.of("ListenerId", "lsn-1")))
                .getCode())
        .isEqualTo("SignatureDoesNotMatch");
  }

  private Deliverer deliverer(String id) {
    return deliverers.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private String delivered(Target target, CertificateBundle export, @Nullable String earlier) {
    return value(deliver(target, export, earlier));
  }

  private Answer<String> deliver(
      Target target, CertificateBundle export, @Nullable String earlier) {
    return deliver(target.id, target.options, export, earlier);
  }

  private Answer<String> deliver(
      String id, Map<String, String> options, CertificateBundle export, @Nullable String earlier) {
    Deliverer deliverer = deliverer(id);
    assertThat(deliverer.wrong(options)).isEmpty();
    CertificateBundle sent =
        new CertificateBundle(
            export.certificate(), export.chain(), deliverer.keyForm().of(export.privateKey()));
    return deliverer
        .deliver(DomainName.parse(DOMAIN), sent, options, earlier, Awaiting.context())
        .await()
        .atMost(Duration.ofSeconds(30));
  }
}
