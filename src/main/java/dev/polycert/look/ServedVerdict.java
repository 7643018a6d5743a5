package dev.polycert.look;

import dev.polycert.domain.Expiry;
import dev.polycert.domain.Printable;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedAddress.Status;
import dev.polycert.domain.ServedHost;
import dev.polycert.domain.ServedLook.Wanted;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what an address shows with what it should. */
final class ServedVerdict {
  private final ServedHost host;
  private final @Nullable Wanted wanted;
  private final Instant now;

  ServedVerdict(ServedHost host, @Nullable Wanted wanted, Instant now) {
    this.host = host;
    this.wanted = wanted;
    this.now = now;
  }

  /** The finding at an address. */
  ServedAddress of(String address, List<X509Certificate> shown) {
    ServedCertificate own = new ServedCertificate(shown.getFirst());
    Verdict verdict = verdict(own, shown);
    return new ServedAddress(
        host.toString(),
        address,
        verdict.status(),
        verdict.detail(),
        own.serialNumber(),
        own.fingerprint(),
        own.notBefore(),
        own.notAfter());
  }

  private record Verdict(Status status, @Nullable String detail) {}

  private Verdict verdict(ServedCertificate own, List<X509Certificate> shown) {
    if (!own.covers(host.expected())) {
      return new Verdict(
          Status.NAME_NOT_COVERED,
          "serves a certificate that is not for " + host.expected() + ": " + described(own));
    }
    if (wanted != null && !own.is(wanted)) {
      return own.isOlder(wanted)
          ? new Verdict(Status.OLDER, "still serves an older one: " + described(own))
          : new Verdict(Status.ANOTHER, "serves another certificate: " + described(own));
    }
    Optional<String> gap = ServedChain.gap(shown);
    if (gap.isPresent()) {
      return new Verdict(Status.CHAIN_INCOMPLETE, Printable.of(gap.get(), 300));
    }
    if (now.isBefore(own.notBefore())) {
      return new Verdict(
          Status.NOT_YET_VALID, "serves one that is valid only from " + own.notBefore());
    }
    return Expiry.worrying(own.notBefore(), own.notAfter(), now)
        ? new Verdict(
            Status.EXPIRING,
            (now.isBefore(own.notAfter())
                    ? "serves one that ends at "
                    : "serves one that ended at ")
                + own.notAfter())
        : new Verdict(Status.SERVED, null);
  }

  private static String described(ServedCertificate own) {
    return Printable.of(
        "serial number %s, by %s, valid from %s to %s"
            .formatted(
                own.serialNumber(),
                own.certificate().getIssuerX500Principal().getName(),
                own.notBefore(),
                own.notAfter()),
        300);
  }
}
