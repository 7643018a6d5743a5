package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The world that the emulated vendors live in. One call at a time is handled in it. */
@ApplicationScoped
class SandboxWorld implements World {
  private final Clock clock;
  private final RandomGenerator random;
  private final Settings settings;
  private final OwnedDomains domains;
  private final Secrets secrets;
  private final CertificateAuthority authority;
  private final DnsRecords dns;
  private final WebFiles web;
  private final Ledger ledger;
  private final SlidingWindow limiter;
  private final Nonces nonces;
  private final List<Runnable> resets = new ArrayList<>();

  private volatile Duration advanced = Duration.ZERO;
  private @Nullable Instant arrived;
  private boolean throttled;

  SandboxWorld(
      Clock clock,
      RandomGenerator random,
      Settings settings,
      OwnedDomains domains,
      Secrets secrets,
      CertificateAuthority authority,
      DnsRecords dns,
      WebFiles web,
      Ledger ledger,
      SlidingWindow limiter,
      Nonces nonces) {
    this.clock = clock;
    this.random = random;
    this.settings = settings;
    this.domains = domains;
    this.secrets = secrets;
    this.authority = authority;
    this.dns = dns;
    this.web = web;
    this.ledger = ledger;
    this.limiter = limiter;
    this.nonces = nonces;
  }

  /**
   * Begins the handling of a call.
   *
   * @param arrival limits are judged by the time at which calls arrived, not by the time at which
   *     their turn came
   * @param refuse whether the call is to be refused as throttled, whatever the limits are
   */
  void begin(Instant arrival, boolean refuse) {
    arrived = arrival;
    throttled = refuse;
  }

  /** Moves the sandbox's time forward. */
  void advance(Duration by) {
    advanced = advanced.plus(by);
  }

  /** Forgets everything that happened, and goes back to the real time. */
  void reset() {
    advanced = Duration.ZERO;
    dns.reset();
    web.reset();
    ledger.reset();
    limiter.reset();
    nonces.reset();
    resets.forEach(Runnable::run);
  }

  /** The root certificate of the sandbox's CA in PEM. */
  String rootPem() {
    return authority.rootPem(wallClock());
  }

  @Override
  public Instant now() {
    return wallClock().plus(advanced);
  }

  @Override
  public Instant wallClock() {
    return clock.instant().plus(settings.skew());
  }

  @Override
  public String requestId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
    ByteBuffer bits = ByteBuffer.wrap(bytes);
    return new UUID(bits.getLong(), bits.getLong()).toString();
  }

  @Override
  public String random(int length, String alphabet) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
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
    return web.get(host, path);
  }

  @Override
  public Issued issue(List<String> names, Duration validity, KeyKind keys) {
    return authority.issue(names, now(), validity, keys);
  }

  @Override
  public Optional<Issued> issueForCsr(String csrPem, List<String> names, Duration validity) {
    return authority.issueForCsr(csrPem, names, now(), validity);
  }

  @Override
  public void ledger(String provider, String operation, String domain, String vendorId) {
    ledger.write(new Ledger.Entry(now(), provider, operation, domain, vendorId));
  }

  @Override
  public boolean permit(String provider, String operation, double perSecond) {
    if (!throttled && settings.limits()) {
      throttled =
          !limiter.permit(
              provider + " " + operation,
              perSecond * settings.limitFactor(),
              arrived == null ? wallClock() : arrived);
    }
    return !throttled;
  }

  /** Whether the call under way was refused as throttled. */
  boolean throttled() {
    return throttled;
  }

  @Override
  public boolean owns(String domain) {
    return domains.owns(domain);
  }

  @Override
  public String registrableDomain(String domain) {
    return domains.registrable(domain);
  }

  @Override
  public List<String> ownedDomains() {
    return settings.domains();
  }

  @Override
  public Duration issueDelay() {
    return settings.issueDelay();
  }

  @Override
  public Optional<Secret> secret(String provider, String accessKeyId) {
    return secrets.find(provider, accessKeyId);
  }

  @Override
  public boolean freshNonce(String provider, String nonce) {
    return nonces.fresh(provider, nonce, wallClock());
  }

  @Override
  public void onReset(Runnable forget) {
    resets.add(forget);
  }

  @Override
  public int quota(String what) {
    return settings.quota(what);
  }
}
