package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** CompleteCertificate and CheckCertificateDomainVerification: both make the CA look now. */
final class SslValidation {
  private final SslAccount account;

  SslValidation(SslAccount account) {
    this.account = account;
  }

  Map<String, Operation> operations() {
    Parameters id = Parameters.required(Parameters.Type.STRING, "CertificateId");
    return Map.of(
        "CompleteCertificate", new Operation(10, id, this::complete),
        "CheckCertificateDomainVerification", new Operation(10, id, this::check));
  }

  /** Issued certificates count as not found. */
  private JsonObject complete(JsonObject sent) {
    String notFound = "FailedOperation.CertificateNotFoundOrAudited";
    SslCertificate certificate = account.asItWas(sent.getString("CertificateId"), notFound);
    if (!certificate.awaitsValidation()) {
      throw new Refused(notFound, "证书不存在或已审核。");
    }
    account.progress(certificate);
    return new JsonObject().put("CertificateId", certificate.id);
  }

  private JsonObject check(JsonObject sent) {
    SslCertificate certificate =
        account.asItWas(sent.getString("CertificateId"), "FailedOperation.CertificateNotFound");
    if (!certificate.awaitsValidation()) {
      throw new Refused("FailedOperation.CertificateStatusNotAllowVerify", "证书状态不支持验证。");
    }
    account.progress(certificate);
    boolean passed = certificate.validatedAt != null;
    boolean issued = certificate.status == SslStatus.ISSUED;
    JsonArray results = new JsonArray();
    certificate.proofs.forEach(proof -> results.add(proof.result(account.world(), passed, issued)));
    return new JsonObject().put("VerificationResults", results);
  }
}
