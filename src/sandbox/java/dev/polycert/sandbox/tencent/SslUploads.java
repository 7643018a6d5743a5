package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.World.Issued;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

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
    PrivateKey key = key(sent.getString("CertificatePrivateKey", ""));
    if (!belongs(key, certificate)) {
      throw new Refused("FailedOperation.CertificateMismatch", "证书与私钥不对应。");
    }
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
    certificate.alias = sent.getString("Alias", "");
    certificate.issued = content;
    return certificate.id;
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

  /** Reads keys in PKCS #8 and in OpenSSL's own form. */
  private static PrivateKey key(String pem) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      return switch (parser.readObject()) {
        case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
        case PrivateKeyInfo info -> converter.getPrivateKey(info);
        case null, default -> throw new IOException("no private key");
      };
    } catch (IOException noKey) {
      throw new Refused("FailedOperation.CertificateMismatch", "证书与私钥不对应。");
    }
  }

  private static boolean belongs(PrivateKey key, X509Certificate certificate) {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    byte[] anything = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(anything);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(anything);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException otherKind) {
      return false;
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
