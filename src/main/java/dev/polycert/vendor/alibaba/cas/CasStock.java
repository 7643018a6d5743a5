package dev.polycert.vendor.alibaba.cas;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Reference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Picks, among an account's instances, those that an application can use. */
final class CasStock {
  /** An instance that is paid for less time is not worth another certificate. */
  private static final Duration WORTH = Duration.ofDays(30);

  private final Clock clock;

  CasStock(Clock clock) {
    this.clock = clock;
  }

  /**
   * Lists the unused instances that fit the names and the options, in an order that stays the same:
   * one that is prepared for these names already, then the smallest first. One that was prepared
   * for others is not ours to take.
   */
  static List<CasInstance> unused(Application application, List<CasInstance> listed) {
    Set<DomainName> names = CasOptions.names(application);
    return listed.stream()
        .filter(CasInstance::isInactive)
        .filter(each -> each.type().equals(CasOptions.instanceType(application)))
        .filter(each -> each.certificateType().equals(CasOptions.certificateType(application)))
        .filter(each -> isAsked(application.option(CasOptions.BRAND), each.brand()))
        .filter(each -> each.holds(names))
        .filter(each -> each.names().isEmpty() || isFor(each, names))
        .sorted(
            Comparator.comparing((CasInstance each) -> each.names().isEmpty())
                .thenComparing(each -> each.singles() + each.wildcards())
                // Orders of a bulk begin at different instances, so that few meet at one.
                .thenComparing(each -> (each.id() + application.domain().ascii()).hashCode())
                .thenComparing(CasInstance::id))
        .toList();
  }

  /**
   * The bought instance that a renewal follows, while it is paid for: another certificate in it
   * costs nothing more.
   */
  Optional<CasInstance> renewable(Application application, List<CasInstance> listed) {
    Instant soon = clock.instant().plus(WORTH);
    return listed.stream()
        .filter(each -> isPredecessor(application, each.id()))
        .filter(CasInstance::isRenewable)
        .filter(each -> each.holds(CasOptions.names(application)))
        .filter(each -> each.paidUntil() != null && each.paidUntil().isAfter(soon))
        .findFirst();
  }

  private static boolean isFor(CasInstance instance, Set<DomainName> names) {
    return instance.has(names) && instance.names().size() == names.size();
  }

  private static boolean isAsked(@Nullable String asked, String value) {
    return asked == null || asked.equals(value);
  }

  /**
   * Finds the instance that already is what the application asks for: one under way first, then the
   * one whose certificate lasts longest. A renewal takes neither the instance that it follows nor a
   * certificate that ends no later; and nobody else's key will do for a CSR.
   */
  Optional<CasInstance> existing(Application application, List<CasInstance> listed) {
    if (application.terms().information().csr() != null) {
      return Optional.empty();
    }
    Instant after = endOfPredecessor(application, listed);
    Set<DomainName> names = CasOptions.names(application);
    return listed.stream()
        .filter(each -> each.has(names))
        .filter(each -> isOfKey(each, application.terms().keyAlgorithm()))
        .filter(each -> !isPredecessor(application, each.id()))
        .filter(each -> application.others().stream().noneMatch(it -> isOf(it, each.id())))
        .filter(each -> each.isPending() || (each.isValid() && end(each).isAfter(after)))
        .max(
            Comparator.comparing(CasInstance::isPending)
                .thenComparing(CasStock::end)
                .thenComparing(CasInstance::id));
  }

  private static boolean isOfKey(CasInstance instance, KeyAlgorithm wanted) {
    return instance.keyAlgorithm().isEmpty()
        || !wanted.differsFrom(KeyAlgorithm.spelling(instance.keyAlgorithm()));
  }

  static boolean isPredecessor(Application application, String instanceId) {
    return application.renewalOf() != null && isOf(application.renewalOf(), instanceId);
  }

  private static boolean isOf(Reference reference, String instanceId) {
    return Objects.equals(reference.ids().get(CasOptions.INSTANCE_ID), instanceId);
  }

  private Instant endOfPredecessor(Application application, List<CasInstance> listed) {
    Instant now = clock.instant();
    return listed.stream()
        .filter(each -> isPredecessor(application, each.id()))
        .map(CasStock::end)
        .filter(now::isBefore)
        .findFirst()
        .orElse(now);
  }

  /** An unknown end counts as already there, so that nothing of unknown worth is taken over. */
  private static Instant end(CasInstance each) {
    return Objects.requireNonNullElse(each.notAfter(), Instant.EPOCH);
  }
}
