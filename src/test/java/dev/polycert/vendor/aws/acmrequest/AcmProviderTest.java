package dev.polycert.vendor.aws.acmrequest;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliveries;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.provider.SandboxControl;
import dev.polycert.provider.Validation;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.aws.AcmEmulator;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.aws.AwsTesting;
import dev.polycert.vendor.aws.acm.AcmDeliverers;
import dev.polycert.whole.secrecy.Canaries;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole applications at the emulated ACM, which verifies signatures and validations by itself. */
class AcmProviderTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(
          Map.of(
              "AWS_ACCESS_KEY_ID", Canaries.of("AWS_ACCESS_KEY_ID"),
              "AWS_SECRET_ACCESS_KEY", Canaries.of("AWS_SECRET_ACCESS_KEY"),
              "AWS_SESSION_TOKEN", Canaries.of("AWS_SESSION_TOKEN"),
              "polycert.sandbox.limits", "false"),
          AcmEmulator::new);

  private static final String DOMAIN = "www.example.com";
  private static final String ARN =
      "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

  @RegisterExtension final Resources resources = new Resources();
  private AcmProvider provider;
  private SandboxControl sandbox;

  @BeforeEach
  void connect() {
    sandbox = new SandboxControl(SANDBOX.uri("/"));
    provider = provider("eu-central-1", Clock.systemUTC());
  }

  private AcmProvider provider(String region, Clock clock) {
    SmallRyeConfig config = HttpTesting.config(Map.of("AWS_ACM_REGION", region));
    return new AcmProvider(
        AwsTesting.directServices(SANDBOX.uri("/"), resources.vertx()),
        config.getConfigMapping(ProviderConfig.class),
        config,
        clock,
        new Random(1));
  }

  private static Application of(Applications applications) {
    return applications.application().of("ord_1");
  }

  private static Applications bare() {
    return Applications.forDomain(DOMAIN);
  }

  private Applications planned(Applications bare) {
    return bare.plan(
        await(Preparation.Ready.class, provider.prepare(of(bare), context())).plan().settings());
  }

  private Application placed(Applications bare) {
    Applications planned = planned(bare);
    Progress placed = value(provider.place(of(planned), context()));
    return of(planned.reference(placed.reference()));
  }

  /** What to publish, which ACM shows at the second look. */
  private List<Validation> shown(Application placed) {
    value(provider.look(placed, context()));
    return value(provider.look(placed, context())).validations();
  }

  private Progress issued(Application placed) {
    sandbox.publish(shown(placed));
    return value(provider.check(placed, context()));
  }

  private VendorError refused(Uni<? extends Answer<?>> step) {
    return await(Failure.Refused.class, step).error();
  }

  private Application with(Application placed, Progress shown) {
    return new Application(
            placed.domain(),
            placed.terms(),
            placed.plan(),
            placed.reference(),
            shown.validations(),
            Instant.now(),
            placed.renewalOf())
        .of(placed.order());
  }

  @ParameterizedTest
  @ValueSource(strings = {DOMAIN, "*.example.com", "a.b.example.co.uk", "xn--mnchen-3ya.example"})
  void fromTheApplicationToTheCertificate(String domain) {
    Application placed = placed(Applications.forDomain(domain));

    Progress issued = issued(placed);

    assertThat(issued.phase()).isEqualTo(Phase.ISSUED);
    assertThat(issued.certificate().names()).containsExactly(domain);
    assertThat(issued.certificate().serialNumber()).matches("([0-9a-f]{2}:)+[0-9a-f]{2}");
    assertThat(issued.reference().id("certificateArn")).startsWith("arn:aws:acm:eu-central-1:");
  }

  /** ACM shows the record of a new certificate a moment later. */
  @Test
  void theRecordIsWaitedForWhileTheCertificateIsNew() {
    Application placed = placed(bare());
    Application young = with(placed, value(provider.place(placed, context())));

    Progress waiting = value(provider.check(young, context()));

    assertThat(waiting.phase()).isEqualTo(Phase.PENDING_VALIDATION);
    assertThat(waiting.until()).isAfter(Instant.now().plus(Duration.ofHours(71)));
    assertThat(waiting.validations())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.domain()).isEqualTo(DOMAIN);
              assertThat(it.recordName()).matches("_[0-9a-f]{32}[.]www[.]example[.]com");
              assertThat(it.recordType()).isEqualTo("CNAME");
              assertThat(it.recordValue()).endsWith(".acm-validations.aws");
            });
    sandbox.control("POST", "reset", Map.of());
    assertThat(refused(provider.check(with(young, waiting), context())).errorClass())
        .as("what is not shown yet")
        .isEqualTo(ErrorClass.RETRY);
    await(Failure.Absent.class, provider.check(placed, context()));
  }

  @Test
  void aNameAndItsWildcardHaveOneRecord() {
    Application placed =
        placed(
            Applications.forDomain("example.com")
                .option("alternativeNames", "*.example.com, shop.example.com"));

    assertThat(shown(placed))
        .extracting(Validation::domain)
        .containsExactly("example.com", "shop.example.com");
    assertThat(issued(placed).certificate().names())
        .containsExactly("example.com", "*.example.com", "shop.example.com");
  }

  // --- nothing is requested twice ---

  @Test
  void aRepeatedRequestMeansTheSameCertificate() {
    Applications planned = planned(bare());

    Reference first = value(provider.place(of(planned), context())).reference();

    assertThat(value(provider.place(of(planned), context())).reference()).isEqualTo(first);
    assertThat(sandbox.ledger("RequestCertificate")).isEqualTo(1);
    assertThat(value(provider.place(planned.application().of("ord_2"), context())).reference())
        .as("another order's")
        .isNotEqualTo(first);
  }

  @Test
  void aLostAnswerIsFoundByTheTagHoweverLateItIs() {
    Applications planned = planned(bare());
    Reference other =
        value(provider.place(planned.application().of("ord_2"), context())).reference();
    sandbox.loseAnswer("RequestCertificate");
    await(Failure.Unclear.class, provider.place(of(planned), context()));
    sandbox.control("POST", "clock", Map.of("advance", "PT2H"));

    Progress found = value(provider.find(of(planned), context()));

    assertThat(found.reference()).isNotEqualTo(other);
    assertThat(value(provider.look(of(planned.reference(found.reference())), context())).phase())
        .isNotEqualTo(Phase.UNKNOWN);
    assertThat(sandbox.ledger("RequestCertificate")).isEqualTo(2);
    await(Failure.Absent.class, provider.find(planned.application().of("ord_3"), context()));
  }

  @Test
  void whatIsThereAlreadyIsTakenUnlessAnotherOrderHasIt() {
    Application placed = placed(bare());
    Reference pending = placed.reference();
    assertThat(existing(bare()).reference()).isEqualTo(pending);
    issued(placed);

    Progress there = existing(bare());

    assertThat(there.reference()).isEqualTo(pending);
    assertThat(there.phase()).isEqualTo(Phase.ISSUED);
    await(Preparation.Ready.class, provider.prepare(of(bare()).beside(Set.of(pending)), context()));
    await(
        Preparation.Ready.class, provider.prepare(of(bare().key(KeyAlgorithm.EC_P256)), context()));
    await(
        Preparation.Ready.class,
        provider.prepare(of(bare().option("alternativeNames", "example.com")), context()));
    sandbox.control("POST", "clock", Map.of("advance", "PT3600H"));
    AcmProvider later = provider("eu-central-1", clock(Duration.ofDays(150)));
    await(Preparation.Ready.class, later.prepare(of(bare()), context()));
  }

  private Progress existing(Applications wanted) {
    return await(Preparation.Existing.class, provider.prepare(of(wanted), context())).progress();
  }

  private static Clock clock(Duration ahead) {
    return Clock.offset(Clock.systemUTC(), ahead);
  }

  // --- what a request asks for ---

  @ParameterizedTest
  @CsvSource({"RSA_2048", "EC_P256", "EC_P384"})
  void theKeyIsAsAskedFor(KeyAlgorithm algorithm) {
    assertThat(issued(placed(bare().key(algorithm))).certificate().keyAlgorithm())
        .isEqualTo(algorithm.name());
    assertThat(provider.offer().keyAlgorithms()).contains(algorithm).hasSize(3);
  }

  @Test
  void tooManyNamesAreAQuota() {
    String names =
        IntStream.range(0, 10).mapToObj(i -> "n" + i + ".example.com").collect(joining(","));

    VendorError refused =
        refused(provider.place(of(planned(bare().option("alternativeNames", names))), context()));

    assertThat(refused.errorClass()).isEqualTo(ErrorClass.QUOTA);
    assertThat(refused.code()).isEqualTo("LimitExceededException");
  }

  @ParameterizedTest
  @CsvSource({
    "region,           mars-north-1",
    "region,           aws-global",
    "exportable,       yes",
    "exportable,       true",
    "acceptFee,        true",
    "alternativeNames, not a name!",
    "certificateArn,   12345678",
    "certificateArn,   arn:aws:acm:mars-north-1:123456789012:certificate/1"
  })
  void whatMakesNoSenseIsRefusedByItsName(String option, String value) {
    VendorError refused = refused(provider.prepare(of(bare().option(option, value)), context()));

    assertThat(refused.errorClass()).isEqualTo(ErrorClass.FINAL);
    String named = option.equals("exportable") && value.equals("true") ? "acceptFee" : option;
    assertThat(refused.code()).isEqualTo("Option." + named);
    assertThat(refused.message()).startsWith(named + ": ");
  }

  @Test
  void aDeliveryNeedsAnExportableCertificate() {
    Applications bare = bare();
    Applications delivered =
        bare.terms(
            bare.application().terms().withDeliver(List.of(new DeliveryTarget("file", Map.of()))));

    assertThat(refused(provider.prepare(of(delivered), context())).message())
        .startsWith("exportable: must be true to deliver");
    await(Preparation.Ready.class, provider.prepare(of(paid(delivered)), context()));
  }

  private static Applications paid(Applications applications) {
    return applications.option("exportable", "true").option("acceptFee", "true");
  }

  @Test
  void aRegionOfItsOwnIsTheOrdersForGood() {
    Applications elsewhere = planned(bare().option("region", "us-east-1"));
    Progress placed = value(provider.place(of(elsewhere), context()));

    assertThat(placed.reference().id("certificateArn")).startsWith("arn:aws:acm:us-east-1:");
    AcmProvider moved = provider("ap-south-1", Clock.systemUTC());
    assertThat(value(moved.find(of(elsewhere), context())).reference())
        .isEqualTo(placed.reference());
    assertThat(value(moved.look(of(elsewhere.reference(placed.reference())), context())).phase())
        .isEqualTo(Phase.APPLYING);
  }

  @Test
  void withoutARegionItIsNotConfigured() {
    assertThat(provider("", Clock.systemUTC()).account().missing())
        .containsExactly("AWS_ACM_REGION");
    AcmProvider wrong = provider("mars-north-1", Clock.systemUTC());

    assertThat(wrong.account().missing()).containsExactly("AWS_ACM_REGION to an AWS region");
    assertThat(refused(wrong.list(null, context())).code()).isEqualTo("NotConfigured");
  }

  @Test
  void aCertificateOfSomebodyElseIsTakenOverByItsArn() {
    Application placed = placed(bare());
    String arn = placed.reference().id("certificateArn");

    assertThat(existing(bare().option("certificateArn", arn)).reference())
        .isEqualTo(placed.reference());
    assertThat(
            refused(
                    provider.prepare(
                        of(Applications.forDomain("else.com").option("certificateArn", arn)),
                        context()))
                .message())
        .contains(arn + " is not for else.com");
  }

  // --- keys ---

  @ParameterizedTest
  @CsvSource({"RSA_2048", "EC_P384"})
  void anExportableCertificateGivesItsKeyOut(KeyAlgorithm algorithm) throws CertificateException {
    Application placed = placed(paid(bare()).key(algorithm));
    issued(placed);

    CertificateBundle bundle = value(provider.export(placed, true, context()));

    assertThat(bundle.privateKey().reveal()).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(
            Pem.belongs(
                Pem.privateKey(bundle.privateKey().reveal()).orElseThrow(),
                Pem.certificate(bundle.certificate())))
        .isTrue();
    assertThat(bundle.chain()).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(value(provider.export(placed, false, context())).privateKey()).isNull();
  }

  @Test
  void anyOtherKeepsIt() {
    Application placed = placed(bare());
    issued(placed);

    assertThat(refused(provider.export(placed, true, context())).code())
        .isEqualTo("PrivateKey.NotGiven");
    assertThat(value(provider.export(placed, false, context())).certificate())
        .startsWith("-----BEGIN CERTIFICATE-----");
  }

  // --- ends ---

  @Test
  void aFailureHasItsReason() {
    Application placed = placed(bare());
    sandbox.control("POST", "aws-acm/fail", Map.of("domain", DOMAIN, "reason", "CAA_ERROR"));

    Progress failed = value(provider.check(placed, context()));

    assertThat(failed.phase()).isEqualTo(Phase.FAILED);
    assertThat(failed.vendorStatus()).isEqualTo("FAILED CAA_ERROR");
    assertThat(failed.message()).contains("CAA record", "amazontrust.com");
  }

  @Test
  void whatIsNotValidatedTimesOut() {
    Application placed = placed(bare());
    sandbox.control("POST", "clock", Map.of("advance", "PT73H"));

    assertThat(value(provider.check(placed, context())).phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void aRevokedOneIsRevoked() {
    Application placed = placed(bare());
    issued(placed);
    sandbox.control(
        "POST", "aws-acm/revoke", Map.of("arn", placed.reference().id("certificateArn")));

    assertThat(value(provider.check(placed, context())).phase()).isEqualTo(Phase.REVOKED);
  }

  @Test
  void whatIsPendingIsCancelledAndWhatIsIssuedIsNot() {
    Application pending = placed(bare());
    assertThat(value(provider.cancel(pending, context())).phase()).isEqualTo(Phase.CANCELLED);
    await(Failure.Absent.class, provider.cancel(pending, context()));

    Application placed = placed(bare());
    issued(placed);
    assertThat(value(provider.cancel(placed, context())).phase()).isEqualTo(Phase.ISSUED);
  }

  @Test
  void whatIsInUseIsNotDeleted() {
    Application placed = placed(bare());
    issued(placed);
    use(placed, "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/a/1");

    VendorError refused = refused(provider.delete(placed, context()));

    assertThat(refused.code()).isEqualTo("Certificate.InUse");
    assertThat(refused.message()).contains("loadbalancer/app/a/1");
    Application unused = placed(bare().key(KeyAlgorithm.EC_P256));
    issued(unused);
    await(Failure.Absent.class, provider.delete(unused, context()));
    await(Failure.Absent.class, provider.delete(unused, context()));
  }

  private void use(Application placed, String by) {
    sandbox.control(
        "POST", "aws-acm/use", Map.of("arn", placed.reference().id("certificateArn"), "by", by));
  }

  // --- renewals by ACM ---

  @Test
  void acmRenewsWhatIsInUseAndPolycertReportsIt() {
    Application placed = placed(bare());
    Progress first = issued(placed);
    use(placed, "arn:aws:elb:x");
    sandbox.control("POST", "clock", Map.of("advance", "PT3600H"));

    Progress renewed = value(provider.check(placed, context()));

    assertThat(renewed.reference()).isEqualTo(first.reference());
    assertThat(renewed.certificate().notAfter()).isAfter(first.certificate().notAfter());
    assertThat(renewed.message()).isEqualTo("renewed by ACM itself: SUCCESS");
  }

  @Test
  void aRenewalThatLacksItsRecordIsReportedAndNotRequestedAnew() {
    Application placed = placed(bare());
    Validation record = shown(placed).getFirst();
    issued(placed);
    use(placed, "arn:aws:elb:x");
    sandbox.control(
        "DELETE",
        "dns",
        Map.of("name", record.recordName(), "type", "CNAME", "value", record.recordValue()));
    sandbox.control("POST", "clock", Map.of("advance", "PT3600H"));
    AcmProvider later = provider("eu-central-1", clock(Duration.ofDays(150)));

    VendorError trouble = refused(later.check(placed, context()));
    VendorError refused =
        refused(later.prepare(of(bare().renewalOf(placed.reference())), context()));

    assertThat(trouble.errorClass()).isEqualTo(ErrorClass.NEEDS_USER);
    assertThat(trouble.code()).isEqualTo("Renewal.PENDING_VALIDATION");
    assertThat(trouble.message()).contains("publish _", ".www.example.com. CNAME _");
    assertThat(refused.code()).isEqualTo("Renewal.ByAcm");
    await(
        Preparation.Ready.class,
        later.prepare(
            of(bare().key(KeyAlgorithm.EC_P256).renewalOf(placed.reference())), context()));
  }

  @Test
  void whatNothingUsesIsAppliedForAnew() {
    Application placed = placed(bare());
    issued(placed);
    sandbox.control("POST", "clock", Map.of("advance", "PT3600H"));
    AcmProvider later = provider("eu-central-1", clock(Duration.ofDays(150)));

    await(
        Preparation.Ready.class,
        later.prepare(of(bare().renewalOf(placed.reference())), context()));
    await(
        Preparation.Ready.class,
        later.prepare(of(bare().renewalOf(Reference.of("certificateArn", ARN))), context()));
  }

  // --- the inventory ---

  /** By the deliverer, which imports. */
  private void imported(CertificateBundle bundle) {
    new Deliveries(
            AcmDeliverers.at(AwsTesting.directServices(SANDBOX.uri("/"), resources.vertx())),
            Map.of("region", "eu-central-1"))
        .delivered(bundle, null);
  }

  @Test
  void importsAreListedAsTheirOwners() {
    Application placed = placed(bare().key(KeyAlgorithm.EC_P256));
    issued(placed);
    imported(IssuedCertificates.issued("imported.example.com"));

    Inventory page = value(provider.list(null, context()));

    assertThat(page.items())
        .extracting(Inventory.Item::domain, Inventory.Item::uploaded, Inventory.Item::phase)
        .containsExactlyInAnyOrder(
            tuple(DOMAIN, false, Phase.ISSUED), tuple("imported.example.com", true, Phase.ISSUED));
    assertThat(page.items())
        .allSatisfy(item -> assertThat(item.facts().notAfter()).isAfter(Instant.now()));
    assertThat(page.next()).isNull();
    assertThat(refused(provider.list("no token", context())).errorClass())
        .isEqualTo(ErrorClass.FINAL);
  }
}
