package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import com.google.common.net.InternetDomainName;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the site that a domain belongs to. */
final class EsaSites {
  private final EsaClient client;

  EsaSites(EsaClient client) {
    this.client = client;
  }

  /**
   * Goes on with the site of the domain: the longest active one that it is, or lies below; or one
   * that is pending, where the request has it verified. One call lists every candidate, because all
   * of them end in the registrable domain.
   */
  Uni<Answer<Progress>> find(
      Application application, CallContext context, Function<EsaSite, Uni<Answer<Progress>>> next) {
    DomainName domain = application.domain();
    String suffix = registrable(domain.base());
    return Answer.then(
        client.sites(suffix, context),
        listed -> {
          List<EsaSite> matching = matching(application, listed.value().items());
          if (matching.isEmpty()) {
            return refused(notFound(domain, suffix, listed.requestId()));
          }
          EsaSite best = matching.getFirst();
          boolean usable =
              best.active() || (best.pending() && EsaOptions.verifiesSite(application));
          return usable ? next.apply(best) : refused(notActivated(best, listed.requestId()));
        });
  }

  /** Active sites first, then longer names first. */
  private static List<EsaSite> matching(Application application, List<EsaSite> sites) {
    String named = application.option(EsaOptions.SITE_ID);
    return sites.stream()
        .filter(site -> !site.id().isEmpty() && application.domain().isUnder(site.name()))
        .filter(site -> named == null || named.equals(site.id()))
        .sorted(
            Comparator.comparing(EsaSite::active)
                .thenComparing(site -> site.name().length())
                .reversed())
        .toList();
  }

  private static VendorError notFound(
      DomainName domain, String suffix, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        "SiteNotFound",
        "the account has no ESA site for " + domain.ascii() + "; add " + suffix + " to ESA first",
        requestId,
        null);
  }

  private static VendorError notActivated(EsaSite site, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        "SiteNotActivated",
        "site "
            + site.name()
            + " is "
            + site.status()
            + ", not active: "
            + site.activation()
            + ", then have ESA verify the site, as option verifySite does",
        requestId,
        null);
  }

  private static Uni<Answer<Progress>> refused(VendorError error) {
    return Uni.createFrom().item(new Failure.Refused(error));
  }

  /** The name below the registry's suffix, which no site can be above; else the name itself. */
  private static String registrable(String name) {
    if (!InternetDomainName.isValid(name)) {
      return name;
    }
    InternetDomainName parsed = InternetDomainName.from(name);
    return parsed.isUnderRegistrySuffix() ? parsed.topDomainUnderRegistrySuffix().toString() : name;
  }
}
