package dev.polycert.sandbox.aws;

import dev.polycert.sandbox.Pem;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A certificate that was requested or imported. It changes as it is issued, used and imported. */
final class AcmCertificate {
  /** "ACM waits up to 72 hours for a validation." */
  private static final Duration VALIDATION = Duration.ofHours(72);

  private static final Duration A_MOMENT = Duration.ofSeconds(30);

  final String arn;
  final List<String> names;
  final String keyAlgorithm;

  /** {@code DNS} or {@code EMAIL}; null for an import. */
  final @Nullable String method;

  final boolean exportable;
  final Instant created;
  final List<String> inUseBy = new ArrayList<>();
  final Map<String, String> tags = new LinkedHashMap<>();

  /** Whether it was described before. */
  boolean described;

  /** When all its names were validated. */
  @Nullable Instant validated;

  @Nullable Instant issued;
  @Nullable Instant revoked;

  /** Since it was issued or renewed last. */
  boolean exported;

  /** {@code FailureReason}; null while it has not failed. */
  @Nullable String failure;

  /** {@code RenewalStatus}; null before ACM begins to renew it. */
  @Nullable String renewal;

  String certificate = "";
  String chain = "";
  String privateKey = "";

  AcmCertificate(
      String arn,
      List<String> names,
      String keyAlgorithm,
      @Nullable String method,
      boolean exportable,
      Instant created) {
    this.arn = arn;
    this.names = List.copyOf(names);
    this.keyAlgorithm = keyAlgorithm;
    this.method = method;
    this.exportable = exportable;
    this.created = created;
  }

  /** ACM makes the records of validations a moment later, so that the first look shows none. */
  boolean hasRecords(Instant now) {
    return described || now.isAfter(created.plus(A_MOMENT));
  }

  boolean imported() {
    return method == null;
  }

  String type() {
    return imported() ? "IMPORTED" : "AMAZON_ISSUED";
  }

  /** Takes a content. */
  void hold(String certificate, String chain, String privateKey, Instant at) {
    this.certificate = certificate;
    this.chain = chain;
    this.privateKey = privateKey;
    this.issued = at;
    this.exported = false;
  }

  X509Certificate x509() {
    try {
      return Pem.certificate(certificate);
    } catch (CertificateException e) {
      throw new IllegalStateException("only what can be read is held", e);
    }
  }

  Instant end() {
    return x509().getNotAfter().toInstant();
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
    if (failure != null) {
      return "FAILED";
    }
    if (revoked != null) {
      return "REVOKED";
    }
    if (issued == null) {
      return now.isAfter(created.plus(VALIDATION)) ? "VALIDATION_TIMED_OUT" : "PENDING_VALIDATION";
    }
    return end().isBefore(now) ? "EXPIRED" : "ISSUED";
  }

  /** "Managed renewal": in use, or exported since it was issued or renewed last. */
  boolean renewable(Instant now) {
    return status(now).equals("ISSUED") && !imported() && (exported || !inUseBy.isEmpty());
  }
}
