package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.Challenge.Kind;
import dev.polycert.sandbox.alibaba.Site.Access;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The certificates of the account, and the CA behind them. */
final class Certificates {
  private static final Duration LIFETIME = Duration.ofDays(90);
  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final World world;
  private final Map<String, EsaCertificate> byId = new LinkedHashMap<>();

  Certificates(World world) {
    this.world = world;
    world.onReset(byId::clear);
  }

  Collection<EsaCertificate> all() {
    return byId.values();
  }

  Optional<EsaCertificate> find(Site site, String id) {
    return Optional.ofNullable(byId.get(id)).filter(c -> c.siteId() == site.id());
  }

  void put(EsaCertificate certificate) {
    byId.put(certificate.id(), certificate);
  }

  void remove(EsaCertificate certificate) {
    byId.remove(certificate.id());
  }

  /** Makes an id as the vendor's samples show them: eight digits, or 32 hex characters. */
  String newId() {
    return byId.size() % 2 == 0
        ? "3" + world.random(7, "0123456789")
        : world.random(32, "0123456789abcdef");
  }

  EsaCertificate apply(Site site, String domain, FreeType type) {
    var id = newId();
    var now = world.now();
    var certificate =
        new EsaCertificate(
            id,
            site.id(),
            "free-" + domain,
            List.of(domain),
            type,
            "free",
            now,
            now,
            challenges(site, domain, type),
            null,
            null,
            null);
    put(certificate);
    world.ledger(EsaEmulator.PROVIDER, "ApplyCertificate", domain, id);
    return certificate;
  }

  /** Empty for a site with NS access: ESA hosts its zone and validates by itself. */
  private List<Challenge> challenges(Site site, String domain, FreeType type) {
    var challenges = new ArrayList<Challenge>();
    if (site.access() == Access.CNAME) {
      var id = world.random(32, "0123456789abcdef");
      var value = world.random(43, ALPHANUMERIC);
      challenges.add(new Challenge(id, Kind.DNS, type.recordName(domain), value));
    }
    if (site.access() == Access.CNAME && type.allowsFile(domain)) {
      var token = world.random(43, ALPHANUMERIC);
      var url = "http://" + domain + "/.well-known/acme-challenge/" + token;
      var content = token + "." + world.random(43, ALPHANUMERIC);
      challenges.add(new Challenge(world.random(32, "0123456789abcdef"), Kind.HTTP, url, content));
    }
    return challenges;
  }

  /** Lets the CA look once at every application of the site that is still open. */
  void validate(Site site) {
    List.copyOf(byId.values()).stream()
        .filter(certificate -> certificate.siteId() == site.id() && certificate.applying())
        .map(
            certificate ->
                proven(site, certificate) ? certificate.validated(world.now()) : certificate)
        .map(this::issue)
        .forEach(this::put);
  }

  private boolean proven(Site site, EsaCertificate certificate) {
    return certificate.validated() == null
        && (site.access() == Access.NS
            || certificate.challenges().stream().anyMatch(challenge -> challenge.satisfied(world))
            || delegated(site, certificate.names().getFirst()));
  }

  private EsaCertificate issue(EsaCertificate certificate) {
    var type = certificate.free();
    var validated = certificate.validated();
    var now = world.now();
    if (type == null || validated == null || now.isBefore(validated.plus(world.issueDelay()))) {
      return certificate;
    }
    var issued = world.issue(certificate.names(), LIFETIME, type.keys());
    var chain = issued.certificatePem().strip() + "\n" + issued.chainPem().strip() + "\n";
    return certificate.issued(CertificateFacts.of(chain).orElseThrow(), now);
  }

  private boolean delegated(Site site, String domain) {
    var base = DomainNames.base(domain);
    var target = base + "." + site.id() + ".dcv.aliyun-esa.com";
    return world.dns("_dnsauth." + base, "CNAME").stream()
        .map(value -> value.endsWith(".") ? value.substring(0, value.length() - 1) : value)
        .anyMatch(target::equalsIgnoreCase);
  }
}
