package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.FakeWorld;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator.Reply;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A customer of the emulated CAS, who signs as the vendor's description says. */
public final class CasCalls {
  public final FakeWorld world = new FakeWorld();
  private final CasEmulator emulator = new CasEmulator(world, new CasCertificates(world));
  private final List<String> called = new ArrayList<>();
  private final Set<String> lost = new HashSet<>();
  private final Set<String> stopped = new HashSet<>();
  private final Set<String> lagging = new HashSet<>();
  private final Map<String, Reply> before = new HashMap<>();
  private int nonce;

  /** An answer did not come. */
  public static final class LostException extends RuntimeException {}

  /** Calls an operation. */
  public Reply call(String action, Map<String, ?> parameters) {
    called.add(action);
    if (stopped.remove(action)) {
      throw new LostException();
    }
    var headers = new TreeMap<String, String>();
    headers.put("host", "cas.aliyuncs.com");
    headers.put("x-acs-action", action);
    headers.put("x-acs-version", "2020-04-07");
    headers.put("x-acs-date", world.wallClock().truncatedTo(ChronoUnit.SECONDS).toString());
    headers.put("x-acs-signature-nonce", "nonce-" + nonce++);
    headers.put("x-acs-content-sha256", Digests.sha256(""));
    var query =
        parameters.entrySet().stream()
            .map(p -> Query.encode(p.getKey()) + "=" + Query.encode(p.getValue().toString()))
            .collect(Collectors.joining("&"));
    var reply = emulator.handle(EsaCalls.sign("POST", query, headers, new byte[0]));
    if (lost.remove(action)) {
      throw new LostException();
    }
    if (!lagging.contains(action)) {
      return reply;
    }
    before.putIfAbsent(action, reply);
    return before.get(action);
  }

  /** Does the next call of the operation, but loses its answer. */
  public void loseAnswer(String action) {
    lost.add(action);
  }

  /** Answers all calls of the operation as the next one, as a cache does. */
  public void lag(String action) {
    lagging.add(action);
  }

  /** Loses the next call of the operation before it arrives. */
  public void loseCall(String action) {
    stopped.add(action);
  }

  /** Calls, and gives {@code status code} of a refusal. */
  public String refusal(String action, Map<String, ?> parameters) {
    return EsaCalls.refusal(call(action, parameters));
  }

  /** Uses the control API of the emulator. */
  public void control(String path, String json) {
    emulator.control("POST", path, FakeWorld.body(json));
  }

  /** How often an operation was called. */
  public long calls(String action) {
    return called.stream().filter(action::equals).count();
  }
}
