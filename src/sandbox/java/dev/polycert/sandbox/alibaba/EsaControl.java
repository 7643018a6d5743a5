package dev.polycert.sandbox.alibaba;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.Site.Access;
import java.util.List;
import java.util.Locale;

/**
 * ESA's part of the control API: {@code POST site} replaces the site of that {@code name} by one
 * with the given {@code access} and {@code active}; {@code POST fail} makes the open applications
 * for a {@code domain} fail with a {@code message}.
 */
final class EsaControl {
  private final World world;
  private final Sites sites;
  private final Certificates certificates;

  EsaControl(World world, Sites sites, Certificates certificates) {
    this.world = world;
    this.sites = sites;
    this.certificates = certificates;
  }

  Reply control(String method, String path, ControlBody body) {
    return switch (method + " " + path) {
      case "POST site" -> site(body);
      case "POST fail" -> fail(body);
      default ->
          throw new ControlException(404, "path", "must be POST site or POST fail, not " + path);
    };
  }

  private Reply site(ControlBody body) {
    var name = body.text("name").toLowerCase(Locale.ROOT);
    if (!world.canHost(name)) {
      throw new ControlException(400, "name", "must be a registrable domain that is owned");
    }
    var access =
        switch (body.optionalText("access").orElse("CNAME")) {
          case "CNAME" -> Access.CNAME;
          case "NS" -> Access.NS;
          default -> throw new ControlException(400, "access", "must be CNAME or NS");
        };
    var site = sites.create(name, access, body.flag("active").orElse(true));
    return Reply.json(200, SiteOperations.json(site).toString());
  }

  private Reply fail(ControlBody body) {
    var domain = body.text("domain").toLowerCase(Locale.ROOT);
    var message = body.optionalText("message").orElse("canceled");
    var open =
        List.copyOf(certificates.all()).stream()
            .filter(certificate -> certificate.applying() && certificate.names().contains(domain))
            .toList();
    if (open.isEmpty()) {
      throw new ControlException(404, "domain", "has no open application");
    }
    open.forEach(certificate -> certificates.put(certificate.failed(message, world.now())));
    return Reply.json(
        200, JsonNodeFactory.instance.objectNode().put("failed", open.size()).toString());
  }
}
