package dev.polycert.vendor.alibaba.esa;

import com.google.common.net.InternetDomainName;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.Paging;
import dev.polycert.call.SharedReadings;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.vendor.alibaba.esa.EsaApi.Quota;
import dev.polycert.vendor.alibaba.esa.EsaApi.Site;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out which site an application belongs to and whether it can be made, by reading alone. */
final class EsaPreparation {
  /** In a plan: what the owner of the site has to do before it can be verified. */
  static final String ACTIVATION = "activation";

  private static final String SITE_ID = EsaOptions.SITE_ID;
  private static final String SITE_NAME = "siteName";
  private static final String ACCESS_TYPE = "accessType";

  /** Sites change seldom. */
  private static final Duration SITES_AGE = Duration.ofMinutes(1);

  /** The quota is a hint: an application beyond it is refused by ESA. */
  private static final Duration QUOTA_AGE = Duration.ofSeconds(5);

  private final EsaClient client;
  private final EsaLookup lookup;
  private final SharedReadings<String, Paging.Page<Site>> sites;
  private final SharedReadings<String, Quota> quotas;

  EsaPreparation(EsaClient client, EsaLookup lookup, Clock clock) {
    this.client = client;
    this.lookup = lookup;
    this.sites = new SharedReadings<>(clock, SITES_AGE);
    this.quotas = new SharedReadings<>(clock, QUOTA_AGE);
  }

  /** Whether the site of a plan is known to be reached by CNAME. */
  static boolean isReachedByCname(Map<String, String> plan) {
    return "CNAME".equals(plan.get(ACCESS_TYPE));
  }

  Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    Optional<VendorError> refusal = EsaOptions.refusal(application);
    if (refusal.isPresent()) {
      return Answer.<Preparation>refused(refusal.get()).now();
    }
    String siteId = application.option(SITE_ID);
    return siteId != null && !EsaOptions.verifiesSite(application)
        ? prepareAt(Map.of(SITE_ID, siteId), application, context)
        : Answer.then(
            site(application, context),
            site ->
                site.value().active()
                    ? prepareAt(settings(site.value()), application, context)
                    : Answer.of(verification(site.value())).now());
  }

  /**
   * Finds the site of the domain: the longest active one that it is, or lies below; or one that is
   * pending, where the request has it verified. One call lists every candidate, because all of them
   * end in the registrable domain.
   */
  private Uni<Answer<Site>> site(Application application, CallContext context) {
    DomainName domain = application.domain();
    String suffix = registrable(domain.base());
    Uni<Answer<Site>> site =
        sites
            .get(suffix, context, () -> client.sites(suffix, context))
            .map(answer -> chosen(application, suffix, answer));
    // One that was added after a shared listing is looked for once more.
    return Answer.recover(
        site,
        failure ->
            SharedReadings.shares(context) && failure.isRefused(ErrorClass.FINAL)
                ? client.sites(suffix, context).map(answer -> chosen(application, suffix, answer))
                : new Answer.Failed<Site>(failure).now());
  }

  private static Answer<Site> chosen(
      Application application, String suffix, Answer<Paging.Page<Site>> answer) {
    return answer.then(
        listed -> {
          List<Site> matching = matching(application, listed.value().items());
          if (matching.isEmpty()) {
            return Answer.refused(notFound(application, suffix, listed.requestId()));
          }
          Site best = matching.getFirst();
          boolean usable =
              best.active() || (best.pending() && EsaOptions.verifiesSite(application));
          return usable
              ? new Answer.Success<>(best, listed.requestId())
              : Answer.refused(notActivated(best, listed.requestId()));
        });
  }

  /** Active sites first, then longer names first. */
  private static List<Site> matching(Application application, List<Site> sites) {
    String named = application.option(SITE_ID);
    return sites.stream()
        .filter(site -> !site.siteId().isEmpty() && application.domain().isUnder(site.siteName()))
        .filter(site -> named == null || named.equals(site.siteId()))
        .sorted(
            Comparator.comparing(Site::active)
                .thenComparing(site -> DnsNames.canonical(site.siteName()).length())
                .reversed())
        .toList();
  }

  /** The name below the registry's suffix, which no site can be above; else the name itself. */
  private static String registrable(String name) {
    if (!InternetDomainName.isValid(name)) {
      return name;
    }
    InternetDomainName parsed = InternetDomainName.from(name);
    return parsed.isUnderRegistrySuffix() ? parsed.topDomainUnderRegistrySuffix().toString() : name;
  }

  private static Map<String, String> settings(Site site) {
    return Map.of(
        SITE_ID, site.siteId(), SITE_NAME, site.siteName(), ACCESS_TYPE, site.accessType());
  }

  /** A site that was never active has no certificates to look for. */
  private static Preparation verification(Site site) {
    Map<String, String> settings = new HashMap<>(settings(site));
    settings.put(ACTIVATION, site.activation());
    String note =
        "has ESA verify site " + site.siteName() + " first, which needs this: " + site.activation();
    return new Preparation.Ready(new Plan(settings, List.of(), List.of(note)));
  }

  private Uni<Answer<Preparation>> prepareAt(
      Map<String, String> site, Application application, CallContext context) {
    String siteId = Objects.requireNonNull(site.get(SITE_ID));
    return Answer.then(
        lookup.existing(siteId, application, context),
        found ->
            found.value().isPresent()
                ? Answer.<Preparation>of(new Preparation.Existing(found.value().get())).now()
                : quotas
                    .get(siteId, context, () -> client.quota(siteId, context))
                    .map(answer -> planned(site, application.domain(), answer)));
  }

  /**
   * Reading the quota spares a call that must fail; if the quota cannot be read, the call is made.
   */
  private static Answer<Preparation> planned(
      Map<String, String> site, DomainName domain, Answer<Quota> answer) {
    return switch (answer) {
      case Answer.Success<Quota>(Quota quota, String requestId) ->
          quota.left() == 0
              ? Answer.refused(usedUp(quota, requestId))
              : plan(
                  site,
                  domain,
                  quota.left() + " of " + quota.allowed() + " free certificates left");
      case Answer.Failed<Quota>(Failure.Refused(VendorError error)) ->
          plan(site, domain, "free certificates left: unknown (" + error.code() + ")");
      case Answer.Failed<Quota> failed -> failed.of();
    };
  }

  private static Answer<Preparation> plan(
      Map<String, String> site, DomainName domain, String quota) {
    List<String> notes = new ArrayList<>();
    notes.add(quota);
    notes.add("ESA chooses the validation method; the requested one is not passed on");
    notes.add("ESA chooses the key; the issued certificate shows which, and whether it differs");
    if (isReachedByCname(site)) {
      notes.add(EsaProgress.delegation(domain, Objects.requireNonNull(site.get(SITE_ID))));
    }
    return Answer.of(new Preparation.Ready(new Plan(site, List.of(), notes)));
  }

  private static VendorError usedUp(Quota quota, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.QUOTA,
        "QuotaExceeded",
        "all " + quota.allowed() + " free certificates are used; delete one or upgrade the plan",
        requestId,
        null);
  }

  private static VendorError notFound(
      Application application, String suffix, @Nullable String requestId) {
    String domain = application.domain().ascii();
    String named = application.option(SITE_ID);
    return new VendorError(
        ErrorClass.FINAL,
        "SiteNotFound",
        named == null
            ? "the account has no ESA site for " + domain + "; add " + suffix + " to ESA first"
            : "option siteId: %s is no ESA site of the account that %s belongs to; leave it out to have the site found by its name"
                .formatted(named, domain),
        requestId,
        null);
  }

  private static VendorError notActivated(Site site, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        "SiteNotActivated",
        "site "
            + site.siteName()
            + " is "
            + site.status()
            + ", not active: "
            + site.activation()
            + ", then have ESA verify the site, as option verifySite does",
        requestId,
        null);
  }
}
