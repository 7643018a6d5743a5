package dev.polycert.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.sandbox.VendorEmulator.Reply;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.ToIntBiFunction;

/**
 * The part of the control API of a vendor that issues from a stock: {@code POST stock} sets the
 * {@code count} of unused certificates that the account always has; {@code POST fail} makes the
 * open applications for a {@code domain} fail.
 *
 * @param stock takes the count, and the further fields
 * @param fail takes the domain and the further fields, and counts the applications
 */
public record StockControl(
    BiConsumer<Integer, ControlBody> stock, ToIntBiFunction<String, ControlBody> fail) {

  /** Answers a request. */
  public Reply control(String method, String path, ControlBody body) {
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
    stock.accept(count, body);
    return answer("stock", count);
  }

  private Reply fail(ControlBody body) {
    int failed = fail.applyAsInt(body.text("domain").toLowerCase(Locale.ROOT), body);
    if (failed == 0) {
      throw new ControlException(404, "domain", "has no open application");
    }
    return answer("failed", failed);
  }

  private static Reply answer(String what, int count) {
    return Reply.json(200, JsonNodeFactory.instance.objectNode().put(what, count).toString());
  }
}
