package dev.polycert.sandbox.alibaba;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.VendorEmulator.Reply;
import java.util.Locale;

/**
 * CAS's part of the control API: {@code POST stock} sets the {@code count} of unused test instances
 * that the account always has, and whether it has {@code bought} ones; {@code POST fail} makes the
 * open applications for a {@code domain} fail with a {@code message}.
 */
final class CasControl {
  private final CasInstances instances;
  private final CasApplications applications;

  CasControl(CasInstances instances, CasApplications applications) {
    this.instances = instances;
    this.applications = applications;
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
    instances.stock(count, body.flag("bought").orElse(true));
    return answer("stock", count);
  }

  private Reply fail(ControlBody body) {
    int failed =
        applications.fail(
            body.text("domain").toLowerCase(Locale.ROOT),
            body.optionalText("message").orElse("the CA did not pass the application"));
    if (failed == 0) {
      throw new ControlException(404, "domain", "has no open application");
    }
    return answer("failed", failed);
  }

  private static Reply answer(String what, int count) {
    return Reply.json(200, JsonNodeFactory.instance.objectNode().put(what, count).toString());
  }
}
