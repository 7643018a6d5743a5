package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import java.security.cert.CertificateException;
import java.util.Optional;

/** Checks a certificate and its private key, as they are uploaded. */
final class KeyPairs {
  private KeyPairs() {}

  /** What is wrong with the two parameters; empty when the key is that of the certificate. */
  static Optional<Refusal> refusal(Query parameters, String certificate, String privateKey) {
    var missing = Refusals.missing(parameters, privateKey);
    if (missing.isPresent()) {
      return missing;
    }
    try {
      var read = Pem.certificate(parameters.text(certificate).orElse(""));
      return Pem.privateKey(parameters.text(privateKey).orElse(""))
              .filter(key -> Pem.belongs(key, read))
              .isPresent()
          ? Optional.empty()
          : Optional.of(Refusals.invalid(privateKey, "the private key of the certificate"));
    } catch (CertificateException unreadable) {
      return Optional.of(unreadable(certificate));
    }
  }

  static Refusal unreadable(String parameter) {
    return Refusals.invalid(parameter, "a certificate chain in PEM");
  }
}
