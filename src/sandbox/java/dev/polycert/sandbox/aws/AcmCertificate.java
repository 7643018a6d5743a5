package dev.polycert.sandbox.aws;

import dev.polycert.sandbox.Pem;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certificate that was requested or imported. It changes as it is issued, used and imported. */
final class AcmCertificate {
  final String arn;
  final List<String> names;
  final String keyAlgorithm;
  final boolean imported;
  final boolean exportable;
  final Instant created;
  final List<String> inUseBy = new ArrayList<>();

  /** Whether it was described before: ACM makes the records of validations a moment later. */
  boolean described;

  @Nullable Instant issued;
  String certificate = "";
  String chain = "";
  String privateKey = "";

  AcmCertificate(
      String arn,
      List<String> names,
      String keyAlgorithm,
      boolean imported,
      boolean exportable,
      Instant created) {
    this.arn = arn;
    this.names = List.copyOf(names);
    this.keyAlgorithm = keyAlgorithm;
    this.imported = imported;
    this.exportable = exportable;
    this.created = created;
  }

  /** Takes a content. */
  void hold(String certificate, String chain, String privateKey, Instant at) {
    this.certificate = certificate;
    this.chain = chain;
    this.privateKey = privateKey;
    this.issued = at;
  }

  X509Certificate x509() {
    try {
      return Pem.certificate(certificate);
    } catch (CertificateException e) {
      throw new IllegalStateException("only what can be read is held", e);
    }
  }

  /** As ACM names the keys of certificates. */
  static String algorithm(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> "RSA_" + rsa.getModulus().bitLength();
      case ECPublicKey elliptic ->
          switch (elliptic.getParams().getCurve().getField().getFieldSize()) {
            case 256 -> "EC_prime256v1";
            case 384 -> "EC_secp384r1";
            default -> "EC_secp521r1";
          };
      default -> certificate.getPublicKey().getAlgorithm();
    };
  }

  /** As lists and descriptions show it. */
  String status(Instant now) {
    if (issued == null) {
      return now.isAfter(created.plus(AcmCertificates.VALIDATION))
          ? "VALIDATION_TIMED_OUT"
          : "PENDING_VALIDATION";
    }
    return x509().getNotAfter().toInstant().isBefore(now) ? "EXPIRED" : "ISSUED";
  }
}
