package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.CancelAuditCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.CancelCertificateOrderRequest;
import com.tencentcloudapi.ssl.v20191205.models.DeleteCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DeleteCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeDeleteCertificatesTaskResultRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeDeleteCertificatesTaskResultResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeDownloadCertificateUrlRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeDownloadCertificateUrlResponse;
import com.tencentcloudapi.ssl.v20191205.models.DownloadCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.DownloadCertificateResponse;
import com.tencentcloudapi.ssl.v20191205.models.RevokeCertificateRequest;
import com.tencentcloudapi.ssl.v20191205.models.RevokeCertificateResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipInputStream;

/** The part of the judgement on Tencent Cloud SSL that is about ends and downloads. */
record SslEndJudgement(Wire wire, SslCustomer customer) {

  List<Judged> operations() {
    return List.of(
        new Judged("CancelAuditCertificate", this::cancelsAudit),
        new Judged("CancelCertificateOrder", this::cancelsOrder),
        new Judged("DeleteCertificate", this::deletes),
        new Judged("DescribeDeleteCertificatesTaskResult", this::tellsOfDeletions),
        new Judged("DescribeDownloadCertificateUrl", this::namesDownloads),
        new Judged("DownloadCertificate", this::downloads),
        new Judged("RevokeCertificate", this::revokes));
  }

  private SslClient sdk() {
    return customer.sdk();
  }

  private void cancelsOrder() throws Exception {
    CancelCertificateOrderRequest request = new CancelCertificateOrderRequest();
    request.setCertificateId(customer.applied("www.example.com"));
    TencentSdk.assertKnows(wire, sdk().CancelCertificateOrder(request));
    assertThat(customer.describe(request.getCertificateId()).getStatus()).isEqualTo(7);
    assertThat(TencentSdk.refusal(() -> sdk().CancelCertificateOrder(request)).getErrorCode())
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
  }

  private void cancelsAudit() throws Exception {
    CancelAuditCertificateRequest request = new CancelAuditCertificateRequest();
    request.setCertificateId(customer.applied("www.example.com"));
    assertThat(sdk().CancelAuditCertificate(request).getResult()).isTrue();
    assertThat(customer.describe(request.getCertificateId()).getStatus()).isEqualTo(7);
    assertThat(TencentSdk.refusal(() -> sdk().CancelAuditCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotFoundOrCantCancel");
  }

  private void deletes() throws Exception {
    String id = customer.applied("www.example.com");
    DeleteCertificateRequest request = new DeleteCertificateRequest();
    request.setCertificateId(id);
    assertThat(TencentSdk.refusal(() -> sdk().DeleteCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CannotBeDeletedWithinHour");
    customer.sandbox().advance(Duration.ofHours(2));
    DeleteCertificateResponse deleted = sdk().DeleteCertificate(request);
    TencentSdk.assertKnows(wire, deleted);
    assertThat(deleted.getDeleteResult()).isTrue();
    assertThat(TencentSdk.refusal(() -> sdk().DeleteCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotFound");
  }

  private void tellsOfDeletions() throws Exception {
    DeleteCertificateRequest deletion = new DeleteCertificateRequest();
    deletion.setCertificateId(customer.bought("www.example.com"));
    deletion.setIsCheckResource(true);
    DeleteCertificateResponse begun = sdk().DeleteCertificate(deletion);
    TencentSdk.assertKnows(wire, begun);
    DescribeDeleteCertificatesTaskResultRequest request =
        new DescribeDeleteCertificatesTaskResultRequest();
    request.setTaskIds(new String[] {begun.getTaskId()});
    DescribeDeleteCertificatesTaskResultResponse told =
        sdk().DescribeDeleteCertificatesTaskResult(request);
    TencentSdk.assertKnows(wire, told);
    assertThat(told.getDeleteTaskResult()[0].getStatus()).isOne();
    request.setTaskIds(new String[] {"none"});
    assertThat(sdk().DescribeDeleteCertificatesTaskResult(request).getDeleteTaskResult()).isEmpty();
  }

  private void namesDownloads() throws Exception {
    DescribeDownloadCertificateUrlRequest request = new DescribeDownloadCertificateUrlRequest();
    request.setCertificateId(customer.issued("www.example.com"));
    DescribeDownloadCertificateUrlResponse named = sdk().DescribeDownloadCertificateUrl(request);
    TencentSdk.assertKnows(wire, named);
    assertThat(named.getDownloadFilename()).isEqualTo("www.example.com_nginx.zip");
    request.setServiceType("abacus");
    assertThat(
            TencentSdk.refusal(() -> sdk().DescribeDownloadCertificateUrl(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateDownloadServiceTypeNotSupport");
  }

  private void revokes() throws Exception {
    RevokeCertificateRequest request = new RevokeCertificateRequest();
    request.setCertificateId(customer.issued("www.example.com"));
    request.setReason("key compromised");
    RevokeCertificateResponse revoked = sdk().RevokeCertificate(request);
    TencentSdk.assertKnows(wire, revoked);
    assertThat(customer.describe(request.getCertificateId()).getStatus()).isEqualTo(10);
    assertThat(TencentSdk.refusal(() -> sdk().RevokeCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
  }

  private void downloads() throws Exception {
    DownloadCertificateRequest request = new DownloadCertificateRequest();
    request.setCertificateId(customer.issued("www.example.com"));
    DownloadCertificateResponse downloaded = sdk().DownloadCertificate(request);
    TencentSdk.assertKnows(wire, downloaded);
    assertThat(downloaded.getContentType()).isEqualTo("application/zip");
    byte[] bytes = Base64.getDecoder().decode(downloaded.getContent());
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("Nginx/www.example.com_bundle.crt");
      assertThat(
              TencentSslJudgeTest.x509(new String(zip.readAllBytes(), StandardCharsets.US_ASCII)))
          .isNotNull();
    }
    request.setCertificateId(customer.applied("b.example.com"));
    assertThat(TencentSdk.refusal(() -> sdk().DownloadCertificate(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotAllowDownload");
  }
}
