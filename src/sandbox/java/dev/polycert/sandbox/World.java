package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What all emulated vendors share: time, randomness, DNS, files and a CA. */
@ApplicationScoped
public class World {
  /** The account that the vendors' own variables have the keys of. */
  static final String DEFAULT_ACCOUNT = "default";

  /** The key pair to make. */
  public enum KeyKind {
    RSA_2048,
    EC_P256,
    EC_P384
  }

  /**
   * A certificate that was issued.
   *
   * @param keys null when it was issued for a CSR of the caller
   * @param chainPem the CA's own certificate in PEM
   * @param serial upper-case hex
   */
  public record Issued(
      String certificatePem,
      String chainPem,
      @Nullable KeyPair keys,
      String serial,
      String sha1,
      String sha256,
      Instant notBefore,
      Instant notAfter,
      String issuer) {}

  /**
   * What goes with an access key id.
   *
   * @param account the account that it belongs to
   * @param token the session token that must come with it, or null
   */
  public record Secret(String account, String secretKey, @Nullable String token) {
    @Override
    public String toString() {
      return "Secret[hidden]";
    }
  }

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
  private String account = DEFAULT_ACCOUNT;

  World(
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
   * Begins a call; only one is handled at a time.
   *
   * @param arrival the time that limits count, as calls may have waited for their turn
   * @param refuse whether to refuse the call as throttled, whatever the limits are
   */
  void begin(Instant arrival, boolean refuse) {
    arrived = arrival;
    throttled = refuse;
    account = DEFAULT_ACCOUNT;
  }

  /** The account that the call under way was signed for. */
  public String account() {
    return account;
  }

  /** Moves the sandbox's time forward. */
  void advance(Duration by) {
    advanced = advanced.plus(by);
  }

  /** Forgets everything that happened, and returns to the real time. */
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

  /** The sandbox's time, for certificates and deadlines. The control API can advance it. */
  public Instant now() {
    return wallClock().plus(advanced);
  }

  /**
   * The callers' time plus a configured skew, never advanced. Dates of signatures are checked
   * against it, because callers sign with their own clock.
   */
  public Instant wallClock() {
    return clock.instant().plus(settings.skew());
  }

  /** A random lower-case UUID for request ids. */
  public String requestId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
    ByteBuffer bits = ByteBuffer.wrap(bytes);
    return new UUID(bits.getLong(), bits.getLong()).toString();
  }

  /** Random text of that many characters out of the alphabet. */
  public String random(int length, String alphabet) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** The values that the sandbox's DNS serves now; the name in any case, without trailing dot. */
  public List<String> dns(String name, String type) {
    return dns.resolve(name, type);
  }

  /** Adds a record to those of the name, as a vendor does that hosts the zone. */
  public void addDns(String name, String type, String value) {
    dns.add(name, type, value);
  }

  /** Removes that one value. */
  public void removeDns(String name, String type, String value) {
    dns.remove(name, type, value);
  }

  /** The content that the sandbox's web serves for {@code http://host/path}. */
  public Optional<String> file(String host, String path) {
    return web.get(host, path);
  }

  /** Issues a real X.509 certificate from the sandbox's CA. */
  public Issued issue(List<String> names, Duration validity, KeyKind keys) {
    return authority.issue(names, now(), validity, keys);
  }

  /** Issues for the public key of a PKCS#10 request in PEM; empty when that cannot be read. */
  public Optional<Issued> issueForCsr(String csrPem, List<String> names, Duration validity) {
    return authority.issueForCsr(csrPem, names, now(), validity);
  }

  /**
   * Writes an application that took effect (a certificate applied for or bought) into the ledger,
   * which tests read to count what really happened.
   */
  public void ledger(String provider, String operation, String domain, String vendorId) {
    ledger.write(new Ledger.Entry(now(), provider, operation, domain, vendorId));
  }

  /**
   * Takes one call out of a limit of calls per second (strict sliding window).
   *
   * @return false when the vendor would refuse it as throttled
   */
  public boolean permit(String provider, String operation, double perSecond) {
    if (!throttled && settings.limits()) {
      throttled =
          !limiter.permit(
              provider + " " + account + " " + operation,
              perSecond * settings.limitFactor(),
              arrived == null ? wallClock() : arrived);
    }
    return !throttled;
  }

  /** Whether the call under way was refused as throttled. */
  boolean throttled() {
    return throttled;
  }

  /** Whether the accounts own this registrable domain: every one, unless some are configured. */
  public boolean owns(String domain) {
    return domains.owns(domain);
  }

  /** The registrable domain above a name, or the name itself, {@code example.com}. */
  public String registrableDomain(String domain) {
    return domains.registrable(domain);
  }

  /** Whether the accounts can have a zone or a site of that name. */
  public boolean canHost(String name) {
    return DomainNames.valid(name) && registrableDomain(name).equals(name) && owns(name);
  }

  /** The registrable domains that are configured as owned; empty when every domain is owned. */
  public List<String> ownedDomains() {
    return settings.domains();
  }

  /** How long the emulated CAs take from validation to the certificate. */
  public Duration issueDelay() {
    return settings.issueDelay();
  }

  /**
   * The secret for an access key id of that vendor; empty for an unknown id. The call under way is
   * its account's from now on.
   */
  public Optional<Secret> secret(String provider, String accessKeyId) {
    Optional<Secret> found = secrets.find(provider, accessKeyId);
    found.ifPresent(secret -> account = secret.account());
    return found;
  }

  /** Remembers a nonce for as long as dates are accepted; false when it was seen before. */
  public boolean freshNonce(String provider, String nonce) {
    return nonces.fresh(provider, nonce, wallClock());
  }

  /** Registers what to empty when the sandbox is reset. */
  public void onReset(Runnable forget) {
    resets.add(forget);
  }

  /**
   * Free certificates per account and vendor.
   *
   * @param what a provider id, or a provider id with the name of a further limit: {@code
   *     tencent-ssl/main-domain}
   */
  public int quota(String what) {
    return settings.quota(what);
  }
}
