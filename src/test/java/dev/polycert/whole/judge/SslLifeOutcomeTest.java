package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.CancelAuditCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.CancelCertificateOrderRequest;
import com.tencentcloudapi.ssl.v20191205.models.Certificates;
import com.tencentcloudapi.ssl.v20191205.models.CheckCertificateDomainVerificationRequest;
import com.tencentcloudapi.ssl.v20191205.models.CommitCertificateInformationRequest;
import com.tencentcloudapi.ssl.v20191205.models.CompleteCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DeleteCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateDetailRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateDetailResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificatesRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeDeleteCertificatesTaskResultRequest;
import com.tencentcloudapi.ssl.v20191205.models.RevokeCertificateRequest;
import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.tencent.ssl.TencentSslProvider;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes after the application at Tencent Cloud SSL, by its SDK and by us. */
@QuarkusTest
class SslLifeOutcomeTest extends OutcomeTests {
  private static final Person PERSON =
      new Person(null, "A", "B", "10000000000", "admin@example.com", "dev");
  private static final Information INFORMATION =
      new Information(
          new Organization(
              "Example", "IT", "CN", "广东省", "深圳市", "南山区示例路1号", null, "0755", "00000000"),
          PERSON,
          PERSON,
          null,
          null);

  @Inject TencentSslProvider provider;

  private SslClient sdk;
  private SslCustomer customer;
  private Steps steps;

  @Override
  void connect() {
    sdk = TencentSdk.ssl(sandbox.authority(), TencentSdk.keys());
    customer = new SslCustomer(sandbox, sdk);
    steps = new Steps(provider);
  }

  private static Application ours() {
    return Steps.application("ours.example.com", Map.of());
  }

  private static String id(Application application) {
    return application.requireReference().id("certificateId");
  }

  private static Application named(String id) {
    return Steps.with(ours(), Reference.of("certificateId", id));
  }

  private long status(String id) throws Exception {
    return customer.describe(id).getStatus();
  }

  @Test
  void asksTheVendorToLookAndTheCaToValidate() throws Exception {
    sandbox.control("PUT", "settings", "{\"issueDelay\":\"PT1H\"}");
    String theirs = customer.applied("theirs.example.com");
    Application ours = steps.applied(ours());
    assertThat(look(theirs)).isEqualTo(look(id(ours))).isEqualTo(-1);
    assertThat(standing(steps.check(ours), Phase.PENDING_VALIDATION).message())
        .contains("is missing");

    customer.publish(customer.describe(theirs));
    sandbox.publish(ours.validations());
    assertThat(look(theirs)).isEqualTo(look(id(ours))).isEqualTo(1);
    CompleteCertificateRequest request = new CompleteCertificateRequest();
    request.setCertificateId(theirs);
    sdk.CompleteCertificate(request);
    assertThat(((Progress) steps.check(ours)).message()).contains("in place");
    assertThat(calls("CompleteCertificate")).isEqualTo(2);
    assertThat(status(id(ours))).isEqualTo(status(theirs)).isNotEqualTo(1);

    sandbox.advance(Duration.ofHours(1));
    assertThat(status(theirs)).isEqualTo(1);
    standing(steps.check(ours), Phase.ISSUED);
  }

  private long look(String id) throws Exception {
    CheckCertificateDomainVerificationRequest request =
        new CheckCertificateDomainVerificationRequest();
    request.setCertificateId(id);
    return sdk.CheckCertificateDomainVerification(request)
        .getVerificationResults()[0]
        .getLocalCheck();
  }

  private int calls(String operation) {
    return sandbox.control("GET", "calls", "").at("/tencent-ssl/" + operation).asInt();
  }

  @Test
  void stopsTheAuditWhereTheOrderCannotBeCancelled() throws Exception {
    CancelAuditCertificateRequest request = new CancelAuditCertificateRequest();
    request.setCertificateId(customer.applied("theirs.example.com"));
    Application ours = steps.applied(ours());
    sandbox.control(
        "POST",
        "faults",
        "{\"operation\":\"CancelCertificateOrder\",\"kind\":\"CODE\","
            + "\"code\":\"FailedOperation.CancelOrderFailed\"}");

    assertThat(sdk.CancelAuditCertificate(request).getResult()).isTrue();
    standing(steps.cancel(ours), Phase.CANCELLED);

    assertThat(calls("CancelAuditCertificate")).isEqualTo(2);
    assertThat(status(id(ours))).isEqualTo(status(request.getCertificateId()));
  }

  @Test
  void cancelsWhatIsPending() throws Exception {
    String theirs = customer.applied("theirs.example.com");
    Application ours = steps.applied(ours());

    cancel(theirs);
    Progress told = standing(steps.cancel(ours), Phase.CANCELLED);

    assertThat(status(id(ours))).isEqualTo(status(theirs));
    assertThat(told.vendorStatus()).startsWith(String.valueOf(status(theirs)));
    // The second time the vendor refuses, and we ask it nothing that it would refuse.
    assertThat(TencentSdk.refusal(() -> cancel(theirs)).getErrorCode())
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
    standing(steps.cancel(ours), Phase.CANCELLED);
  }

  @Test
  void cancelsNothingThatIsIssuedOrUnknown() throws Exception {
    String theirs = customer.issued("theirs.example.com");
    Application ours = steps.issued(ours(), sandbox);
    assertThat(TencentSdk.refusal(() -> cancel(theirs)).getErrorCode())
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
    standing(steps.cancel(ours), Phase.ISSUED);
    assertThat(status(id(ours))).isEqualTo(status(theirs));

    assertThat(TencentSdk.refusal(() -> cancel("a1B2c3D4")).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotFound");
    assertThat(steps.cancel(named("a1B2c3D4"))).isInstanceOf(Failure.Absent.class);
  }

  private void cancel(String id) throws Exception {
    CancelCertificateOrderRequest request = new CancelCertificateOrderRequest();
    request.setCertificateId(id);
    sdk.CancelCertificateOrder(request);
  }

  @Test
  void deletesWhatIsOldEnoughAndNotInUse() throws Exception {
    String theirs = customer.issued("theirs.example.com");
    Application ours = steps.issued(ours(), sandbox);
    String early = TencentSdk.refusal(() -> delete(theirs)).getErrorCode();
    assertThat(refusal(steps.delete(ours)).code()).isEqualTo(early);

    sandbox.advance(Duration.ofHours(2));
    bind(theirs, true);
    bind(id(ours), true);
    assertThat(delete(theirs)).isEqualTo(4);
    assertThat(refusal(steps.delete(ours)).code()).isEqualTo("DeleteTask.4");
    assertThat(status(id(ours))).isEqualTo(status(theirs)).isEqualTo(1);

    bind(theirs, false);
    bind(id(ours), false);
    assertThat(delete(theirs)).isEqualTo(1);
    assertThat(steps.delete(ours)).isInstanceOf(Failure.Absent.class);
    String gone = TencentSdk.refusal(() -> customer.describe(theirs)).getErrorCode();
    assertThat(TencentSdk.refusal(() -> customer.describe(id(ours))).getErrorCode())
        .isEqualTo(gone);
    assertThat(TencentSdk.refusal(() -> delete(theirs)).getErrorCode()).isEqualTo(gone);
    assertThat(steps.delete(ours)).isInstanceOf(Failure.Absent.class);
  }

  /** Deletes unless it is in use, as we do: the status of the deletion's task. */
  private long delete(String id) throws Exception {
    DeleteCertificateRequest request = new DeleteCertificateRequest();
    request.setCertificateId(id);
    request.setIsCheckResource(true);
    DescribeDeleteCertificatesTaskResultRequest task =
        new DescribeDeleteCertificatesTaskResultRequest();
    task.setTaskIds(new String[] {sdk.DeleteCertificate(request).getTaskId()});
    return sdk.DescribeDeleteCertificatesTaskResult(task).getDeleteTaskResult()[0].getStatus();
  }

  private void bind(String id, boolean bound) {
    sandbox.control(
        "POST",
        "tencent-ssl/bound",
        "{\"certificateId\":\"%s\",\"bound\":%s}".formatted(id, bound));
  }

  @Test
  void revokesWhatIsIssued() throws Exception {
    String pending = customer.applied("pending.example.com");
    String early = TencentSdk.refusal(() -> revoke(pending)).getErrorCode();
    assertThat(refusal(steps.revoke(named(pending))).code()).isEqualTo(early);

    String theirs = customer.issued("theirs.example.com");
    Application ours = steps.issued(ours(), sandbox);
    revoke(theirs);
    Progress told = (Progress) steps.revoke(ours);

    assertThat(status(id(ours))).isEqualTo(status(theirs));
    assertThat(told.vendorStatus()).startsWith(String.valueOf(status(theirs)));
    assertThat(TencentSdk.refusal(() -> revoke(theirs)).getErrorCode()).isEqualTo(early);
    assertThat(((Progress) steps.revoke(ours)).phase()).isEqualTo(told.phase());
  }

  private void revoke(String id) throws Exception {
    RevokeCertificateRequest request = new RevokeCertificateRequest();
    request.setCertificateId(id);
    request.setReason("key compromised");
    sdk.RevokeCertificate(request);
  }

  @Test
  void givesOutWhatTheVendorHas() throws Exception {
    String issued = customer.issued("theirs.example.com");
    DescribeCertificateDetailResponse theirs = detail(issued);

    CertificateBundle ours = value(steps.export(named(issued), true));

    assertThat(ours.certificate() + ours.chain())
        .isEqualToIgnoringWhitespace(theirs.getCertificatePublicKey());
    assertThat(ours.privateKey().reveal()).isEqualTo(theirs.getCertificatePrivateKey());
    assertThat(value(steps.export(named(issued), false)).privateKey()).isNull();

    String pending = customer.applied("pending.example.com");
    assertThat(detail(pending).getCertificatePublicKey()).isNullOrEmpty();
    assertThat(refusal(steps.export(named(pending), true)).code()).isEqualTo("Answer.Incomplete");
    String unknown = TencentSdk.refusal(() -> detail("a1B2c3D4")).getErrorCode();
    assertThat(refusal(steps.export(named("a1B2c3D4"), true)).code()).isEqualTo(unknown);
  }

  private DescribeCertificateDetailResponse detail(String id) throws Exception {
    DescribeCertificateDetailRequest request = new DescribeCertificateDetailRequest();
    request.setCertificateId(id);
    return sdk.DescribeCertificateDetail(request);
  }

  @Test
  void listsWhatIsThere() throws Exception {
    customer.issued("theirs.example.com");
    customer.bought("*.example.com");
    cancel(customer.applied("cancelled.example.com"));
    steps.applied(ours());
    DescribeCertificatesRequest request = new DescribeCertificatesRequest();
    request.setLimit(100L);

    Map<Reference, Inventory.Item> ours = steps.inventory();

    Certificates[] theirs = sdk.DescribeCertificates(request).getCertificates();
    assertThat(ours).hasSameSizeAs(theirs).hasSize(4);
    for (Certificates each : theirs) {
      Inventory.Item item = ours.get(Reference.of("certificateId", each.getCertificateId()));
      assertThat(item.domain()).isEqualTo(each.getDomain());
      assertThat(item.vendorStatus()).startsWith(each.getStatus().toString());
      assertThat(item.facts() == null).isEqualTo(each.getCertEndTime() == null);
    }
  }

  @Test
  void sendsTheInformationOfABoughtCertificate() throws Exception {
    String theirs = customer.bought("*.example.com");
    String id = customer.bought("*.example.com");
    Application ours =
        Steps.with(
            Steps.application("*.example.com", Map.of(), INFORMATION),
            Reference.of("certificateId", id));
    CommitCertificateInformationRequest commit = new CommitCertificateInformationRequest();
    commit.setCertificateId(theirs);

    sdk.SubmitCertificateInformation(SslCustomer.information(theirs));
    Long committed = sdk.CommitCertificateInformation(commit).getStatus();
    Progress told = steps.submit(ours);

    assertThat(told.vendorStatus()).isEqualTo(committed.toString());
    assertThat(status(id)).isEqualTo(status(theirs));
    assertThat(Models.read(AbstractModel.toJsonString(customer.describe(id).getSubmittedData())))
        .isEqualTo(
            Models.read(AbstractModel.toJsonString(customer.describe(theirs).getSubmittedData())));
    // What was committed cannot be changed: the vendor refuses, and we report the state.
    assertThat(
            TencentSdk.refusal(
                    () -> sdk.SubmitCertificateInformation(SslCustomer.information(theirs)))
                .getErrorCode())
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
    assertThat(steps.submit(ours).phase()).isEqualTo(Phase.PENDING_VALIDATION);
  }
}
