package dev.polycert.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.ApplyCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.ApplyCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.CancelAuditCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.CancelCertificateOrderRequest;
import com.tencentcloudapi.ssl.v20191205.models.CheckCertificateDomainVerificationRequest;
import com.tencentcloudapi.ssl.v20191205.models.CheckCertificateDomainVerificationResponse;
import com.tencentcloudapi.ssl.v20191205.models.CommitCertificateInformationRequest;
import com.tencentcloudapi.ssl.v20191205.models.CommitCertificateInformationResponse;
import com.tencentcloudapi.ssl.v20191205.models.CompleteCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.CompleteCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.DeleteCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DeleteCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateDetailRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateDetailResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificatesRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificatesResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeDeleteCertificatesTaskResultRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeDeleteCertificatesTaskResultResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeDownloadCertificateUrlRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeDownloadCertificateUrlResponse;
import com.tencentcloudapi.ssl.v20191205.models.DownloadCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DownloadCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.DvAuths;
import com.tencentcloudapi.ssl.v20191205.models.RevokeCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.RevokeCertificateResponse;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentEmulators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tencent Cloud's own SDK calls every operation of the emulated SSL service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TencentSslJudgeTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX = new RunningSandbox(TencentSdk.KEYS, TencentEmulators::ssl);

  private static final DateTimeFormatter BEIJING =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Wire wire;
  private SslClient sdk;
  private SslCustomer customer;

  @BeforeAll
  void connect() {
    wire = new Wire(SANDBOX.uri("/").getPort());
    sdk = TencentSdk.ssl(wire.authority(), TencentSdk.keys());
    customer = new SslCustomer(Emulation.of(SANDBOX), sdk);
  }

  @BeforeEach
  void noLimits() {
    SANDBOX.control("PUT", "settings", "{\"limits\":false}");
  }

  @AfterAll
  void disconnect() throws IOException {
    wire.close();
  }

  List<Judged> operations() {
    return List.of(
        new Judged("ApplyCertificate", this::applies),
        new Judged("CancelAuditCertificate", this::cancelsAudit),
        new Judged("CancelCertificateOrder", this::cancelsOrder),
        new Judged("CheckCertificateDomainVerification", this::checks),
        new Judged("CommitCertificateInformation", this::commits),
        new Judged("CompleteCertificate", this::completes),
        new Judged("DeleteCertificate", this::deletes),
        new Judged("DescribeCertificate", this::describes),
        new Judged("DescribeCertificateDetail", this::describesInDetail),
        new Judged("DescribeCertificates", this::lists),
        new Judged("DescribeDeleteCertificatesTaskResult", this::tellsOfDeletions),
        new Judged("DescribeDownloadCertificateUrl", this::namesDownloads),
        new Judged("DownloadCertificate", this::downloads),
        new Judged("RevokeCertificate", this::revokes),
        new Judged("SubmitCertificateInformation", this::submits));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isUnderstoodBy(Judged operation) throws Exception {
    operation.trial().run();
  }

  @Test
  void judgesAllThatIsEmulated() throws Exception {
    assertThat(operations())
        .extracting(Judged::name)
        .containsExactlyElementsOf(TencentSdk.emulated(sdk));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isRefusedWithAWrongSecret(Judged operation) {
    SslClient stranger =
        TencentSdk.ssl(wire.authority(), new Credential(Capture.KEY_ID, "not-the-secret"));
    assertThat(code(stranger, operation)).isEqualTo("AuthFailure.SignatureFailure");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isRefusedWithAStaleDate(Judged operation) {
    SANDBOX.clocksAhead(Duration.ofSeconds(302));
    assertThat(code(sdk, operation)).isEqualTo("AuthFailure.SignatureExpire");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isRefusedWithATamperedBody(Judged operation) throws IOException {
    try (Wire altered = new Wire(SANDBOX.uri("/").getPort())) {
      altered.tamper("a1B2c3D4", "a1B2c3D5");
      SslClient victim = TencentSdk.ssl(altered.authority(), TencentSdk.keys());
      assertThat(code(victim, operation)).isEqualTo("AuthFailure.SignatureFailure");
    }
  }

  @Test
  void isRefusedWithAnUnknownKeyOrAWrongToken() {
    Judged any = operations().getFirst();
    SslClient unknown = TencentSdk.ssl(wire.authority(), new Credential("AKIDunknown", "secret"));
    assertThat(code(unknown, any)).isEqualTo("AuthFailure.SecretIdNotFound");
    SslClient token =
        TencentSdk.ssl(
            wire.authority(), new Credential(Capture.KEY_ID, Capture.SECRET, "another-token"));
    assertThat(code(token, any)).isEqualTo("AuthFailure.TokenFailure");
  }

  private static String code(SslClient client, Judged operation) {
    return TencentSdk.code(client, operation.name(), "{\"CertificateId\":\"a1B2c3D4\"}");
  }

  // --- the operations ---

  private void applies() throws Exception {
    ApplyCertificateResponse applied =
        sdk.ApplyCertificate(SslCustomer.application("www.example.com"));
    TencentSdk.assertKnows(wire, applied);
    assertThat(applied.getCertificateId()).matches("[A-Za-z0-9]{8}");
    ApplyCertificateRequest wrong = SslCustomer.application("www.example.com");
    wrong.setDomainName("x".repeat(61) + ".com");
    assertThat(TencentSdk.refusal(() -> sdk.ApplyCertificate(wrong)).getErrorCode())
        .isEqualTo("InvalidParameterValue.CertificateDomainMaxLengthInvalid");
    SANDBOX.control("PUT", "settings", "{\"quota\":{\"tencent-ssl\":1}}");
    assertThat(
            TencentSdk.refusal(() -> sdk.ApplyCertificate(SslCustomer.application("b.example.com")))
                .getErrorCode())
        .isEqualTo("FailedOperation.ExceedsFreeLimit");
  }

  private void describes() throws Exception {
    String id = customer.applied("www.example.com");
    DescribeCertificateResponse pending = customer.describe(id);
    TencentSdk.assertKnows(wire, pending);
    assertThat(pending.getStatus()).isZero();
    assertThat(pending.getStatusMsg()).isEqualTo("PENDING-DCV");
    DvAuths proof = pending.getDvAuthDetail().getDvAuths()[0];
    assertThat(proof.getDvAuthVerifyType()).isEqualTo("TXT");
    assertThat(proof.getDvAuthKey()).endsWith("www.example.com");
    customer.publish(pending);
    DescribeCertificateResponse issued = customer.describe(id);
    TencentSdk.assertKnows(wire, issued);
    assertThat(issued.getStatus()).isOne();
    assertThat(issued.getSubjectAltName()).containsExactly("www.example.com");
    assertThat(time(issued.getCertEndTime()))
        .isEqualTo(time(issued.getCertBeginTime()).plusDays(90).minusSeconds(1));
    assertThat(issued.getDvAuthDetail().getDvAuths()).isNull();
    DescribeCertificateRequest unknown = new DescribeCertificateRequest();
    unknown.setCertificateId("a1B2c3D4");
    assertThat(TencentSdk.refusal(() -> sdk.DescribeCertificate(unknown)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotFound");
  }

  private void describesInDetail() throws Exception {
    DescribeCertificateDetailRequest request = new DescribeCertificateDetailRequest();
    request.setCertificateId(customer.issued("www.example.com"));
    DescribeCertificateDetailResponse detail = sdk.DescribeCertificateDetail(request);
    TencentSdk.assertKnows(wire, detail);
    assertThat(detail.getSubjectAltName()).isEmpty();
    assertThat(detail.getCertificatePrivateKey()).startsWith("-----BEGIN");
    X509Certificate certificate = x509(detail.getCertificatePublicKey());
    assertThat(certificate.getSubjectX500Principal().getName()).contains("www.example.com");
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(time(detail.getCertEndTime()).toInstant(ZoneOffset.ofHours(8)));
  }

  private void lists() throws Exception {
    String id = customer.applied("www.example.com");
    String other = customer.issued("shop.example.org");
    DescribeCertificatesRequest request = new DescribeCertificatesRequest();
    request.setLimit(10L);
    DescribeCertificatesResponse all = sdk.DescribeCertificates(request);
    TencentSdk.assertKnows(wire, all);
    assertThat(all.getTotalCount()).isEqualTo(2);
    assertThat(all.getCertificates())
        .extracting(each -> each.getCertificateId())
        .containsExactly(other, id);
    request.setSearchKey("example.com");
    request.setCertificateStatus(new Long[] {0L});
    assertThat(sdk.DescribeCertificates(request).getCertificates())
        .extracting(each -> each.getDomain())
        .containsExactly("www.example.com");
    request.setLimit(1001L);
    assertThat(TencentSdk.refusal(() -> sdk.DescribeCertificates(request)).getErrorCode())
        .isEqualTo("FailedOperation.InvalidParam");
  }

  private void checks() throws Exception {
    String id = customer.applied("www.example.com");
    CheckCertificateDomainVerificationRequest request =
        new CheckCertificateDomainVerificationRequest();
    request.setCertificateId(id);
    CheckCertificateDomainVerificationResponse missing =
        sdk.CheckCertificateDomainVerification(request);
    TencentSdk.assertKnows(wire, missing);
    assertThat(missing.getVerificationResults()[0].getLocalCheck()).isEqualTo(-1);
    assertThat(missing.getVerificationResults()[0].getIssued()).isFalse();
    customer.publish(customer.describe(id));
    assertThat(sdk.CheckCertificateDomainVerification(request).getVerificationResults())
        .singleElement()
        .satisfies(passed -> assertThat(passed.getLocalCheck()).isOne())
        .satisfies(passed -> assertThat(passed.getIssued()).isTrue());
    assertThat(
            TencentSdk.refusal(() -> sdk.CheckCertificateDomainVerification(request))
                .getErrorCode())
        .isEqualTo("FailedOperation.CertificateStatusNotAllowVerify");
  }

  private void completes() throws Exception {
    CompleteCertificateRequest request = new CompleteCertificateRequest();
    request.setCertificateId(customer.applied("www.example.com"));
    CompleteCertificateResponse completed = sdk.CompleteCertificate(request);
    TencentSdk.assertKnows(wire, completed);
    assertThat(completed.getCertificateId()).isEqualTo(request.getCertificateId());
    request.setCertificateId(customer.issued("b.example.com"));
    assertThat(TencentSdk.refusal(() -> sdk.CompleteCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotFoundOrAudited");
  }

  private void submits() throws Exception {
    String id = customer.bought("*.example.com");
    TencentSdk.assertKnows(wire, sdk.SubmitCertificateInformation(SslCustomer.information(id)));
    assertThat(customer.describe(id).getStatus()).isEqualTo(5);
    TencentSdk.assertKnows(wire, customer.describe(id));
    assertThat(customer.describe(id).getSubmittedData().getOrganizationCity()).isEqualTo("深圳市");
    String free = customer.applied("www.example.com");
    assertThat(
            TencentSdk.refusal(
                    () -> sdk.SubmitCertificateInformation(SslCustomer.information(free)))
                .getErrorCode())
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
  }

  private void commits() throws Exception {
    CommitCertificateInformationRequest request = new CommitCertificateInformationRequest();
    request.setCertificateId(customer.bought("*.example.com"));
    assertThat(TencentSdk.refusal(() -> sdk.CommitCertificateInformation(request)).getErrorCode())
        .isEqualTo("FailedOperation.InvalidParam");
    sdk.SubmitCertificateInformation(SslCustomer.information(request.getCertificateId()));
    CommitCertificateInformationResponse committed = sdk.CommitCertificateInformation(request);
    TencentSdk.assertKnows(wire, committed);
    assertThat(committed.getStatus()).isZero();
    assertThat(committed.getOrderId()).isNotBlank();
  }

  private void cancelsOrder() throws Exception {
    CancelCertificateOrderRequest request = new CancelCertificateOrderRequest();
    request.setCertificateId(customer.applied("www.example.com"));
    TencentSdk.assertKnows(wire, sdk.CancelCertificateOrder(request));
    assertThat(customer.describe(request.getCertificateId()).getStatus()).isEqualTo(7);
    assertThat(TencentSdk.refusal(() -> sdk.CancelCertificateOrder(request)).getErrorCode())
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
  }

  private void cancelsAudit() throws Exception {
    CancelAuditCertificateRequest request = new CancelAuditCertificateRequest();
    request.setCertificateId(customer.applied("www.example.com"));
    assertThat(sdk.CancelAuditCertificate(request).getResult()).isTrue();
    assertThat(customer.describe(request.getCertificateId()).getStatus()).isEqualTo(7);
    assertThat(TencentSdk.refusal(() -> sdk.CancelAuditCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotFoundOrCantCancel");
  }

  private void deletes() throws Exception {
    String id = customer.applied("www.example.com");
    DeleteCertificateRequest request = new DeleteCertificateRequest();
    request.setCertificateId(id);
    assertThat(TencentSdk.refusal(() -> sdk.DeleteCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CannotBeDeletedWithinHour");
    SANDBOX.control("POST", "clock", "{\"advance\":\"PT2H\"}");
    DeleteCertificateResponse deleted = sdk.DeleteCertificate(request);
    TencentSdk.assertKnows(wire, deleted);
    assertThat(deleted.getDeleteResult()).isTrue();
    assertThat(TencentSdk.refusal(() -> sdk.DeleteCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotFound");
  }

  private void tellsOfDeletions() throws Exception {
    DeleteCertificateRequest deletion = new DeleteCertificateRequest();
    deletion.setCertificateId(customer.bought("www.example.com"));
    deletion.setIsCheckResource(true);
    DeleteCertificateResponse begun = sdk.DeleteCertificate(deletion);
    TencentSdk.assertKnows(wire, begun);
    DescribeDeleteCertificatesTaskResultRequest request =
        new DescribeDeleteCertificatesTaskResultRequest();
    request.setTaskIds(new String[] {begun.getTaskId()});
    DescribeDeleteCertificatesTaskResultResponse told =
        sdk.DescribeDeleteCertificatesTaskResult(request);
    TencentSdk.assertKnows(wire, told);
    assertThat(told.getDeleteTaskResult()[0].getStatus()).isOne();
    request.setTaskIds(new String[] {"none"});
    assertThat(sdk.DescribeDeleteCertificatesTaskResult(request).getDeleteTaskResult()).isEmpty();
  }

  private void namesDownloads() throws Exception {
    DescribeDownloadCertificateUrlRequest request = new DescribeDownloadCertificateUrlRequest();
    request.setCertificateId(customer.issued("www.example.com"));
    DescribeDownloadCertificateUrlResponse named = sdk.DescribeDownloadCertificateUrl(request);
    TencentSdk.assertKnows(wire, named);
    assertThat(named.getDownloadFilename()).isEqualTo("www.example.com_nginx.zip");
    request.setServiceType("abacus");
    assertThat(TencentSdk.refusal(() -> sdk.DescribeDownloadCertificateUrl(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateDownloadServiceTypeNotSupport");
  }

  private void revokes() throws Exception {
    RevokeCertificateRequest request = new RevokeCertificateRequest();
    request.setCertificateId(customer.issued("www.example.com"));
    request.setReason("key compromised");
    RevokeCertificateResponse revoked = sdk.RevokeCertificate(request);
    TencentSdk.assertKnows(wire, revoked);
    assertThat(customer.describe(request.getCertificateId()).getStatus()).isIn(9L, 10L);
    assertThat(TencentSdk.refusal(() -> sdk.RevokeCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
  }

  private void downloads() throws Exception {
    DownloadCertificateRequest request = new DownloadCertificateRequest();
    request.setCertificateId(customer.issued("www.example.com"));
    DownloadCertificateResponse downloaded = sdk.DownloadCertificate(request);
    TencentSdk.assertKnows(wire, downloaded);
    assertThat(downloaded.getContentType()).isEqualTo("application/zip");
    byte[] bytes = Base64.getDecoder().decode(downloaded.getContent());
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      assertThat(zip.getNextEntry().getName()).endsWith(".crt");
      assertThat(x509(new String(zip.readAllBytes(), StandardCharsets.US_ASCII))).isNotNull();
    }
    request.setCertificateId(customer.applied("b.example.com"));
    assertThat(TencentSdk.refusal(() -> sdk.DownloadCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotAllowDownload");
  }

  private static LocalDateTime time(String text) {
    return LocalDateTime.parse(text, BEIJING);
  }

  private static X509Certificate x509(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
