package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World.Issued;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** UploadCertificate: the customer's own certificates. */
final class SslUploads {
  private static final String END = "-----END CERTIFICATE-----";

  private final SslAccount account;

  SslUploads(SslAccount account) {
    this.account = account;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "UploadCertificate",
        new Operation(
            Parameters.required(Parameters.Type.STRING, "CertificatePublicKey")
                .optional(
                    Parameters.Type.STRING,
                    "CertificatePrivateKey",
                    "CertificateType",
                    "Alias",
                    "CertificateUse",
                    "KeyPassword")
                .optional(Parameters.Type.INTEGER, "ProjectId")
                .optional(Parameters.Type.BOOLEAN, "Repeatable")
                .optional(Parameters.Type.OBJECTS, "Tags"),
            this::upload));
  }

  private JsonObject upload(JsonObject sent) {
    String chain = sent.getString("CertificatePublicKey");
    X509Certificate certificate = certificate(chain);
    PrivateKey key =
        Pem.privateKey(sent.getString("CertificatePrivateKey", ""))
            .filter(read -> Pem.belongs(read, certificate))
            .orElseThrow(() -> new Refused("FailedOperation.CertificateMismatch", "证书与私钥不对应。"));
    Issued content = content(certificate, chain, key);
    Optional<SslCertificate> same =
        sent.getBoolean("Repeatable", true)
            ? Optional.empty()
            : account.all().stream().filter(held -> isSame(held, content)).findFirst();
    String id = same.map(held -> held.id).orElseGet(() -> add(sent, certificate, content));
    return new JsonObject()
        .put("CertificateId", id)
        .put("RepeatCertId", same.map(held -> held.id).orElse(""));
  }

  private static boolean isSame(SslCertificate held, Issued content) {
    return held.uploaded && held.issued != null && held.issued.sha256().equals(content.sha256());
  }

  private String add(JsonObject sent, X509Certificate x509, Issued content) {
    String name = x509.getSubjectX500Principal().getName().replaceFirst(".*?CN=([^,]+).*", "$1");
    SslCertificate certificate = account.add(name, true, SslStatus.ISSUED);
    certificate.uploaded = true;
    certificate.moreDomains = hosts(x509);
    certificate.alias = sent.getString("Alias", "");
    certificate.issued = content;
    return certificate.id;
  }

  /** The DNS names among the alternative ones (RFC 5280, 4.2.1.6). */
  private static List<String> hosts(X509Certificate x509) {
    try {
      Collection<List<?>> names = x509.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> Integer.valueOf(2).equals(name.get(0)))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      throw new Refused("FailedOperation.CertificateInvalid", "证书不符合标准。");
    }
  }

  private static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException noCertificate) {
      throw new Refused("FailedOperation.CertificateInvalid", "证书不符合标准。");
    }
  }

  private static Issued content(X509Certificate certificate, String chain, PrivateKey key) {
    int end = chain.indexOf(END) + END.length();
    try {
      byte[] der = certificate.getEncoded();
      return new Issued(
          chain.substring(0, end).strip() + "\n",
          chain.substring(end).strip() + "\n",
          new KeyPair(certificate.getPublicKey(), key),
          certificate.getSerialNumber().toString(16),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(der)),
          Digests.sha256(der),
          certificate.getNotBefore().toInstant(),
          certificate.getNotAfter().toInstant(),
          certificate.getIssuerX500Principal().getName());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("what was decoded can be encoded", e);
    }
  }
}
