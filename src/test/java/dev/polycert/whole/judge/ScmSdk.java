package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.core.utils.JsonUtils;
import com.huaweicloud.sdk.scm.v3.ScmClient;
import com.huaweicloud.sdk.scm.v3.model.ApplyCertificateRequest;
import com.huaweicloud.sdk.scm.v3.model.ApplyCertificateRequestBody;
import com.huaweicloud.sdk.scm.v3.model.BatchPushCertificateRequest;
import com.huaweicloud.sdk.scm.v3.model.BatchPushCertificateRequestBody;
import com.huaweicloud.sdk.scm.v3.model.BatchPushCertificateResponse;
import com.huaweicloud.sdk.scm.v3.model.CancelCertificateRequestRequest;
import com.huaweicloud.sdk.scm.v3.model.CancelCertificateRequestResponse;
import com.huaweicloud.sdk.scm.v3.model.DeleteCertificateRequest;
import com.huaweicloud.sdk.scm.v3.model.DeployCertificateRequest;
import com.huaweicloud.sdk.scm.v3.model.DeployCertificateRequestBody;
import com.huaweicloud.sdk.scm.v3.model.DeployedResource;
import com.huaweicloud.sdk.scm.v3.model.ExportCertificateRequest;
import com.huaweicloud.sdk.scm.v3.model.ExportCertificateResponse;
import com.huaweicloud.sdk.scm.v3.model.ImportCertificateRequest;
import com.huaweicloud.sdk.scm.v3.model.ImportCertificateRequestBody;
import com.huaweicloud.sdk.scm.v3.model.ImportCertificateResponse;
import com.huaweicloud.sdk.scm.v3.model.ListCertificatesRequest;
import com.huaweicloud.sdk.scm.v3.model.ListCertificatesResponse;
import com.huaweicloud.sdk.scm.v3.model.ListDeployedResourcesRequest;
import com.huaweicloud.sdk.scm.v3.model.ListDeployedResourcesRequestBody;
import com.huaweicloud.sdk.scm.v3.model.ListDeployedResourcesResponse;
import com.huaweicloud.sdk.scm.v3.model.PurchaseCertificateRequestBody;
import com.huaweicloud.sdk.scm.v3.model.PushCertificateRequest;
import com.huaweicloud.sdk.scm.v3.model.PushCertificateRequestBody;
import com.huaweicloud.sdk.scm.v3.model.ShowCertificateRequest;
import com.huaweicloud.sdk.scm.v3.model.ShowCertificateResponse;
import com.huaweicloud.sdk.scm.v3.model.SubscribeCertificateRequest;
import com.huaweicloud.sdk.scm.v3.model.SubscribeCertificateResponse;
import com.huaweicloud.sdk.scm.v3.model.UnsubscribeCertificateRequest;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Huawei Cloud's SDK, pointed at the sandbox. */
final class ScmSdk {
  static final String PROJECT = "0".repeat(32);
  static final Map<String, String> KEYS =
      Map.of("HUAWEICLOUD_SDK_AK", Capture.KEY_ID, "HUAWEICLOUD_SDK_SK", Capture.SECRET);

  private ScmSdk() {}

  static ScmClient client(String authority, String secret) {
    return ScmClient.newBuilder()
        .withCredential(
            new BasicCredentials().withAk(Capture.KEY_ID).withSk(secret).withProjectId(PROJECT))
        .withEndpoint("http://" + authority)
        .build();
  }

  /** The error that the SDK made of the answer. */
  static ServiceResponseException refusal(ThrowingCallable call) {
    ServiceResponseException error = catchThrowableOfType(ServiceResponseException.class, call);
    assertThat(error).as("the call was not refused").isNotNull();
    assertThat(error.getErrorMsg()).isNotBlank();
    assertThat(error.getRequestId()).matches("[0-9a-f]{32}");
    return error;
  }

  /** The SDK's model takes all that the sandbox has just answered. */
  static void assertKnows(Wire wire, Object model) {
    Models.assertKnows(Models.read(wire.lastBody()), JsonUtils.toJSON(model));
  }

  static SubscribeCertificateResponse buy(ScmClient client, int count) {
    return client.subscribeCertificate(
        new SubscribeCertificateRequest()
            .withBody(
                new PurchaseCertificateRequestBody()
                    .withCertBrand("SYMANTEC")
                    .withCertType("DV_SSL_CERT_BASIC")
                    .withDomainType("SINGLE_DOMAIN")
                    .withEffectiveTime(1)
                    .withDomainNumbers(1)
                    .withOrderNumber(count)
                    .withAgreePrivacyProtection(true)
                    .withIsAutoPay(true)));
  }

  static String giveBack(ScmClient client, String id) {
    return client
        .unsubscribeCertificate(new UnsubscribeCertificateRequest().withCertId(id))
        .getUnsubscribeResults();
  }

  static String apply(ScmClient client, String id, String domain) {
    return client
        .applyCertificate(
            new ApplyCertificateRequest()
                .withCertificateId(id)
                .withBody(
                    new ApplyCertificateRequestBody()
                        .withDomain(domain)
                        .withApplicantName("张三")
                        .withApplicantPhone("10000000000")
                        .withApplicantEmail("admin@example.com")
                        .withAgreePrivacyProtection(true)))
        .getRequestInfo();
  }

  static ShowCertificateResponse show(ScmClient client, String id) {
    return client.showCertificate(new ShowCertificateRequest().withCertificateId(id));
  }

  static ListCertificatesResponse list(ScmClient client, String status, int limit) {
    return client.listCertificates(
        new ListCertificatesRequest()
            .withLimit(limit)
            .withOffset(0)
            .withSortKey("certUpdateTime")
            .withSortDir("DESC")
            .withStatus(status));
  }

  static CancelCertificateRequestResponse cancel(ScmClient client, String id) {
    return client.cancelCertificateRequest(
        new CancelCertificateRequestRequest().withCertificateId(id));
  }

  static void delete(ScmClient client, String id) {
    client.deleteCertificate(new DeleteCertificateRequest().withCertificateId(id));
  }

  static ExportCertificateResponse export(ScmClient client, String id) {
    return client.exportCertificate(new ExportCertificateRequest().withCertificateId(id));
  }

  static String importOwn(ScmClient client, String certificate, String chain, String key) {
    ImportCertificateResponse imported =
        client.importCertificate(
            new ImportCertificateRequest()
                .withBody(
                    new ImportCertificateRequestBody()
                        .withName("own")
                        .withCertificate(certificate)
                        .withCertificateChain(chain)
                        .withPrivateKey(key)));
    return imported.getCertificateId();
  }

  static void push(ScmClient client, String id, String service) {
    client.pushCertificate(
        new PushCertificateRequest()
            .withCertificateId(id)
            .withBody(
                new PushCertificateRequestBody()
                    .withTargetProject("cn-north-4")
                    .withTargetService(service)));
  }

  static List<?> deploy(ScmClient client, String id, String service) {
    return client
        .deployCertificate(
            new DeployCertificateRequest()
                .withCertificateId(id)
                .withBody(
                    new DeployCertificateRequestBody()
                        .withServiceName(service)
                        .withResources(
                            List.of(new DeployedResource().withDomainName("www.example.com")))))
        .getFailureList();
  }

  static BatchPushCertificateResponse pushToMany(ScmClient client, String id, String service) {
    return client.batchPushCertificate(
        new BatchPushCertificateRequest()
            .withCertificateId(id)
            .withBody(
                new BatchPushCertificateRequestBody()
                    .withTargetProjects(List.of("cn-north-4", "cn-east-3"))
                    .withTargetService(service)));
  }

  static ListDeployedResourcesResponse deployed(ScmClient client, String id, String service) {
    return client.listDeployedResources(
        new ListDeployedResourcesRequest()
            .withBody(
                new ListDeployedResourcesRequestBody()
                    .withCertificateIds(List.of(id))
                    .withServiceNames(List.of(service))));
  }
}
