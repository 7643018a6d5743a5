package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.UtcTime;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.vendor.huawei.scm.ScmApi.Listed;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Picks, among an account's certificates, those that an application can use. */
final class ScmStock {
  private static final String SINGLE = "SINGLE_DOMAIN";
  private static final String WILDCARD = "WILDCARD";
  private static final String MULTI = "MULTI_DOMAIN";

  private final Clock clock;

  ScmStock(Clock clock) {
    this.clock = clock;
  }

  /** The domain type made for the name. */
  static String domainType(DomainName domain) {
    return domain.wildcard() ? WILDCARD : SINGLE;
  }

  static boolean isMulti(String domainType) {
    return domainType.equals(MULTI);
  }

  /** Whether a certificate is of a product for one name; an unknown type is not taken for one. */
  static boolean isOfOneName(String domainType) {
    return domainType.equals(SINGLE) || domainType.equals(WILDCARD);
  }

  /**
   * Whether a certificate can hold the names.
   *
   * @param domainCount how many it holds; 0 where SCM does not say
   * @param wildcardCount how many of a multi-domain certificate's are wildcards
   */
  static boolean holds(
      String domainType, int domainCount, int wildcardCount, Set<DomainName> names) {
    if (!isMulti(domainType)) {
      return names.size() == 1 && domainType.equals(domainType(names.iterator().next()));
    }
    long wildcards = names.stream().filter(DomainName::wildcard).count();
    return wildcards <= wildcardCount
        && (domainCount == 0
            || (names.size() <= domainCount
                && names.size() - wildcards <= domainCount - wildcardCount));
  }

  /**
   * Lists the bought and unused certificates that fit the name and the options, in an order that
   * stays the same: least type first, multi-domain ones last, because one name wastes them, and of
   * these the smallest first.
   */
  static List<Listed> unused(Application application, List<Listed> listed) {
    Set<DomainName> names = ScmOptions.names(application);
    return listed.stream()
        .filter(each -> each.status().equals(ScmProgress.PAID) && each.domain().isEmpty())
        .filter(each -> holds(each.domainType(), each.domainCount(), each.wildcardCount(), names))
        .filter(each -> asked(application, ScmOptions.TYPE, each.type()))
        .filter(each -> asked(application, ScmOptions.BRAND, each.brand()))
        .sorted(
            Comparator.comparing((Listed each) -> isMulti(each.domainType()))
                .thenComparing(each -> rank(each.type()))
                .thenComparing(Listed::domainCount)
                // Orders of one bulk each begin with another one, so that few meet at the same.
                .thenComparing(each -> (each.id() + application.domain().ascii()).hashCode())
                .thenComparing(Listed::id))
        .toList();
  }

  private static boolean asked(Application application, String option, String value) {
    String asked = application.option(option);
    return asked == null || asked.equals(value);
  }

  private static int rank(String type) {
    int rank = ScmOptions.TYPES.indexOf(type);
    return rank < 0 ? ScmOptions.TYPES.size() : rank;
  }

  /**
   * Finds the certificate that already is what the application asks for: one under way first, then
   * the issued one that lasts longest. A renewal takes neither the certificate that it follows nor
   * one that ends no later.
   */
  Optional<Listed> existing(Application application, List<Listed> listed) {
    Instant after = endOfPredecessor(application, listed);
    Set<DomainName> names = ScmOptions.names(application);
    return listed.stream()
        .filter(each -> each.isFor(application.domain()))
        .filter(each -> covers(each.names(), names))
        .filter(each -> !isPredecessor(application, each.id()))
        .filter(each -> ScmProgress.running(each.status()) || lastsBeyond(after, each))
        .max(
            Comparator.comparing((Listed each) -> ScmProgress.running(each.status()))
                .thenComparing(ScmStock::end)
                .thenComparing(Listed::id));
  }

  /** Whether a certificate, whose names are there, has all the wanted ones. */
  static boolean covers(List<String> there, Set<DomainName> wanted) {
    return wanted.stream()
        .allMatch(name -> there.stream().anyMatch(other -> DnsNames.same(other, name.ascii())));
  }

  static boolean isPredecessor(Application application, String certificateId) {
    return application.renewalOf() != null
        && application.renewalOf().id(ScmOptions.CERTIFICATE_ID).equals(certificateId);
  }

  private Instant endOfPredecessor(Application application, List<Listed> listed) {
    Instant now = clock.instant();
    return listed.stream()
        .filter(each -> isPredecessor(application, each.id()))
        .map(ScmStock::end)
        .filter(now::isBefore)
        .findFirst()
        .orElse(now);
  }

  private static boolean lastsBeyond(Instant time, Listed each) {
    return each.status().equals("ISSUED") && end(each).isAfter(time);
  }

  /** An unknown end counts as already there, so that nothing of unknown worth is taken over. */
  private static Instant end(Listed each) {
    Instant end = UtcTime.parse(each.expireTime());
    return end == null ? Instant.EPOCH : end;
  }
}
