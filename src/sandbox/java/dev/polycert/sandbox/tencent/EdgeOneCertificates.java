package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.World;
import dev.polycert.sandbox.World.Issued;
import dev.polycert.sandbox.World.KeyKind;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ApplyFreeCertificate and CheckFreeCertificateVerification. There are no certificate ids. */
final class EdgeOneCertificates {
  static final String PROVIDER = "tencent-edgeone";
  private static final Duration VALIDITY = Duration.ofDays(90);
  private static final Duration VALIDATION_WINDOW = Duration.ofDays(2);
  private static final String CHALLENGE = "_acme-challenge";
  private static final String CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final World world;
  private final EdgeOneZones zones;
  private final Map<String, Application> byDomain = new HashMap<>();
  private DnsForm dnsForm = DnsForm.FULL;

  EdgeOneCertificates(World world, EdgeOneZones zones) {
    this.world = world;
    this.zones = zones;
    world.onReset(this::reset);
  }

  /** How the answer names the record to publish. */
  enum DnsForm {
    /** Subdomain is the full name of the record, RecordValue its target. */
    FULL,
    /** As in the official sample: the target in Subdomain, {@code _acme-challenge} as value. */
    SAMPLE
  }

  /**
   * The free certificate of a domain.
   *
   * @param secret part of the record's target, and the name of the file; the same for all
   *     applications of a domain, so that one delegation also serves renewals
   */
  private record Application(
      EdgeOneZones.Zone zone,
      String domain,
      String method,
      String secret,
      Instant appliedAt,
      @Nullable Instant validatedAt,
      @Nullable Issued issued) {

    /** The domain without {@code *.}. */
    String name() {
      return name(domain);
    }

    static String name(String domain) {
      return domain.startsWith("*.") ? domain.substring(2) : domain;
    }

    String target() {
      return name() + "." + secret + ".dcv.edgeone.sandbox.test";
    }

    String path() {
      return "/.well-known/teo-verification/" + secret;
    }

    Application validated(Instant at) {
      return new Application(zone, domain, method, secret, appliedAt, at, issued);
    }

    Application issued(Issued certificate) {
      return new Application(zone, domain, method, secret, appliedAt, validatedAt, certificate);
    }
  }

  private void reset() {
    byDomain.clear();
    dnsForm = DnsForm.FULL;
  }

  void dnsForm(DnsForm form) {
    dnsForm = form;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "ApplyFreeCertificate",
        new Operation(
            20,
            Parameters.required(Parameters.Type.STRING, "ZoneId", "Domain", "VerificationMethod"),
            this::apply),
        "CheckFreeCertificateVerification",
        new Operation(
            20, Parameters.required(Parameters.Type.STRING, "ZoneId", "Domain"), this::check));
  }

  private JsonObject apply(JsonObject sent) {
    EdgeOneZones.Zone zone = zone(sent);
    String domain = domain(sent, zone);
    String method = sent.getString("VerificationMethod");
    if (!List.of("http_challenge", "dns_challenge").contains(method)) {
      throw new Refused(
          "InvalidParameter", "VerificationMethod must be http_challenge or dns_challenge.");
    }
    if (domain.startsWith("*.") && method.equals("http_challenge")) {
      throw new Refused("InvalidParameter", "A wildcard domain needs dns_challenge.");
    }
    if (!zone.type().equals("partial")) {
      throw new Refused(
          "OperationDenied", "Only sites in CNAME access mode apply for certificates by hand.");
    }
    Application application = application(zone, domain, method);
    byDomain.put(domain, application);
    return method.equals("dns_challenge") ? dns(application) : file(application);
  }

  /** Continues an open application, with the other method if it is asked for; else opens one. */
  private Application application(EdgeOneZones.Zone zone, String domain, String method) {
    Application before = byDomain.get(domain);
    if (before != null && before.issued() == null && world.now().isBefore(deadline(before))) {
      return new Application(zone, domain, method, before.secret(), before.appliedAt(), null, null);
    }
    if (before == null && byDomain.size() >= world.quota(PROVIDER)) {
      throw new Refused("LimitExceeded", "The number of free certificates is exceeded.");
    }
    world.ledger(PROVIDER, "ApplyFreeCertificate", domain, zone.id() + "/" + domain);
    return new Application(zone, domain, method, secret(domain), world.now(), null, null);
  }

  /** A name and its wildcard share one CNAME, because a name can have only one. */
  private String secret(String domain) {
    return byDomain.values().stream()
        .filter(known -> known.name().equals(Application.name(domain)))
        .map(Application::secret)
        .findFirst()
        .orElseGet(() -> world.random(10, CHARACTERS));
  }

  private JsonObject dns(Application application) {
    boolean sample = dnsForm == DnsForm.SAMPLE;
    return new JsonObject()
        .put(
            "DnsVerification",
            new JsonObject()
                .put(
                    "Subdomain",
                    sample ? application.target() : CHALLENGE + "." + application.name())
                .put("RecordType", "CNAME")
                .put("RecordValue", sample ? CHALLENGE : application.target()));
  }

  private static JsonObject file(Application application) {
    return new JsonObject()
        .put(
            "FileVerification",
            new JsonObject().put("Path", application.path()).put("Content", application.secret()));
  }

  private JsonObject check(JsonObject sent) {
    EdgeOneZones.Zone zone = zone(sent);
    String domain = domain(sent, zone);
    Issued issued =
        covering(domain)
            .or(() -> Optional.ofNullable(byDomain.get(domain)).flatMap(this::verify))
            .orElseThrow(() -> notDetected(domain));
    return new JsonObject()
        .put("CommonName", commonName(domain))
        .put("SignatureAlgorithm", "RSA 2048")
        .put("ExpireTime", issued.notAfter().toString());
  }

  /** The issued certificate that a domain can use now. */
  Optional<Issued> issued(String domain) {
    return covering(domain)
        .or(() -> Optional.ofNullable(byDomain.get(domain)).map(Application::issued));
  }

  /** A domain under an issued wildcard certificate uses that one. */
  private Optional<Issued> covering(String domain) {
    return Optional.ofNullable(byDomain.get(wildcard(domain))).map(Application::issued);
  }

  private String commonName(String domain) {
    return covering(domain).isPresent() ? wildcard(domain) : domain;
  }

  private static String wildcard(String domain) {
    return "*" + domain.substring(domain.indexOf('.'));
  }

  private Optional<Issued> verify(Application application) {
    if (application.issued() != null) {
      return Optional.of(application.issued());
    }
    Application validated = validate(application);
    byDomain.put(application.domain(), validated);
    if (validated.validatedAt() == null
        || world.now().isBefore(validated.validatedAt().plus(world.issueDelay()))) {
      return Optional.empty();
    }
    Issued issued = world.issue(List.of(validated.domain()), VALIDITY, KeyKind.RSA_2048);
    byDomain.put(validated.domain(), validated.issued(issued));
    return Optional.of(issued);
  }

  private Application validate(Application application) {
    boolean open = world.now().isBefore(deadline(application));
    return application.validatedAt() == null && open && published(application)
        ? application.validated(world.now())
        : application;
  }

  private boolean published(Application application) {
    return application.method().equals("dns_challenge")
        ? world.dns(CHALLENGE + "." + application.name(), "CNAME").stream()
            .anyMatch(application.target()::equalsIgnoreCase)
        : world
            .file(application.name(), application.path())
            .map(String::strip)
            .filter(application.secret()::equals)
            .isPresent();
  }

  private static Instant deadline(Application application) {
    return application.appliedAt().plus(VALIDATION_WINDOW);
  }

  private Refused notDetected(String domain) {
    return byDomain.containsKey(domain)
        ? new Refused(
            "ResourceUnavailable.RecordUnExpected", "无法正确检测到验证值,请检查当前域名是否配置了分区域解析或者安全策略拦截。")
        : new Refused("ResourceUnavailable.DomainNotFound", "No free certificate applied for.");
  }

  private EdgeOneZones.Zone zone(JsonObject sent) {
    return zones
        .find(sent.getString("ZoneId"))
        .orElseThrow(
            () -> new Refused("ResourceUnavailable.ZoneNotFound", "The site is not found."));
  }

  private static String domain(JsonObject sent, EdgeOneZones.Zone zone) {
    String domain = sent.getString("Domain").toLowerCase(Locale.ROOT);
    if (!zone.covers(domain)) {
      throw new Refused("ResourceUnavailable.DomainNotFound", "The domain is not under the site.");
    }
    return domain;
  }
}
