package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World.Issued;
import dev.polycert.sandbox.World.KeyKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A certificate as the Describe operations show it. Much of it is null, as at the vendor. */
final class SslViews {
  private final SslAccount account;

  SslViews(SslAccount account) {
    this.account = account;
  }

  /** DescribeCertificate: the SAN list includes the main domain. */
  JsonObject certificate(SslCertificate certificate) {
    return common(certificate)
        .put("SubjectAltName", names(certificate, true))
        .put("DvAuthDetail", dvAuthDetail(certificate))
        .put("DvRevokeAuthDetail", new JsonArray())
        .putNull("VulnerabilityReport")
        .put("SubmittedData", submitted(certificate))
        .put("PackageTypeName", product(certificate))
        .put("CAEncryptAlgorithms", new JsonArray())
        .put("CACommonNames", new JsonArray())
        .put("CAEndTimes", new JsonArray())
        .put("OrderId", certificate.orderId);
  }

  /** DescribeCertificateDetail: the SAN list lacks the main domain. */
  JsonObject detail(SslCertificate certificate) {
    Issued issued = certificate.issued;
    JsonObject json =
        common(certificate)
            .put("SubjectAltName", names(certificate, false))
            .put("DvAuthDetail", dvAuthDetail(certificate))
            .put("DvRevokeAuthDetail", new JsonArray())
            .putNull("VulnerabilityReport")
            .put("SubmittedData", submitted(certificate))
            .put("OrderId", certificate.orderId)
            .put("TypeName", product(certificate))
            .put("CertType", certificate.paid ? "OV" : "DV")
            .put("DomainType", domainType(certificate))
            .put("EncryptAlgorithm", algorithm(certificate))
            .putNull("EncryptCert")
            .putNull("EncryptPrivateKey")
            .put("UseCrossSignRoot", false);
    return json.put("CertificatePublicKey", issued == null ? null : chain(issued))
        .put("CertificatePrivateKey", issued == null ? null : privateKey(issued))
        .put("CertFingerprint", issued == null ? null : issued.sha1())
        .put(
            "RootCert",
            new JsonObject()
                .putNull("Sign")
                .putNull("Encrypt")
                .put("Standard", issued == null ? null : issued.chainPem()));
  }

  /** One element of DescribeCertificates. */
  JsonObject item(SslCertificate certificate) {
    return common(certificate)
        .put("SubjectAltName", names(certificate, true))
        .put("CertSANs", names(certificate, true))
        .put("PackageTypeName", product(certificate))
        .put("EncryptAlgorithm", algorithm(certificate))
        .put("DVAuthDeadline", time(certificate.deadline()))
        .put(
            "ValidationPassedTime",
            certificate.validatedAt == null ? "--" : time(certificate.validatedAt))
        .putNull("CertRevokedTime")
        .put("AwaitingValidationMsg", "")
        .put("IsExpiring", false)
        .put("IsIgnore", false)
        .put("IsSM", false)
        .put("AutoRenewFlag", 0)
        .put("HostingStatus", -1)
        .putNull("AllowDownload")
        .putNull("BoundResource")
        .put(
            "ProjectInfo",
            new JsonObject()
                .put("ProjectId", String.valueOf(certificate.projectId))
                .put("ProjectName", certificate.projectId == 0 ? "默认项目" : "project"));
  }

  private JsonObject common(SslCertificate certificate) {
    Issued issued = certificate.issued;
    return new JsonObject()
        .put("OwnerUin", "100000000001")
        .put("ProjectId", String.valueOf(certificate.projectId))
        .put("From", certificate.uploaded ? "upload" : "trustasia")
        .put("CertificateId", certificate.id)
        .put("CertificateType", "SVR")
        .put("PackageType", certificate.paid ? "25" : "83")
        .put("ProductZhName", product(certificate))
        .put("Domain", certificate.domain)
        .put("Alias", certificate.alias)
        .put("Status", certificate.status)
        .put("StatusMsg", certificate.statusMessage)
        .put("StatusName", SslStatus.name(certificate.status))
        .put("VerifyType", certificate.method)
        .put("VulnerabilityStatus", "INACTIVE")
        .put("CertBeginTime", issued == null ? null : time(issued.notBefore()))
        .put("CertEndTime", issued == null ? null : time(issued.notAfter()))
        .put("ValidityPeriod", certificate.paid ? "12" : "3")
        .put("InsertTime", time(certificate.createdAt))
        .put("CertificateExtra", extra(certificate))
        .put("IsDv", !certificate.paid)
        .put("IsVip", false)
        .put("IsWildcard", wildcard(certificate))
        .put("IsVulnerability", false)
        .put("RenewAble", false)
        .put("Deployable", certificate.status == SslStatus.ISSUED)
        .put("Tags", new JsonArray());
  }

  private JsonObject dvAuthDetail(SslCertificate certificate) {
    if (!account.showsDetail(certificate)) {
      return new JsonObject()
          .putNull("DvAuths")
          .putNull("DvAuthKey")
          .putNull("DvAuthValue")
          .putNull("DvAuthDomain")
          .putNull("DvAuthPath")
          .put("DvAuthKeySubDomain", "");
    }
    DomainProof first = certificate.proofs.getFirst();
    JsonArray all = new JsonArray();
    certificate.proofs.forEach(proof -> all.add(proof.json(account.world())));
    return new JsonObject()
        .put("DvAuths", all)
        .put("DvAuthKey", first.key())
        .put("DvAuthValue", first.value())
        .put("DvAuthDomain", first.domain())
        .put("DvAuthPath", first.path())
        .put("DvAuthKeySubDomain", first.subDomain(account.world()));
  }

  private static JsonObject extra(SslCertificate certificate) {
    return new JsonObject()
        .put("DomainNumber", String.valueOf(certificate.domains().size()))
        .put("OriginCertificateId", certificate.replaces)
        .put("ReplacedBy", certificate.replacedBy)
        .put("ReplacedFor", certificate.replaces)
        .putNull("RenewOrder")
        .put("SMCert", 0)
        .put("CompanyType", certificate.paid ? 2 : 1);
  }

  private JsonArray names(SslCertificate certificate, boolean withMain) {
    List<String> names =
        certificate.issued == null ? certificate.domains() : certificate.subjects(account.world());
    return new JsonArray(
        names.stream().filter(name -> withMain || !name.equals(certificate.domain)).toList());
  }

  private static @Nullable JsonObject submitted(SslCertificate certificate) {
    return certificate.information.isEmpty() ? null : certificate.information.copy();
  }

  private static String product(SslCertificate certificate) {
    return certificate.paid ? "TrustAsia OV" : "TrustAsia C1 DV Free";
  }

  private static String algorithm(SslCertificate certificate) {
    return certificate.keyKind == KeyKind.RSA_2048 ? "RSA 2048" : "ECC prime256v1";
  }

  private static int domainType(SslCertificate certificate) {
    int single = certificate.domains().size() == 1 ? 1 : 2;
    return wildcard(certificate) ? single + 2 : single;
  }

  private static boolean wildcard(SslCertificate certificate) {
    return certificate.domain.startsWith("*.");
  }

  private static String chain(Issued issued) {
    return issued.certificatePem() + issued.chainPem();
  }

  private static @Nullable String privateKey(Issued issued) {
    return issued.keys() == null ? null : Pem.encode(issued.keys().getPrivate());
  }

  /** Times are texts in Beijing time. */
  static String time(Instant instant) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
        .format(instant.atOffset(ZoneOffset.ofHours(8)));
  }
}
