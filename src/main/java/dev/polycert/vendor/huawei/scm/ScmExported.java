package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.PrivateKeyPem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer of ExportCertificate, which always holds the private key where SCM made it.
 *
 * @param certificate the end-entity certificate in PEM
 * @param chain the intermediate certificates in PEM
 * @param privateKey none when the certificate was issued for a CSR of the applicant's
 */
@RegisterForReflection
record ScmExported(
    @JsonProperty("certificate") @Nullable String certificate,
    @JsonProperty("certificate_chain") @Nullable String chain,
    @JsonProperty("private_key") @Nullable String privateKey) {

  /** This answer, if there is a certificate in it. */
  Optional<ScmExported> complete() {
    return Optional.of(this).filter(told -> Trimmed.orNull(told.certificate) != null);
  }

  /** What was asked for, and no key without being asked for it. */
  CertificateBundle export(boolean includePrivateKey) {
    String key = includePrivateKey ? Trimmed.orNull(privateKey) : null;
    return new CertificateBundle(
        Trimmed.orEmpty(certificate) + "\n",
        Trimmed.orNull(chain) == null ? "" : Trimmed.orEmpty(chain) + "\n",
        key == null ? null : new PrivateKeyPem(key + "\n"));
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "ScmExported[hidden]";
  }
}
