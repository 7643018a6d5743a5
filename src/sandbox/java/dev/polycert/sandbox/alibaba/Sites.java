package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.Site.Access;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The sites of the account: an active CNAME site for each owned domain that is asked for. */
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

  /** Adds an active site for an owned registrable domain that has none. */
  void open(String name) {
    if (world.canHost(name) && named(name).isEmpty()) {
      create(name, Access.CNAME, true);
    }
  }

  /** Adds a site, in place of the one with that name if there is one. */
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

  /** Applies the operation to the site that the parameter {@code SiteId} names, or refuses. */
  Answer with(Query parameters, Function<Site, Answer> answer) {
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
  Answer withActive(Query parameters, Function<Site, Answer> answer) {
    return with(
        parameters, site -> site.active() ? answer.apply(site) : Refusals.SITE_NOT_ACTIVATED);
  }
}
