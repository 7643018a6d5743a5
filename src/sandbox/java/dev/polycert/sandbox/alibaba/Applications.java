package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** ApplyCertificate and GetCertificateQuota. */
final class Applications {
  private final World world;
  private final Sites sites;
  private final Certificates certificates;

  Applications(World world, Sites sites, Certificates certificates) {
    this.world = world;
    this.sites = sites;
    this.certificates = certificates;
  }

  Answer apply(Query parameters) {
    return sites.withActive(
        parameters,
        site -> {
          var domains =
              Arrays.stream(parameters.text("Domains").orElse("").split(","))
                  .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                  .filter(domain -> !domain.isEmpty())
                  .toList();
          var type = FreeType.of(parameters.text("Type").orElse(FreeType.LETS_ENCRYPT.wire()));
          if (type.isEmpty()) {
            return Refusals.TYPE;
          }
          var refusal = refusal(site, domains, type.get());
          return refusal.isPresent() ? refusal.get() : apply(site, domains, type.get());
        });
  }

  private Optional<Refusal> refusal(Site site, List<String> domains, FreeType type) {
    if (domains.isEmpty()) {
      return Optional.of(Refusals.missing("Domains"));
    }
    if (!domains.stream()
        .allMatch(d -> DomainNames.valid(d) && DomainNames.under(d, site.name()))) {
      return Optional.of(Refusals.invalid("Domains", "domain names under " + site.name()));
    }
    if (!domains.stream().allMatch(type::fits)) {
      return Optional.of(Refusals.TYPE);
    }
    if (domains.stream().anyMatch(this::open)) {
      return Optional.of(Refusals.ALREADY_SUBMITTED);
    }
    return used() + domains.stream().distinct().count() > world.quota(EsaEmulator.PROVIDER)
        ? Optional.of(Refusals.QUOTA_EXCEEDED)
        : Optional.empty();
  }

  private boolean open(String domain) {
    return certificates.all().stream()
        .anyMatch(certificate -> certificate.applying() && certificate.names().contains(domain));
  }

  private long used() {
    return certificates.all().stream().filter(this::counts).count();
  }

  private boolean counts(EsaCertificate certificate) {
    return certificate.free() != null && (certificate.applying() || certificate.valid(world.now()));
  }

  /**
   * Answers as the vendor's sample does: names end in a blank, and {@code TotalCount} is the count
   * of the domains in the request, even if the results are fewer.
   */
  private Answer apply(Site site, List<String> domains, FreeType type) {
    var fields = instance.objectNode();
    fields.put("SiteName", site.name() + " ").put("TotalCount", domains.size());
    var result = fields.putArray("Result");
    for (var domain : domains.stream().distinct().toList()) {
      var certificate = certificates.apply(site, domain, type);
      result
          .addObject()
          .put("Domain", domain + " ")
          .put("Status", certificate.status(world.now()))
          .put("Id", certificate.id());
    }
    return new Success(fields);
  }

  Answer quota(Query parameters) {
    return sites.with(
        parameters,
        site -> {
          var type = parameters.text("Type");
          if (!type.equals(Optional.of("free"))) {
            return type.isEmpty() ? Refusals.missing("Type") : Refusals.TYPE;
          }
          var fields = instance.objectNode();
          fields.put("Type", "free").put("Quota", world.quota(EsaEmulator.PROVIDER));
          fields.put("QuotaUsage", used()).put("SiteCount", sites.all().size());
          var usage = fields.putArray("SiteUsage");
          sites
              .all()
              .forEach(
                  each ->
                      usage
                          .addObject()
                          .put("SiteId", each.id())
                          .put("SiteName", each.name())
                          .put("SiteUsage", used(each)));
          return new Success(fields);
        });
  }

  private long used(Site site) {
    return certificates.all().stream()
        .filter(certificate -> certificate.siteId() == site.id() && counts(certificate))
        .count();
  }
}
