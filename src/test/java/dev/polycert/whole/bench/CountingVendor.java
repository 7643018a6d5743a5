package dev.polycert.whole.bench;

import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.VendorEmulator.CredentialNames;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.VendorEmulator.Request;
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
final class CountingVendor implements VendorEmulator {
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
  public Reply handle(Request request) {
    String operation = vendor.operation(request);
    count(operation);
    if (operation.equals(write)) {
      writes.add(Instant.now());
    }
    Reply reply = vendor.handle(request);
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
      return vendor.control(method, path, body);
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

  @Override
  public Reply internalError(Request request) {
    return vendor.internalError(request);
  }

  @Override
  public String provider() {
    return vendor.provider();
  }

  @Override
  public CredentialNames credentialNames() {
    return vendor.credentialNames();
  }

  @Override
  public boolean accepts(Request request) {
    return vendor.accepts(request);
  }

  @Override
  public Reply refusal(Request request, int status, String code, String message) {
    return vendor.refusal(request, status, code, message);
  }

  @Override
  public String operation(Request request) {
    return vendor.operation(request);
  }
}
