package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.World;
import java.util.List;
import java.util.Locale;

/**
 * SCM's part of the control API: {@code POST stock} sets the {@code count} of unused certificates
 * for single domains that the account always has, and the count of {@code wildcards} if it differs;
 * {@code POST fail} makes the open applications for a {@code domain} fail.
 */
final class ScmControl {
  private final World world;
  private final Certificates certificates;

  ScmControl(World world, Certificates certificates) {
    this.world = world;
    this.certificates = certificates;
  }

  Reply control(String method, String path, ControlBody body) {
    return switch (method + " " + path) {
      case "POST stock" -> stock(body);
      case "POST fail" -> fail(body);
      default ->
          throw new ControlException(404, "path", "must be POST stock or POST fail, not " + path);
    };
  }

  private Reply stock(ControlBody body) {
    int count =
        body.number("count")
            .orElseThrow(() -> new ControlException(400, "count", "is missing: give a number"))
            .intValue();
    certificates.stock(count, body.number("wildcards").map(Double::intValue).orElse(count));
    return answer("stock", count);
  }

  private Reply fail(ControlBody body) {
    var domain = body.text("domain").toLowerCase(Locale.ROOT);
    var open =
        List.copyOf(certificates.all()).stream()
            .filter(c -> c.stage().applying())
            .filter(c -> c.application() != null && c.application().domain().equals(domain))
            .toList();
    if (open.isEmpty()) {
      throw new ControlException(404, "domain", "has no open application");
    }
    open.forEach(c -> certificates.put(c.at(Status.UNPASSED, world.now())));
    return answer("failed", open.size());
  }

  private static Reply answer(String what, int count) {
    return Reply.json(200, JsonNodeFactory.instance.objectNode().put(what, count).toString());
  }
}
