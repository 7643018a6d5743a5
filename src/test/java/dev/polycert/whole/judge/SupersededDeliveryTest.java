package dev.polycert.whole.judge;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Stage;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Delivery;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.Pem;
import dev.polycert.sandbox.World.KeyKind;
import dev.polycert.testing.Resources;
import dev.polycert.whole.e2e.UnhurriedProfile;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmAsyncClient;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;

/**
 * The answer to a first delivery is lost, and a newer certificate comes before the next try. No
 * order knows the target's name of the first certificate, so that nothing may be left of it once
 * the newer one, and a renewal of that, are there.
 */
@QuarkusTest
@TestProfile(UnhurriedProfile.class)
class SupersededDeliveryTest extends OutcomeTests {
  private static final String DOMAIN = AlibabaTargets.DOMAIN;
  private static final String WILDCARD = "*.example.com";

  /** A renewal is one more certificate there, and those before stay. */
  private static final Set<String> KEEP_ALL = Set.of("tencent-ssl", "huawei-scm");

  /** They have one thing of a given name, and their own tests play lost answers. */
  private static final Set<String> OF_ONE_NAME =
      Set.of("file", "ssh", "kubernetes", "aws-secrets-manager");

  /** It keeps nothing, and its own test plays lost answers. */
  private static final Set<String> MESSAGES = Set.of("webhook");

  @RegisterExtension final Resources resources = new Resources();

  @Inject @All List<Deliverer> deliverers;

  @Override
  void connect() {
    // Each target is made anew for each lost answer.
  }

  /** A target in a sandbox that has been reset. */
  private record Made(
      String id, String domain, Map<String, String> options, Callable<List<String>> there) {}

  /** Prepares a target. */
  private interface Preparation {
    Made made(SupersededDeliveryTest test);
  }

  /**
   * One of each deliverer whose vendor is emulated. What is there is told by the places of the
   * certificates, where no certificate stays.
   */
  enum Target {
    ACM(SupersededDeliveryTest::acm),
    ESA(SupersededDeliveryTest::esa),
    EDGE_ONE(SupersededDeliveryTest::edgeOne),
    ELB(SupersededDeliveryTest::elb),
    WAF(SupersededDeliveryTest::waf),
    HUAWEI_CDN(SupersededDeliveryTest::huaweiCdn),
    CAS(test -> test.alibaba(AlibabaTargets.Target.CAS)),
    ALIBABA_CDN(test -> test.alibaba(AlibabaTargets.Target.CDN)),
    DCDN(test -> test.alibaba(AlibabaTargets.Target.DCDN)),
    CLB(test -> test.alibaba(AlibabaTargets.Target.CLB)),
    ALB(test -> test.alibaba(AlibabaTargets.Target.ALB)),
    OSS(test -> test.alibaba(AlibabaTargets.Target.OSS));

    private final Preparation preparation;

    Target(Preparation preparation) {
      this.preparation = preparation;
    }
  }

  private Made acm() {
    AcmAsyncClient sdk =
        resources.add(
            AcmAsyncClient.builder()
                .endpointOverride(URI.create("http://" + sandbox.authority()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Capture.KEY_ID, Capture.SECRET)))
                .build());
    return new Made(
        "aws-acm",
        DOMAIN,
        Map.of("region", "us-east-1"),
        () ->
            sdk
                .listCertificates(
                    request -> request.includes(keys -> keys.keyTypes(KeyAlgorithm.EC_PRIME256_V1)))
                .join()
                .certificateSummaryList()
                .stream()
                .map(CertificateSummary::certificateArn)
                .toList());
  }

  private Made esa() {
    EsaCustomer customer =
        new EsaCustomer(sandbox, new EsaSdk(sandbox.authority(), Capture.SECRET));
    long site = customer.site("NS", true);
    return new Made(
        "alibaba-esa",
        DOMAIN,
        Map.of("siteId", String.valueOf(site)),
        () ->
            customer
                .sdk()
                .call("ListCertificates", Map.of("SiteId", site))
                .path("Result")
                .valueStream()
                .map(one -> one.path("Id").asText())
                .toList());
  }

  private Made edgeOne() {
    EdgeOneCustomer customer =
        new EdgeOneCustomer(sandbox, TencentSdk.edgeOne(sandbox.authority(), TencentSdk.keys()));
    String zone = customer.zone();
    return new Made(
        "tencent-edgeone",
        DOMAIN,
        Map.of("zoneId", zone),
        () ->
            Arrays.stream(customer.host(zone, DOMAIN).getCertificate().getList())
                .map(one -> one.getCertId())
                .toList());
  }

  private Made elb() {
    return new Made(
        "huawei-elb",
        DOMAIN,
        Map.of("region", "cn-north-4"),
        () ->
            sandbox
                .control("GET", "huawei-elb/certificates", "")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList());
  }

  private Made waf() {
    String host =
        sandbox
            .control(
                "POST",
                "huawei-waf/host",
                "{\"hostname\":\"%s\",\"type\":\"cloud\"}".formatted(DOMAIN))
            .path("id")
            .asText();
    return new Made(
        "huawei-waf",
        DOMAIN,
        Map.of("region", "cn-north-4", "hosts", host),
        () -> HuaweiProducts.certificates(HuaweiProducts.waf(sandbox.authority(), Capture.SECRET)));
  }

  private Made huaweiCdn() {
    sandbox.control(
        "POST",
        "huawei-cdn/domain",
        "{\"name\":\"%s\",\"originProtocol\":\"http\",\"redirect\":\"\",\"http2\":true}"
            .formatted(DOMAIN));
    return new Made(
        "huawei-cdn",
        DOMAIN,
        Map.of("domains", DOMAIN),
        () ->
            List.of(
                HuaweiProducts.configs(
                        HuaweiProducts.cdn(sandbox.authority(), Capture.SECRET), DOMAIN)
                    .getHttps()
                    .getCertificateName()));
  }

  private Made alibaba(AlibabaTargets.Target target) {
    AlibabaTargets targets =
        new AlibabaTargets(
            new EsaSdk(sandbox.authority(), Capture.SECRET, "2020-04-07"),
            new EsaSdk(sandbox.authority(), Capture.SECRET, "2014-05-15"));
    return new Made(
        target.id,
        target == AlibabaTargets.Target.DCDN ? WILDCARD : DOMAIN,
        target.options,
        () -> targets.served(target));
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void nothingStaysOfTheCertificateWhoseAnswerWasLost(Target target) throws Exception {
    Line first = new Line(made(target));
    first.delivered(issued(first.made.domain()));
    assertThat(first.writes).isNotEmpty();

    for (String operation : first.writes) {
      Made made = made(target);
      Line line = new Line(made);
      sandbox.control(
          "POST",
          "faults",
          "{\"operation\":\"%s\",\"kind\":\"RESET_AFTER\",\"times\":1}".formatted(operation));
      line.next(issued(made.domain()));
      Answer<Stage> lost = line.step();
      sandbox.control("DELETE", "faults", "");

      String newer = line.delivered(issued(made.domain()));

      assertThat(made.there().call()).as(operation + " " + lost).containsExactly(newer);
      String renewal = line.delivered(issued(made.domain()));
      assertThat(made.there().call()).as(operation + ", renewed").containsExactly(renewal);
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void nothingStaysOfARenewalWhoseAnswerWasLost(Target target) throws Exception {
    for (String operation : writesOfARenewal(target)) {
      Made made = made(target);
      Line line = new Line(made);
      line.delivered(issued(made.domain()));
      sandbox.control(
          "POST",
          "faults",
          "{\"operation\":\"%s\",\"kind\":\"RESET_AFTER\",\"times\":1}".formatted(operation));
      line.next(issued(made.domain()));
      Answer<Stage> lost = line.step();
      sandbox.control("DELETE", "faults", "");

      assertNewerAlone(line, operation + " " + lost);
    }
  }

  /** What its last step would have recorded is lost. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void nothingStaysOfADeliveryThatDied(Target target) throws Exception {
    for (boolean renewal : new boolean[] {false, true}) {
      for (KeyKind kind : List.of(KeyKind.EC_P256, KeyKind.RSA_2048)) {
        for (int steps = 1; steps <= 2; steps++) {
          Made made = made(target);
          Line line = new Line(made);
          if (renewal) {
            line.delivered(issued(made.domain()));
          }
          line.next(issued(made.domain(), target == Target.ACM ? KeyKind.EC_P256 : kind));
          for (int step = 1; step < steps; step++) {
            line.step();
          }
          line.dyingStep();

          assertNewerAlone(line, "died, renewal " + renewal + ", " + kind + ", " + steps);
        }
      }
    }
  }

  private Set<String> writesOfARenewal(Target target) {
    Line first = new Line(made(target));
    first.delivered(issued(first.made.domain()));
    first.writes.clear();
    first.delivered(issued(first.made.domain()));
    assertThat(first.writes).isNotEmpty();
    return first.writes;
  }

  private static void assertNewerAlone(Line line, String as) throws Exception {
    String newer = line.delivered(issued(line.made.domain()));
    assertThat(line.made.there().call()).as(as).contains(newer);
    String renewal = line.delivered(issued(line.made.domain()));
    assertThat(line.made.there().call()).as(as + ", renewed").containsExactly(renewal);
  }

  private Made made(Target target) {
    sandbox.reset();
    sandbox.control("PUT", "settings", "{\"limits\":false}");
    return target.preparation.made(this);
  }

  @Test
  void anImportOfAnotherKindOfKeyIsLeftAndTheNewCertificateImported() throws Exception {
    Made made = made(Target.ACM);
    Line line = new Line(made);
    sandbox.control(
        "POST",
        "faults",
        "{\"operation\":\"ImportCertificate\",\"kind\":\"RESET_AFTER\",\"times\":1}");
    line.next(issued(made.domain(), KeyKind.RSA_2048));
    line.step();

    assertThat(made.there().call()).doesNotContain(line.delivered(issued(made.domain())));
  }

  @Test
  void eachDelivererIsAmongThese() {
    Set<String> here =
        Stream.concat(Stream.of(KEEP_ALL, OF_ONE_NAME, MESSAGES).flatMap(Set::stream), played())
            .collect(Collectors.toSet());

    assertThat(deliverers).extracting(Deliverer::id).containsExactlyInAnyOrderElementsOf(here);
  }

  /** OpenSSL's own form is what the pages of the three vendors show. */
  @Test
  void eachTargetGetsTheKeyInTheFormThatItsPageShows() {
    assertThat(deliverers)
        .allSatisfy(
            deliverer ->
                assertThat(deliverer.keyForm())
                    .as(deliverer.id())
                    .isEqualTo(
                        switch (deliverer.id().split("-")[0]) {
                          case "alibaba" -> KeyForm.TRADITIONAL_WITH_PARAMETERS;
                          case "huawei", "tencent" -> KeyForm.TRADITIONAL;
                          default -> KeyForm.AS_GIVEN;
                        }));
  }

  private Stream<String> played() {
    return Arrays.stream(Target.values()).map(target -> made(target).id());
  }

  /** The deliveries of an order and its renewals to one target, recorded as orders record them. */
  private final class Line {
    private final Made made;
    private final Deliverer deliverer;
    private final Set<String> writes = new LinkedHashSet<>();
    private Delivery delivery;
    private CertificateBundle certificate;

    Line(Made made) {
      this.made = made;
      deliverer =
          deliverers.stream().filter(one -> one.id().equals(made.id())).findFirst().orElseThrow();
      assertThat(deliverer.wrong(made.options())).isEmpty();
      delivery =
          Delivery.waiting(
              new DeliveryTarget(made.id(), made.options()), null, Instant.now().minusSeconds(60));
    }

    /** Goes on with a newer certificate, whatever has come of the one before. */
    void next(CertificateBundle issued) {
      certificate =
          new CertificateBundle(
              issued.certificate(),
              issued.chain(),
              deliverer.keyForm().of(Objects.requireNonNull(issued.privateKey())));
      delivery = delivery.anew(Instant.now()).sending(fingerprint());
    }

    private String fingerprint() {
      return Pem.fingerprint(certificate.certificate()).orElseThrow();
    }

    Answer<Stage> step() {
      Consignment consignment =
          new Consignment(
              DomainName.parse(made.domain()),
              certificate,
              made.options(),
              Consignment.Source.NONE,
              delivery.place(),
              delivery.fingerprint(),
              delivery.sent(),
              delivery.stepBefore(),
              delivery.unfinished());
      Answer<Stage> answer =
          deliverer.advance(consignment, context()).await().atMost(Duration.ofSeconds(30));
      Instant now = Instant.now();
      delivery =
          switch (answer) {
            case Answer.Success<Stage>(Stage.Done(String place), _) ->
                delivery.delivered(place, fingerprint(), now);
            case Answer.Success<Stage>(Stage.UnderWay(var state, _), _) ->
                delivery.underWay(state, now, now);
            case Answer.Failed<Stage>(Failure failure) -> delivery.failed(failure.error(), now);
          };
      return answer;
    }

    void dyingStep() {
      Delivery before = delivery;
      step();
      delivery = before;
    }

    private WriteContext context() {
      return new WriteContext(
          Instant.now().plusSeconds(25),
          new Object(),
          operation -> Uni.createFrom().voidItem().invoke(() -> writes.add(operation)));
    }

    String delivered(CertificateBundle issued) {
      next(issued);
      Answer<Stage> answer = step();
      for (int i = 0; i < 5 && delivery.state() != Delivery.State.DELIVERED; i++) {
        answer = step();
      }
      assertThat(delivery.state()).as("%s", answer).isEqualTo(Delivery.State.DELIVERED);
      return Objects.requireNonNull(delivery.place());
    }
  }
}
