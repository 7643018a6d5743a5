package dev.polycert.whole.bench;

import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.VendorEmulator;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts the calls of a vendor by operation, those that were throttled, and the time from the first
 * write to the last, and the shortest from one to the tenth after it: {@code GET counts} tells them
 * and starts again.
 */
final class CountingVendor implements ForwardingEmulator {
  /** How many writes there may be in a second. */
  private static final int LIMIT = 10;

  private final VendorEmulator vendor;
  private final String write;
  private JsonObject counts = new JsonObject();
  private List<Instant> writes = new ArrayList<>();

  CountingVendor(VendorEmulator vendor, String write) {
    this.vendor = vendor;
    this.write = write;
  }

  @Override
  public VendorEmulator target() {
    return vendor;
  }

  @Override
  public Reply handle(Request request) {
    String operation = operation(request);
    count(operation);
    if (operation.equals(write)) {
      writes.add(Instant.now());
    }
    Reply reply = ForwardingEmulator.super.handle(request);
    if (new String(reply.body(), StandardCharsets.UTF_8).contains("RequestLimitExceeded")) {
      count("throttled");
    }
    return reply;
  }

  private void count(String what) {
    counts.put(what, counts.getInteger(what, 0) + 1);
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    if (!path.equals("counts")) {
      return ForwardingEmulator.super.control(method, path, body);
    }
    if (!writes.isEmpty()) {
      counts.put("writingMillis", Duration.between(writes.getFirst(), writes.getLast()).toMillis());
      IntStream.range(LIMIT, writes.size())
          .mapToLong(i -> Duration.between(writes.get(i - LIMIT), writes.get(i)).toMillis())
          .min()
          .ifPresent(closest -> counts.put("closestMillis", closest));
    }
    String told = counts.encode();
    counts = new JsonObject();
    writes = new ArrayList<>();
    return Reply.json(200, told);
  }
}
