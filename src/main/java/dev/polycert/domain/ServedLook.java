package dev.polycert.domain;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the certificates that hosts serve, as a client sees them. Never fails: what is wrong is
 * in the findings.
 */
public interface ServedLook {

  /**
   * Looks at every address of a host.
   *
   * @param wanted what it should serve; null where any good certificate is right
   * @return one finding for each address, at least one
   */
  Uni<List<ServedAddress>> look(ServedHost host, @Nullable Wanted wanted, Instant deadline);

  /**
   * A certificate by what is known of it. Each member may be unknown: the surest one decides.
   *
   * @param fingerprint SHA-256 or SHA-1, in hexadecimal digits of any spelling
   * @param serialNumber in hexadecimal digits of any spelling
   * @param notAfter the end, exclusive
   * @param keyType {@code EC} or {@code RSA}: servers may have a certificate of each kind
   */
  record Wanted(
      @Nullable String fingerprint,
      @Nullable String serialNumber,
      @Nullable Instant notBefore,
      @Nullable Instant notAfter,
      @Nullable String keyType) {}
}
