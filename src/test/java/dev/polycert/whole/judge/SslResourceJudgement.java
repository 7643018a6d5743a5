package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.ssl.v20191205.SslClient;
import com.tencentcloudapi.ssl.v20191205.models.CreateCertificateBindResourceSyncTaskRequest;
import com.tencentcloudapi.ssl.v20191205.models.CreateCertificateBindResourceSyncTaskResponse;
import com.tencentcloudapi.ssl.v20191205.models.DeployCertificateInstanceRequest;
import com.tencentcloudapi.ssl.v20191205.models.DeployCertificateInstanceResponse;
import com.tencentcloudapi.ssl.v20191205.models.DeployCertificateRecordRetryRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateBindResourceTaskResultRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeCertificateBindResourceTaskResultResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeHostDeployRecordDetailRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeHostDeployRecordDetailResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeHostDeployRecordRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeHostDeployRecordResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeHostUpdateRecordDetailRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeHostUpdateRecordDetailResponse;
import com.tencentcloudapi.ssl.v20191205.models.DescribeHostUpdateRecordRequest;
import com.tencentcloudapi.ssl.v20191205.models.DescribeHostUpdateRecordResponse;
import com.tencentcloudapi.ssl.v20191205.models.ResourceTypeRegions;
import com.tencentcloudapi.ssl.v20191205.models.UpdateCertificateInstanceRequest;
import com.tencentcloudapi.ssl.v20191205.models.UpdateCertificateInstanceResponse;
import com.tencentcloudapi.ssl.v20191205.models.UpdateCertificateRecordRetryRequest;
import com.tencentcloudapi.ssl.v20191205.models.UpdateRecordDetail;
import dev.polycert.sandbox.RunningSandbox;
import java.util.List;

/** The part of the judgement on Tencent Cloud SSL that is about what uses certificates. */
record SslResourceJudgement(Wire wire, SslCustomer customer, RunningSandbox sandbox) {
  private static final String GUANGZHOU = "ap-guangzhou";

  List<Judged> operations() {
    return List.of(
        new Judged("UpdateCertificateInstance", this::updates),
        new Judged("DescribeHostUpdateRecord", this::listsUpdates),
        new Judged("DescribeHostUpdateRecordDetail", this::detailsUpdates),
        new Judged("UpdateCertificateRecordRetry", this::retriesUpdates),
        new Judged("DeployCertificateInstance", this::deploys),
        new Judged("DescribeHostDeployRecord", this::listsDeployments),
        new Judged("DescribeHostDeployRecordDetail", this::detailsDeployments),
        new Judged("DeployCertificateRecordRetry", this::retriesDeployments),
        new Judged("CreateCertificateBindResourceSyncTask", this::looksForUses),
        new Judged("DescribeCertificateBindResourceTaskResult", this::tellsOfUses));
  }

  private SslClient sdk() {
    return customer.sdk();
  }

  // --- updates ---

  private void updates() throws Exception {
    UpdateCertificateInstanceRequest request = update(0);
    UpdateCertificateInstanceResponse searched = sdk().UpdateCertificateInstance(request);
    TencentSdk.assertKnows(wire, searched);
    assertThat(searched.getDeployRecordId()).isZero();
    assertThat(searched.getUpdateSyncProgress())
        .extracting(each -> each.getResourceType())
        .containsExactlyInAnyOrder("clb", "cdn");
    UpdateCertificateInstanceResponse made = sdk().UpdateCertificateInstance(request);
    TencentSdk.assertKnows(wire, made);
    assertThat(made.getDeployRecordId()).isPositive();
    assertThat(made.getDeployStatus()).isOne();
    detail(made.getDeployRecordId());
    assertThat(TencentSdk.refusal(() -> sdk().UpdateCertificateInstance(request)).getErrorCode())
        .as("nothing uses the old one any more")
        .isEqualTo("FailedOperation.CertificateDeployInstanceEmpty");
    request.setResourceTypes(new String[] {"floppy"});
    assertThat(TencentSdk.refusal(() -> sdk().UpdateCertificateInstance(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateHostResourceTypeInvalid");
    request.setResourceTypes(new String[] {"tke"});
    assertThat(TencentSdk.refusal(() -> sdk().UpdateCertificateInstance(request)).getErrorCode())
        .as("without its regions")
        .isEqualTo("InvalidParameter.WithDetailReason");
  }

  private void listsUpdates() throws Exception {
    UpdateCertificateInstanceRequest request = update(0);
    long record = made(request);
    DescribeHostUpdateRecordRequest list = new DescribeHostUpdateRecordRequest();
    list.setOldCertificateId(request.getOldCertificateId());
    DescribeHostUpdateRecordResponse listed = sdk().DescribeHostUpdateRecord(list);
    TencentSdk.assertKnows(wire, listed);
    assertThat(listed.getDeployRecordList())
        .singleElement()
        .satisfies(one -> assertThat(one.getId()).isEqualTo(record))
        .satisfies(one -> assertThat(one.getCertId()).isEqualTo(request.getCertificateId()));
    list.setOldCertificateId("another1");
    assertThat(sdk().DescribeHostUpdateRecord(list).getTotalCount()).isZero();
  }

  private void detailsUpdates() throws Exception {
    DescribeHostUpdateRecordDetailResponse seen = detail(made(update(1)));
    TencentSdk.assertKnows(wire, seen);
    assertThat(seen.getSuccessTotalCount()).isOne();
    assertThat(seen.getFailedTotalCount()).isOne();
    UpdateRecordDetail failed = failed(seen);
    assertThat(failed.getStatus()).isEqualTo(2);
    assertThat(failed.getErrorMsg()).isNotBlank();
    DescribeHostUpdateRecordDetailRequest unknown = new DescribeHostUpdateRecordDetailRequest();
    unknown.setDeployRecordId("1");
    assertThat(
            TencentSdk.refusal(() -> sdk().DescribeHostUpdateRecordDetail(unknown)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateDeployNotExist");
  }

  private void retriesUpdates() throws Exception {
    long record = made(update(1));
    UpdateCertificateRecordRetryRequest retry = new UpdateCertificateRecordRetryRequest();
    retry.setDeployRecordId(record);
    retry.setDeployRecordDetailId(failed(detail(record)).getId());
    TencentSdk.assertKnows(wire, sdk().UpdateCertificateRecordRetry(retry));
    assertThat(detail(record).getSuccessTotalCount()).isEqualTo(2);
    assertThat(TencentSdk.refusal(() -> sdk().UpdateCertificateRecordRetry(retry)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateDeployRetryStatusInvalid");
  }

  /**
   * Of a certificate that a load balancer and a domain of the CDN use, of which the first fails.
   */
  private UpdateCertificateInstanceRequest update(int failures) throws Exception {
    UpdateCertificateInstanceRequest request = new UpdateCertificateInstanceRequest();
    request.setOldCertificateId(customer.issued("www.example.com"));
    request.setCertificateId(customer.issued("www.example.com"));
    request.setResourceTypes(new String[] {"clb", "cdn"});
    ResourceTypeRegions regions = new ResourceTypeRegions();
    regions.setResourceType("clb");
    regions.setRegions(new String[] {GUANGZHOU});
    request.setResourceTypesRegions(new ResourceTypeRegions[] {regions});
    instances(request.getOldCertificateId(), failures);
    return request;
  }

  private void instances(String certificate, int failures) {
    String uses = certificate == null ? "null" : "\"" + certificate + "\"";
    sandbox.control(
        "POST",
        "tencent-ssl/instances",
        """
        {"instances": [
          {"type": "clb", "region": "ap-guangzhou", "instanceId": "lb-1", "listenerId": "lbl-2",
           "domain": "www.example.com", "certificateId": %s, "failures": %d},
          {"type": "cdn", "instanceId": "cdn-1", "domain": "www.example.com",
           "certificateId": %s}]}
        """
            .formatted(uses, failures, uses));
  }

  private long made(UpdateCertificateInstanceRequest request) throws Exception {
    sdk().UpdateCertificateInstance(request);
    return sdk().UpdateCertificateInstance(request).getDeployRecordId();
  }

  private DescribeHostUpdateRecordDetailResponse detail(long record) throws Exception {
    DescribeHostUpdateRecordDetailRequest request = new DescribeHostUpdateRecordDetailRequest();
    request.setDeployRecordId(String.valueOf(record));
    request.setLimit("200");
    return sdk().DescribeHostUpdateRecordDetail(request);
  }

  private static UpdateRecordDetail failed(DescribeHostUpdateRecordDetailResponse seen) {
    return seen.getRecordDetailList()[0].getList()[0];
  }

  // --- deployments ---

  private void deploys() throws Exception {
    instances(null, 0);
    DeployCertificateInstanceRequest request = deployment(customer.issued("www.example.com"));
    assertThat(TencentSdk.refusal(() -> sdk().DeployCertificateInstance(request)).getErrorCode())
        .as("without the region")
        .isEqualTo("MissingParameter");
    DeployCertificateInstanceResponse deployed = there().DeployCertificateInstance(request);
    TencentSdk.assertKnows(wire, deployed);
    assertThat(deployed.getDeployRecordId()).isPositive();
    assertThat(TencentSdk.refusal(() -> there().DeployCertificateInstance(request)).getErrorCode())
        .as("while it runs")
        .isEqualTo("FailedOperation.CertificateDeployInstanceEmpty");
    request.setInstanceIdList(new String[] {"lb-1"});
    assertThat(TencentSdk.refusal(() -> there().DeployCertificateInstance(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateDeployInstanceFormatError");
    request.setInstanceIdList(new String[] {"lb-9|lbl-9"});
    assertThat(TencentSdk.refusal(() -> there().DeployCertificateInstance(request)).getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotDeployInstance");
  }

  private void listsDeployments() throws Exception {
    instances(null, 0);
    String id = customer.issued("www.example.com");
    long record = there().DeployCertificateInstance(deployment(id)).getDeployRecordId();
    DescribeHostDeployRecordRequest request = new DescribeHostDeployRecordRequest();
    request.setCertificateId(id);
    DescribeHostDeployRecordResponse listed = sdk().DescribeHostDeployRecord(request);
    TencentSdk.assertKnows(wire, listed);
    assertThat(listed.getDeployRecordList())
        .extracting(each -> each.getId())
        .containsExactly(record);
    request.setResourceType("cdn");
    assertThat(sdk().DescribeHostDeployRecord(request).getTotalCount()).isZero();
  }

  private void detailsDeployments() throws Exception {
    instances(null, 1);
    DescribeHostDeployRecordDetailResponse seen =
        deploymentDetail(
            there()
                .DeployCertificateInstance(deployment(customer.issued("www.example.com")))
                .getDeployRecordId());
    TencentSdk.assertKnows(wire, seen);
    assertThat(seen.getDeployRecordDetailList())
        .singleElement()
        .satisfies(one -> assertThat(one.getListenerId()).isEqualTo("lbl-2"))
        .satisfies(one -> assertThat(one.getStatus()).isEqualTo(2));
  }

  private void retriesDeployments() throws Exception {
    instances(null, 1);
    long record =
        there()
            .DeployCertificateInstance(deployment(customer.issued("www.example.com")))
            .getDeployRecordId();
    DeployCertificateRecordRetryRequest retry = new DeployCertificateRecordRetryRequest();
    retry.setDeployRecordId(record);
    retry.setDeployRecordDetailId(deploymentDetail(record).getDeployRecordDetailList()[0].getId());
    TencentSdk.assertKnows(wire, sdk().DeployCertificateRecordRetry(retry));
    assertThat(deploymentDetail(record).getSuccessTotalCount()).isOne();
  }

  /** The SDK of a customer in the region of the load balancer. */
  private SslClient there() {
    return TencentSdk.ssl(wire.authority(), TencentSdk.keys(), GUANGZHOU);
  }

  private static DeployCertificateInstanceRequest deployment(String certificate) {
    DeployCertificateInstanceRequest request = new DeployCertificateInstanceRequest();
    request.setCertificateId(certificate);
    request.setResourceType("clb");
    request.setInstanceIdList(new String[] {"lb-1|lbl-2|www.example.com"});
    return request;
  }

  private DescribeHostDeployRecordDetailResponse deploymentDetail(long record) throws Exception {
    DescribeHostDeployRecordDetailRequest request = new DescribeHostDeployRecordDetailRequest();
    request.setDeployRecordId(String.valueOf(record));
    return sdk().DescribeHostDeployRecordDetail(request);
  }

  // --- what uses a certificate ---

  private void looksForUses() throws Exception {
    CreateCertificateBindResourceSyncTaskRequest request = look(customer.issued("a.example.com"));
    CreateCertificateBindResourceSyncTaskResponse made =
        sdk().CreateCertificateBindResourceSyncTask(request);
    TencentSdk.assertKnows(wire, made);
    assertThat(made.getCertTaskIds())
        .singleElement()
        .satisfies(task -> assertThat(task.getCertId()).isEqualTo(request.getCertificateIds()[0]));
    assertThat(
            TencentSdk.refusal(() -> sdk().CreateCertificateBindResourceSyncTask(look("a1B2c3D4")))
                .getErrorCode())
        .isEqualTo("FailedOperation.CertificateNotFound");
  }

  private void tellsOfUses() throws Exception {
    String id = customer.issued("www.example.com");
    instances(id, 0);
    DescribeCertificateBindResourceTaskResultRequest request =
        new DescribeCertificateBindResourceTaskResultRequest();
    request.setTaskIds(
        new String[] {
          sdk().CreateCertificateBindResourceSyncTask(look(id)).getCertTaskIds()[0].getTaskId()
        });
    DescribeCertificateBindResourceTaskResultResponse told =
        sdk().DescribeCertificateBindResourceTaskResult(request);
    TencentSdk.assertKnows(wire, told);
    assertThat(told.getSyncTaskBindResourceResult()[0].getStatus()).isOne();
    assertThat(told.getSyncTaskBindResourceResult()[0].getBindResourceResult())
        .allSatisfy(
            type -> assertThat(type.getBindResourceRegionResult()[0].getTotalCount()).isPositive());
  }

  private static CreateCertificateBindResourceSyncTaskRequest look(String certificate) {
    CreateCertificateBindResourceSyncTaskRequest request =
        new CreateCertificateBindResourceSyncTaskRequest();
    request.setCertificateIds(new String[] {certificate});
    request.setIsCache(0L);
    return request;
  }
}
