package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.UtcTime;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Picks, among a site's certificates, the one that already is what an application asks for. */
final class EsaExisting {
  /** Put there by others; a free certificate is another thing. */
  private static final Set<String> FOREIGN_TYPES = Set.of("cas", "upload", "keyless");

  private final Clock clock;

  EsaExisting(Clock clock) {
    this.clock = clock;
  }

  /**
   * An application under way comes first, then the issued certificate that lasts longest. A renewal
   * takes neither the certificate that it follows nor one that ends no later.
   */
  Optional<EsaCertificate> find(Application application, List<EsaCertificate> listed) {
    Instant after = endOfPredecessor(application.renewalOf(), listed);
    return listed.stream()
        .filter(certificate -> certificate.id() != null)
        .filter(certificate -> isFor(application.domain(), certificate))
        .filter(certificate -> !isPredecessor(application.renewalOf(), certificate))
        .filter(certificate -> running(certificate) || lastsBeyond(after, certificate))
        .max(
            Comparator.comparing(EsaExisting::running)
                .thenComparing(EsaExisting::end)
                .thenComparing(certificate -> Objects.requireNonNull(certificate.id())));
  }

  private static boolean isFor(DomainName domain, EsaCertificate certificate) {
    String type = certificate.type();
    return certificate.domain().equalsIgnoreCase(domain.ascii())
        && (type == null || !FOREIGN_TYPES.contains(type));
  }

  private static boolean isPredecessor(@Nullable Reference old, EsaCertificate certificate) {
    return old != null && old.id("id").equals(certificate.id());
  }

  private Instant endOfPredecessor(@Nullable Reference old, List<EsaCertificate> listed) {
    Instant now = clock.instant();
    return listed.stream()
        .filter(certificate -> isPredecessor(old, certificate))
        .map(EsaExisting::end)
        .filter(now::isBefore)
        .findFirst()
        .orElse(now);
  }

  private static boolean running(EsaCertificate certificate) {
    return "Applying".equals(certificate.status());
  }

  private static boolean lastsBeyond(Instant time, EsaCertificate certificate) {
    String status = Objects.requireNonNullElse(certificate.status(), "");
    return EsaStatus.phase(status, false) == Phase.ISSUED && end(certificate).isAfter(time);
  }

  /** An unknown end counts as already there, so that nothing of unknown worth is taken over. */
  private static Instant end(EsaCertificate certificate) {
    Instant end = UtcTime.parse(certificate.notAfter());
    return end == null ? Instant.EPOCH : end;
  }
}
