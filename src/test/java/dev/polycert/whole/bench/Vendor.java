package dev.polycert.whole.bench;

import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentSslEmulator;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The emulated vendor, in the process of the bench. */
final class Vendor implements AutoCloseable {
  static final Map<String, String> KEYS =
      Map.of(
          "TENCENTCLOUD_SECRET_ID", "FAKEAKEXAMPLE0000000",
          "TENCENTCLOUD_SECRET_KEY", "fake-secret-key-for-tests-only");

  private final RunningSandbox sandbox;

  Vendor() {
    this(KEYS);
  }

  /**
   * Starts it.
   *
   * @param keys of its accounts
   */
  Vendor(Map<String, String> keys) {
    sandbox =
        new RunningSandbox(
            keys, world -> new CountingVendor(new TencentSslEmulator(world), "ApplyCertificate"));
    sandbox.start();
  }

  URI uri() {
    return sandbox.uri("/");
  }

  RunningSandbox sandbox() {
    return sandbox;
  }

  /** Forgets everything; from then on it is as the settings say. */
  void reset(String settings) {
    sandbox.control("POST", "reset", "{}");
    sandbox.control("PUT", "settings", settings);
    counts();
  }

  /** The calls since the last time. */
  JsonObject counts() {
    return sandbox.control("GET", "tencent-ssl/counts", "");
  }

  /** Keeps each call from now on. */
  void beginJournal() {
    sandbox.control("POST", "journal", "");
  }

  /** The calls that were kept, with their accounts and times. */
  List<JsonObject> journal() {
    return sandbox.control("GET", "journal", "").getJsonArray("entries").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  /** So many names. */
  static List<String> domains(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i + ".bench.example").toList();
  }

  @Override
  public void close() {
    sandbox.stop();
  }
}
