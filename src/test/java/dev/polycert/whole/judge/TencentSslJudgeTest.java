package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.ApplyCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.ApplyCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.CheckCertificateDomainVerificationRequest;
import com.tencentcloudapi.ssl.v20191205.models.CheckCertificateDomainVerificationResponse;
import com.tencentcloudapi.ssl.v20191205.models.CommitCertificateInformationRequest;
import com.tencentcloudapi.ssl.v20191205.models.CommitCertificateInformationResponse;
import com.tencentcloudapi.ssl.v20191205.models.CompleteCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.CompleteCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateDetailRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateDetailResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificatesRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificatesResponse;
import com.tencentcloudapi.ssl.v20191205.models.DvAuths;
import com.tencentcloudapi.ssl.v20191205.models.UploadCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.UploadCertificateResponse;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentSslEmulator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tencent Cloud's own SDK calls every operation of the emulated SSL service. */
class TencentSslJudgeTest extends JudgeTests {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(TencentSdk.KEYS, TencentSslEmulator::new);

  private static final DateTimeFormatter BEIJING =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private SslClient sdk;
  private SslCustomer customer;

  TencentSslJudgeTest() {
    super(
        SANDBOX,
        new Refusals(
            "AuthFailure.SignatureFailure",
            Duration.ofSeconds(302),
            "AuthFailure.SignatureExpire",
            "a1B2c3D4",
            "a1B2c3D5"));
  }

  @Override
  void connect(Emulation emulation) {
    sdk = TencentSdk.ssl(wire.authority(), TencentSdk.keys());
    customer = new SslCustomer(emulation, sdk);
  }

  @Override
  List<Judged> operations() {
    List<Judged> applying =
        List.of(
            new Judged("ApplyCertificate", this::applies),
            new Judged("CheckCertificateDomainVerification", this::checks),
            new Judged("CommitCertificateInformation", this::commits),
            new Judged("CompleteCertificate", this::completes),
            new Judged("DescribeCertificate", this::describes),
            new Judged("DescribeCertificateDetail", this::describesInDetail),
            new Judged("DescribeCertificates", this::lists),
            new Judged("SubmitCertificateInformation", this::submits),
            new Judged("UploadCertificate", this::uploads));
    return Stream.of(
            applying,
            new SslEndJudgement(wire, customer).operations(),
            new SslResourceJudgement(wire, customer, SANDBOX).operations())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void judgesAllThatIsEmulated() throws Exception {
    assertThat(operations())
        .extracting(Judged::name)
        .containsExactlyInAnyOrderElementsOf(TencentSdk.emulated(sdk));
  }

  @Test
  void isRefusedWithAnUnknownKeyOrAWrongToken() {
    String any = operations().getFirst().name();
    Credential unknown = new Credential("AKIDunknown", "secret");
    assertThat(code(wire.authority(), unknown, any)).isEqualTo("AuthFailure.SecretIdNotFound");
    Credential token = new Credential(Capture.KEY_ID, Capture.SECRET, "another-token");
    assertThat(code(wire.authority(), token, any)).isEqualTo("AuthFailure.TokenFailure");
  }

  @Override
  String code(String authority, String secret, String operation) {
    return code(authority, new Credential(Capture.KEY_ID, secret), operation);
  }

  private static String code(String authority, Credential credential, String operation) {
    return TencentSdk.code(
        TencentSdk.ssl(authority, credential), operation, "{\"CertificateId\":\"a1B2c3D4\"}");
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

  private void uploads() throws Exception {
    CertificateBundle own = IssuedCertificates.issued("own.example.com");
    UploadCertificateRequest request = new UploadCertificateRequest();
    request.setCertificatePublicKey(own.fullChain());
    request.setCertificatePrivateKey(own.privateKey().reveal());
    request.setRepeatable(false);
    UploadCertificateResponse uploaded = sdk.UploadCertificate(request);
    TencentSdk.assertKnows(wire, uploaded);
    DescribeCertificateResponse seen = customer.describe(uploaded.getCertificateId());
    assertThat(seen.getFrom()).isEqualTo("upload");
    assertThat(seen.getDomain()).isEqualTo("own.example.com");
    UploadCertificateResponse again = sdk.UploadCertificate(request);
    assertThat(again.getRepeatCertId()).isEqualTo(uploaded.getCertificateId());
    request.setRepeatable(true);
    assertThat(sdk.UploadCertificate(request).getCertificateId())
        .isNotEqualTo(uploaded.getCertificateId());
    request.setCertificatePrivateKey(
        IssuedCertificates.issued("other.example.com").privateKey().reveal());
    assertThat(TencentSdk.refusal(() -> sdk.UploadCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateMismatch");
    request.setCertificatePublicKey("no certificate");
    assertThat(TencentSdk.refusal(() -> sdk.UploadCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateInvalid");
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

  private static LocalDateTime time(String text) {
    return LocalDateTime.parse(text, BEIJING);
  }

  static X509Certificate x509(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
