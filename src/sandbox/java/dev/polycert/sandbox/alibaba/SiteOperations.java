package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** ListSites, GetSite and VerifySite. */
final class SiteOperations {
  private final World world;
  private final Sites sites;

  SiteOperations(World world, Sites sites) {
    this.world = world;
    this.sites = sites;
  }

  Answer list(Query parameters) {
    var name = parameters.text("SiteName").map(n -> n.toLowerCase(Locale.ROOT)).orElse("");
    var type = parameters.text("SiteSearchType").orElse("exact");
    if (type.equals("exact") || type.equals("suffix")) {
      sites.open(name);
    }
    var matches = matcher(name, type);
    if (matches.isEmpty()) {
      return Refusals.invalid("SiteSearchType", "prefix, suffix, exact or fuzzy");
    }
    return Page.with(
        parameters,
        page -> {
          var found =
              sites.all().stream()
                  .filter(site -> name.isEmpty() || matches.get().test(site.name()))
                  .filter(site -> parameters.text("Status").map(site.status()::equals).orElse(true))
                  .filter(
                      site ->
                          parameters
                              .text("AccessType")
                              .map(site.access().name()::equals)
                              .orElse(true))
                  .toList();
          var fields = instance.objectNode();
          fields.put("PageNumber", page.number()).put("PageSize", page.size());
          fields.put("TotalCount", found.size());
          var array = fields.putArray("Sites");
          page.of(found).forEach(site -> array.add(json(site)));
          return new Success(fields);
        });
  }

  private static Optional<Predicate<String>> matcher(String name, String type) {
    return switch (type) {
      case "exact" -> Optional.of(name::equals);
      case "prefix" -> Optional.of(site -> site.startsWith(name));
      case "suffix" -> Optional.of(site -> site.endsWith(name));
      case "fuzzy" -> Optional.of(site -> site.contains(name));
      default -> Optional.empty();
    };
  }

  Answer get(Query parameters) {
    return sites.with(
        parameters,
        site -> {
          var fields = instance.objectNode();
          fields.set("SiteModel", json(site));
          return new Success(fields);
        });
  }

  Answer verify(Query parameters) {
    return sites.with(
        parameters,
        site -> {
          boolean passed = site.active() || proven(site);
          if (passed) {
            sites.put(site.activated());
          }
          return new Success(instance.objectNode().put("Passed", passed));
        });
  }

  private boolean proven(Site site) {
    return switch (site.access()) {
      case CNAME -> world.dns("_esaauth." + site.name(), "TXT").contains(site.verifyCode());
      case NS -> world.dns(site.name(), "NS").containsAll(Site.NAME_SERVERS);
    };
  }

  static ObjectNode json(Site site) {
    return instance
        .objectNode()
        .put("SiteId", site.id())
        .put("SiteName", site.name())
        .put("Status", site.status())
        .put("AccessType", site.access().name())
        .put("Coverage", "global")
        .put("NameServerList", String.join(",", Site.NAME_SERVERS))
        .put("CnameZone", site.name() + ".cname.esa.sandbox")
        .put("VerifyCode", site.verifyCode())
        .put("InstanceId", "esa-site-sandbox")
        .put("PlanName", "basic")
        .put("CreateTime", site.created().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
