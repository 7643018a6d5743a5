package dev.polycert.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** A world in memory whose time stands still and whose chance is always the same. */
public final class FakeWorld implements World {
  public static final String KEY_ID = "FAKEAKEXAMPLE0000000";
  public static final String SECRET = "fake-secret-key-for-tests-only";

  private final Random random = new Random(1);
  private final CertificateAuthority authority = new CertificateAuthority(random);
  private final DnsRecords dns = new DnsRecords();
  private final Map<String, String> files = new HashMap<>();
  private final Set<String> nonces = new HashSet<>();
  private final List<Runnable> resets = new ArrayList<>();
  private final List<String> ledger = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private Instant wallClock = now;
  private Duration issueDelay = Duration.ZERO;
  private Secret secret = new Secret(SECRET, null);
  private boolean permits = true;
  private int quota = 20;
  private List<String> owned = List.of();

  /** Reads a body as the control API does. */
  public static ControlBody body(String json) {
    return ControlBody.of(json.getBytes(StandardCharsets.UTF_8));
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }

  public void wallClock(Instant instant) {
    wallClock = instant;
  }

  public void issueDelay(Duration delay) {
    issueDelay = delay;
  }

  public void token(String token) {
    secret = new Secret(SECRET, token);
  }

  public void permits(boolean value) {
    permits = value;
  }

  public void quota(int value) {
    quota = value;
  }

  public void owned(String... domains) {
    owned = List.of(domains);
  }

  public void putFile(String host, String path, String content) {
    files.put(host + path, content);
  }

  public void reset() {
    resets.forEach(Runnable::run);
  }

  /** What took effect, as {@code operation domain vendorId}. */
  public List<String> ledger() {
    return ledger;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant wallClock() {
    return wallClock;
  }

  @Override
  public String requestId() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  @Override
  public String random(int length, String alphabet) {
    var text = new StringBuilder();
    random.ints(length, 0, alphabet.length()).mapToObj(alphabet::charAt).forEach(text::append);
    return text.toString();
  }

  @Override
  public List<String> dns(String name, String type) {
    return dns.resolve(name, type);
  }

  @Override
  public void addDns(String name, String type, String value) {
    dns.add(name, type, value);
  }

  @Override
  public void removeDns(String name, String type, String value) {
    dns.remove(name, type, value);
  }

  @Override
  public Optional<String> file(String host, String path) {
    return Optional.ofNullable(files.get(host + path));
  }

  @Override
  public Issued issue(List<String> names, Duration validity, KeyKind keys) {
    return authority.issue(names, now, validity, keys);
  }

  @Override
  public Optional<Issued> issueForCsr(String csrPem, List<String> names, Duration validity) {
    return authority.issueForCsr(csrPem, names, now, validity);
  }

  @Override
  public void ledger(String provider, String operation, String domain, String vendorId) {
    ledger.add(operation + " " + domain + " " + vendorId);
  }

  @Override
  public boolean permit(String provider, String operation, double perSecond) {
    return permits;
  }

  @Override
  public boolean owns(String domain) {
    return owned.isEmpty() || owned.contains(domain);
  }

  @Override
  public String registrableDomain(String domain) {
    var labels = List.of(DomainNames.base(domain).split("\\."));
    return String.join(".", labels.subList(Math.max(0, labels.size() - 2), labels.size()));
  }

  @Override
  public Duration issueDelay() {
    return issueDelay;
  }

  @Override
  public List<String> ownedDomains() {
    return owned;
  }

  @Override
  public Optional<Secret> secret(String provider, String accessKeyId) {
    return accessKeyId.equals(KEY_ID) ? Optional.of(secret) : Optional.empty();
  }

  @Override
  public boolean freshNonce(String provider, String nonce) {
    return nonces.add(nonce);
  }

  @Override
  public void onReset(Runnable forget) {
    resets.add(forget);
  }

  @Override
  public int quota(String what) {
    return quota;
  }
}
