package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.provider.RevocationReason;
import dev.polycert.vendor.tencent.TencentClient;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The operations of the SSL API that end certificates and applications. */
final class SslEndApi {
  private final TencentClient client;

  SslEndApi(TencentClient client) {
    this.client = client;
  }

  Uni<Answer<CertificateIdAnswer>> cancelOrder(String certificateId, CallContext context) {
    return client.write(
        "CancelCertificateOrder",
        context,
        new CertificateIdRequest(certificateId),
        CertificateIdAnswer.class);
  }

  Uni<Answer<CancelAuditAnswer>> cancelAudit(String certificateId, CallContext context) {
    return client.write(
        "CancelAuditCertificate",
        context,
        new CertificateIdRequest(certificateId),
        CancelAuditAnswer.class);
  }

  /** Deletes, unless the vendor finds a cloud resource that uses the certificate. */
  Uni<Answer<DeleteCertificateAnswer>> delete(String certificateId, CallContext context) {
    return client.write(
        "DeleteCertificate",
        context,
        new DeleteCertificateRequest(certificateId, true),
        DeleteCertificateAnswer.class);
  }

  Uni<Answer<DeleteTasksAnswer>> deleteTask(String taskId, CallContext context) {
    return client.read(
        "DescribeDeleteCertificatesTaskResult",
        context,
        new DeleteTasksRequest(List.of(taskId)),
        DeleteTasksAnswer.class);
  }

  Uni<Answer<RevokeCertificateAnswer>> revoke(
      String certificateId, RevocationReason reason, CallContext context) {
    return client.write(
        "RevokeCertificate",
        context,
        new RevokeCertificateRequest(certificateId, reason.name()),
        RevokeCertificateAnswer.class);
  }
}
