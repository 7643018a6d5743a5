package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.Csr;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** SubmitCertificateInformation and CommitCertificateInformation, for paid certificates. */
final class SslInformation {
  private static final String[] REQUIRED = {
    "CsrType",
    "OrganizationName",
    "OrganizationDivision",
    "OrganizationAddress",
    "OrganizationCountry",
    "OrganizationCity",
    "OrganizationRegion",
    "PhoneAreaCode",
    "PhoneNumber",
    "AdminFirstName",
    "AdminLastName",
    "AdminPhoneNum",
    "AdminEmail",
    "AdminPosition",
    "ContactFirstName",
    "ContactLastName",
    "ContactEmail",
    "ContactNumber",
    "ContactPosition"
  };

  private final SslAccount account;
  private final World world;

  SslInformation(SslAccount account) {
    this.account = account;
    this.world = account.world();
  }

  Map<String, Operation> operations() {
    return Map.of(
        "SubmitCertificateInformation",
        new Operation(
            20,
            Parameters.required(Parameters.Type.STRING, "CertificateId")
                .optional(Parameters.Type.STRING, REQUIRED)
                .optional(
                    Parameters.Type.STRING,
                    "CsrContent",
                    "CertificateDomain",
                    "KeyPassword",
                    "PostalCode",
                    "VerifyType")
                .optional(Parameters.Type.STRINGS, "DomainList")
                .optional(Parameters.Type.BOOLEAN, "IsDV"),
            this::submit),
        "CommitCertificateInformation",
        new Operation(
            20,
            Parameters.required(Parameters.Type.STRING, "CertificateId")
                .optional(Parameters.Type.STRING, "VerifyType"),
            this::commit));
  }

  /** Merges the information, which may come in several parts. */
  private JsonObject submit(JsonObject sent) {
    SslCertificate certificate = awaitingInformation(sent);
    String csrType = sent.getString("CsrType", "online");
    if (!List.of("online", "parse").contains(csrType)) {
      throw invalid("CsrType: online or parse");
    }
    checkVerifyType(sent);
    JsonObject merged = certificate.information.copy();
    sent.stream()
        .filter(entry -> !entry.getKey().equals("CertificateId"))
        .forEach(entry -> merged.put(entry.getKey(), entry.getValue()));
    checkCsr(merged);
    certificate.information.mergeIn(merged);
    return new JsonObject().put("CertificateId", certificate.id);
  }

  /** The common name of a CSR is the domain that the certificate is for. */
  private static void checkCsr(JsonObject information) {
    String csr = information.getString("CsrContent", "");
    String domain = information.getString("CertificateDomain", "");
    if (!csr.isEmpty() && !domain.isEmpty() && !Csr.isFor(csr, domain)) {
      throw invalid("CsrContent: no PKCS#10 request whose common name is " + domain);
    }
  }

  private JsonObject commit(JsonObject sent) {
    SslCertificate certificate = awaitingInformation(sent);
    checkVerifyType(sent);
    JsonObject information = certificate.information;
    String domain = information.getString("CertificateDomain", certificate.domain);
    List<String> more =
        information.getJsonArray("DomainList", new JsonArray()).stream()
            .map(String.class::cast)
            .toList();
    checkComplete(information, domain);
    certificate.domain = domain;
    certificate.moreDomains = more;
    certificate.method = sent.getString("VerifyType", information.getString("VerifyType", "DNS"));
    certificate.status = certificate.letterRequired ? SslStatus.LETTER : SslStatus.REVIEWING;
    account.openValidation(certificate);
    world.ledger(SslAccount.PROVIDER, "CommitCertificateInformation", domain, certificate.id);
    return new JsonObject().put("OrderId", certificate.orderId).put("Status", certificate.status);
  }

  private void checkComplete(JsonObject information, String domain) {
    List<String> missing =
        Arrays.stream(REQUIRED).filter(name -> information.getString(name, "").isBlank()).toList();
    if (!missing.isEmpty()) {
      throw invalid("missing " + String.join(", ", missing));
    }
    boolean ownCsr = information.getString("CsrType").equals("parse");
    String csr = information.getString("CsrContent", "");
    if (ownCsr && world.issueForCsr(csr, List.of(domain), Duration.ofDays(1)).isEmpty()) {
      throw invalid("CsrContent: no PKCS#10 request");
    }
  }

  private SslCertificate awaitingInformation(JsonObject sent) {
    SslCertificate certificate = account.find(sent.getString("CertificateId"));
    if (certificate.status != SslStatus.INFORMATION) {
      throw new Refused("FailedOperation.InvalidCertificateStatusCode", "证书状态不正确。");
    }
    return certificate;
  }

  private static void checkVerifyType(JsonObject sent) {
    if (!List.of("DNS_AUTO", "DNS", "FILE").contains(sent.getString("VerifyType", "DNS"))) {
      throw invalid("VerifyType: DNS_AUTO, DNS or FILE");
    }
  }

  private static Refused invalid(String reason) {
    return new Refused("FailedOperation.InvalidParam", "参数有误: " + reason);
  }
}
