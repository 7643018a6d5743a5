package dev.polycert.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor reports about an issued certificate. Everything but the name may be unknown.
 *
 * @param names the subject alternative names as the vendor lists them; not compared with the
 *     request, because vendors add names (an apex gets its {@code www})
 * @param notAfter the end of validity, exclusive
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CertificateFacts(
    String commonName,
    List<String> names,
    @Nullable String issuer,
    @Nullable String serialNumber,
    @Nullable String fingerprint,
    @Nullable String keyAlgorithm,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter) {

  public CertificateFacts {
    names = List.copyOf(names);
  }

  /** The same, with the key's algorithm as {@link KeyAlgorithm} spells it. */
  public CertificateFacts spelled() {
    return new CertificateFacts(
        commonName,
        names,
        issuer,
        serialNumber,
        fingerprint,
        keyAlgorithm == null ? null : KeyAlgorithm.spelling(keyAlgorithm),
        notBefore,
        notAfter);
  }
}
