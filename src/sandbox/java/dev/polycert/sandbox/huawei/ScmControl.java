package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.SandboxReply;
import dev.polycert.sandbox.World;
import java.util.List;
import java.util.Locale;

/**
 * What a test can tell SCM: {@code POST stock} sets the {@code count} of unused certificates for
 * single domains that the account always has, and that of {@code wildcards} where it is not the
 * same; {@code POST fail} lets the open applications for a {@code domain} fail.
 */
final class ScmControl {
  private final World world;
  private final Certificates certificates;

  ScmControl(World world, Certificates certificates) {
    this.world = world;
    this.certificates = certificates;
  }

  SandboxReply control(String method, String path, ControlBody body) {
    return switch (method + " " + path) {
      case "POST stock" -> stock(body);
      case "POST fail" -> fail(body);
      default ->
          throw new ControlException(404, "path", "must be POST stock or POST fail, not " + path);
    };
  }

  private SandboxReply stock(ControlBody body) {
    int count =
        body.number("count")
            .orElseThrow(() -> new ControlException(400, "count", "is missing: give a number"))
            .intValue();
    certificates.stock(count, body.number("wildcards").map(Double::intValue).orElse(count));
    return answer("stock", count);
  }

  private SandboxReply fail(ControlBody body) {
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

  private static SandboxReply answer(String what, int count) {
    return SandboxReply.json(
        200, JsonNodeFactory.instance.objectNode().put(what, count).toString());
  }
}
