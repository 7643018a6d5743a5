package dev.polycert.sandbox;

import dev.polycert.provider.TestConfig;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A world without rates whose time stands still and whose chance is always the same. */
public final class FakeWorld extends World {
  public static final String KEY_ID = "FAKEAKEXAMPLE0000000";
  public static final String SECRET = "fake-secret-key-for-tests-only";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Settings settings;
  private final WebFiles files;
  private final Ledger ledger;
  private String keyId = KEY_ID;
  private Secret secret = new Secret("default", SECRET, null);
  private int quota = 20;

  public FakeWorld() {
    this(
        new Settings(
            TestConfig.of(Map.of("polycert.sandbox.limits", "false"), SandboxConfig.class)
                .getConfigMapping(SandboxConfig.class)),
        new WebFiles(),
        new Ledger(),
        new Random(1));
  }

  private FakeWorld(Settings settings, WebFiles files, Ledger ledger, Random random) {
    super(
        Clock.fixed(NOW, ZoneOffset.UTC),
        random,
        settings,
        new OwnedDomains(settings),
        new Secrets(TestConfig.of(Map.of()), List.of()),
        new CertificateAuthority(random),
        new DnsRecords(),
        files,
        ledger,
        new SlidingWindow(),
        new Nonces());
    this.settings = settings;
    this.files = files;
    this.ledger = ledger;
  }

  /** Reads a body as the control API does. */
  public static ControlBody body(String json) {
    return ControlBody.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private void change(String setting, Object value) {
    settings.change(body(new JsonObject().put(setting, value).encode()));
  }

  @Override
  public void advance(Duration by) {
    super.advance(by);
  }

  public void wallClock(Instant instant) {
    change("skew", Duration.between(NOW, instant).toString());
  }

  public void issueDelay(Duration delay) {
    change("issueDelay", delay.toString());
  }

  public void token(String token) {
    key(KEY_ID, new Secret("default", SECRET, token));
  }

  /** The only access key that is known from now on. */
  public void key(String id, Secret itsSecret) {
    keyId = id;
    secret = itsSecret;
  }

  public void permits(boolean value) {
    begin(NOW, !value);
  }

  public void quota(int value) {
    quota = value;
  }

  public void owned(String... domains) {
    change("domains", List.of(domains));
  }

  public void putFile(String host, String path, String content) {
    files.put(host, path, content);
  }

  @Override
  public void reset() {
    super.reset();
  }

  /** What took effect, as {@code operation domain vendorId}. */
  public List<String> ledger() {
    return ledger.json().getJsonArray("entries").stream()
        .map(JsonObject.class::cast)
        .map(e -> String.join(" ", text(e, "operation"), text(e, "domain"), text(e, "vendorId")))
        .toList();
  }

  private static String text(JsonObject entry, String member) {
    return entry.getString(member);
  }

  @Override
  public Optional<Secret> secret(String provider, String accessKeyId) {
    return accessKeyId.equals(keyId) ? Optional.of(secret) : Optional.empty();
  }

  @Override
  public int quota(String what) {
    return quota;
  }
}
