package dev.polycert.vendor.aws.acmrequest;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliveries;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.aws.AwsTesting;
import dev.polycert.vendor.aws.acm.AcmDeliverers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How certificates end, are renewed by ACM, and are listed. */
class AcmEndsTest extends AcmFixture {

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

  /** It has what a renewal has to ask for, but nobody has accepted the fee of another one. */
  @Test
  void anAdoptedExportableCertificateThatAcmRenewsNeedsNoFeeToBeAccepted() {
    Application placed = placed(paid(bare()));
    issued(placed);
    use(placed, "arn:aws:elb:x");
    AcmProvider later = provider("eu-central-1", clock(Duration.ofDays(150)));
    Applications adopted = bare().option("exportable", "true").renewalOf(placed.reference());

    assertThat(refused(later.prepare(of(adopted), context())).code()).isEqualTo("Renewal.ByAcm");
  }

  @Test
  void aRenewalOfAnExportableCertificateThatNothingUsesNeedsTheFeeToBeAccepted() {
    Application placed = placed(paid(bare()));
    issued(placed);
    AcmProvider later = provider("eu-central-1", clock(Duration.ofDays(150)));
    Applications adopted = bare().option("exportable", "true").renewalOf(placed.reference());

    assertThat(refused(later.prepare(of(adopted), context())).code()).isEqualTo("Option.acceptFee");
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

  @Test
  void whatIsListedSaysWhatARenewalHasToAskFor() {
    issued(placed(paid(bare()).option("alternativeNames", "shop.example.com")));

    assertThat(value(provider.list(null, context())).items())
        .extracting(Inventory.Item::options)
        .containsExactly(
            Map.of(
                "region", "eu-central-1",
                "alternativeNames", "shop.example.com",
                "exportable", "true"));
  }
}
