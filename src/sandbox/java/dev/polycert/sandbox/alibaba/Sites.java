package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.Site.Access;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The sites of the account. A newcomer finds an active CNAME site for any domain of his. */
final class Sites {
  private final World world;
  private final Map<Long, Site> byId = new LinkedHashMap<>();

  Sites(World world) {
    this.world = world;
    world.onReset(byId::clear);
  }

  Collection<Site> all() {
    return byId.values();
  }

  Optional<Site> named(String name) {
    return byId.values().stream().filter(site -> site.name().equals(name)).findFirst();
  }

  /** Adds an active site for a registrable domain that the account owns and has no site for. */
  void open(String name) {
    if (ownable(name) && named(name).isEmpty()) {
      create(name, Access.CNAME, true);
    }
  }

  /** Whether the account can have a site of that name. */
  boolean ownable(String name) {
    return DomainNames.valid(name)
        && world.registrableDomain(name).equals(name)
        && world.owns(name);
  }

  /** Adds a site in place of the one that has the name. */
  Site create(String name, Access access, boolean active) {
    byId.values().removeIf(site -> site.name().equals(name));
    var id = Long.parseLong("91" + world.random(14, "0123456789"));
    var code = "verify_" + world.random(32, "0123456789abcdef");
    return put(new Site(id, name, access, active, code, world.now()));
  }

  Site put(Site site) {
    byId.put(site.id(), site);
    return site;
  }

  /** Answers for the site that the parameter {@code SiteId} names, or refuses. */
  EsaAnswer with(Query parameters, Function<Site, EsaAnswer> answer) {
    var text = parameters.text("SiteId");
    if (text.isEmpty()) {
      return Refusals.SITE_MISSING;
    }
    if (!text.get().matches("\\d{1,18}")) {
      return Refusals.invalid("SiteId", "a 64-bit integer");
    }
    var site = byId.get(Long.valueOf(text.get()));
    return site == null ? Refusals.SITE_NOT_FOUND : answer.apply(site);
  }

  /** As {@link #with}, and refuses while the site is not active. */
  EsaAnswer withActive(Query parameters, Function<Site, EsaAnswer> answer) {
    return with(
        parameters, site -> site.active() ? answer.apply(site) : Refusals.SITE_NOT_ACTIVATED);
  }
}
