package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.World;
import dev.polycert.sandbox.World.Issued;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The accelerated domains of the sites and their certificates. Like sites they are created when
 * they are asked for by name.
 */
final class EdgeOneHosts {
  private static final List<String> MODES =
      List.of("disable", "eofreecert", "eofreecert_manual", "sslcert");
  private static final int MOST = 200;
  private static final int MOST_DEFAULTS = 100;

  private final World world;
  private final EdgeOneZones zones;
  private final EdgeOneCertificates certificates;
  private final Map<String, Host> byName = new TreeMap<>();
  private Duration deployDelay = Duration.ZERO;

  EdgeOneHosts(World world, EdgeOneZones zones, EdgeOneCertificates certificates) {
    this.world = world;
    this.zones = zones;
    this.certificates = certificates;
    world.onReset(
        () -> {
          byName.clear();
          deployDelay = Duration.ZERO;
        });
  }

  /**
   * One accelerated domain.
   *
   * @param certificate the free one
   * @param certIds those of Tencent Cloud SSL, with the mode sslcert
   * @param deployedAt when its certificate comes into use
   */
  private record Host(
      EdgeOneZones.Zone zone,
      String name,
      Instant createdOn,
      String mode,
      @Nullable Issued certificate,
      List<String> certIds,
      Instant deployedAt) {}

  /** How long a deployment takes. */
  void deployDelay(Duration delay) {
    deployDelay = delay;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "ModifyHostsCertificate",
        new Operation(
            Parameters.required(Parameters.Type.STRING, "ZoneId")
                .optional(Parameters.Type.STRINGS, "Hosts")
                .optional(Parameters.Type.STRING, "Mode", "ApplyType")
                .optional(Parameters.Type.OBJECTS, "ServerCertInfo"),
            this::modify),
        "DescribeAccelerationDomains",
        new Operation(
            Parameters.required(Parameters.Type.STRING, "ZoneId")
                .optional(Parameters.Type.INTEGER, "Offset", "Limit")
                .optional(Parameters.Type.STRING, "Order", "Direction", "Match")
                .optional(Parameters.Type.OBJECTS, "Filters"),
            this::describe),
        "DescribeDefaultCertificates",
        new Operation(
            Parameters.allOptional(Parameters.Type.STRING, "ZoneId")
                .optional(Parameters.Type.INTEGER, "Offset", "Limit")
                .optional(Parameters.Type.OBJECTS, "Filters"),
            this::defaults));
  }

  private JsonObject modify(JsonObject sent) {
    EdgeOneZones.Zone zone = zone(sent);
    String mode = sent.getString("Mode", "disable");
    if (!MODES.contains(mode)) {
      throw new Refused("InvalidParameter", "Mode must be one of " + MODES + ".");
    }
    List<Host> hosts =
        sent.getJsonArray("Hosts", new JsonArray()).stream()
            .map(String.class::cast)
            .map(name -> host(zone, name).orElseThrow(EdgeOneHosts::notFound))
            .toList();
    if (hosts.isEmpty()) {
      throw new Refused("MissingParameter", "The request is missing a parameter `Hosts`.");
    }
    List<String> certIds = mode.equals("sslcert") ? certIds(sent) : List.of();
    List<Host> modified = hosts.stream().map(host -> modified(host, mode, certIds)).toList();
    modified.forEach(host -> byName.put(host.name(), host));
    return new JsonObject();
  }

  /** The account of Tencent Cloud SSL is not emulated beside this one: an id in its form does. */
  private static List<String> certIds(JsonObject sent) {
    List<String> ids =
        sent.getJsonArray("ServerCertInfo", new JsonArray()).stream()
            .map(one -> ((JsonObject) one).getString("CertId", ""))
            .toList();
    if (ids.isEmpty() || !ids.stream().allMatch(id -> id.matches("[0-9A-Za-z]{8}"))) {
      throw new Refused(
          "ResourceUnavailable.CertNotFound", "ServerCertInfo names no certificate by its CertId.");
    }
    return ids;
  }

  private Host modified(Host host, String mode, List<String> certIds) {
    Issued certificate = null;
    if (mode.startsWith("eofreecert")) {
      certificate =
          certificates
              .issued(host.name())
              .orElseThrow(
                  () ->
                      new Refused(
                          "ResourceUnavailable.CertNotFound", "The certificate is not found."));
    }
    Instant deployedAt = world.now().plus(deployDelay);
    return new Host(
        host.zone(), host.name(), host.createdOn(), mode, certificate, certIds, deployedAt);
  }

  private JsonObject describe(JsonObject sent) {
    EdgeOneZones.Zone zone = zone(sent);
    int offset = sent.getInteger("Offset", 0);
    int limit = sent.getInteger("Limit", 20);
    if (offset < 0 || limit < 1 || limit > MOST) {
      throw new Refused("InvalidParameter", "Offset or Limit is out of range.");
    }
    List<String> names = EdgeOneZones.named(sent, "domain-name");
    names.forEach(name -> host(zone, name));
    List<Host> matching =
        byName.values().stream()
            .filter(host -> host.zone().id().equals(zone.id()))
            .filter(host -> names.isEmpty() || names.contains(host.name()))
            .toList();
    JsonArray page = new JsonArray();
    matching.stream().skip(offset).limit(limit).map(this::json).forEach(page::add);
    return new JsonObject().put("TotalCount", matching.size()).put("AccelerationDomains", page);
  }

  /** No site has a default certificate of its own. */
  private JsonObject defaults(JsonObject sent) {
    int limit = sent.getInteger("Limit", 20);
    if (limit < 1 || limit > MOST_DEFAULTS) {
      throw new Refused("InvalidParameter", "Limit is out of range.");
    }
    if (sent.containsKey("ZoneId")) {
      zone(sent);
    }
    return new JsonObject().put("TotalCount", 0).put("DefaultServerCertInfo", new JsonArray());
  }

  private Optional<Host> host(EdgeOneZones.Zone zone, String given) {
    String name = given.toLowerCase(Locale.ROOT);
    boolean possible =
        zone.covers(name) && !name.startsWith("*.") && world.owns(world.registrableDomain(name));
    if (!possible) {
      return Optional.empty();
    }
    Instant now = world.now();
    return Optional.of(
        byName.computeIfAbsent(
            name, key -> new Host(zone, key, now, "disable", null, List.of(), now)));
  }

  private EdgeOneZones.Zone zone(JsonObject sent) {
    return zones
        .find(sent.getString("ZoneId"))
        .orElseThrow(
            () -> new Refused("ResourceUnavailable.ZoneNotFound", "The site is not found."));
  }

  private static Refused notFound() {
    return new Refused("ResourceUnavailable.HostNotFound", "The domain is not found.");
  }

  private JsonObject json(Host host) {
    return new JsonObject()
        .put("ZoneId", host.zone().id())
        .put("DomainName", host.name())
        .put("DomainStatus", "online")
        .put("Cname", host.name() + ".eo.dnse1.sandbox.test")
        .put("IPv6Status", "follow")
        .put("IdentificationStatus", "finished")
        .putNull("OwnershipVerification")
        .put("OriginProtocol", "FOLLOW")
        .put("HttpOriginPort", 80)
        .put("HttpsOriginPort", 443)
        .put("Certificate", host.mode().equals("disable") ? null : certificate(host))
        .put("CreatedOn", time(host.createdOn()))
        .put("ModifiedOn", time(host.createdOn()));
  }

  private JsonObject certificate(Host host) {
    JsonArray list = new JsonArray();
    Issued issued = host.certificate();
    boolean deployed = !world.now().isBefore(host.deployedAt());
    for (String certId : host.certIds()) {
      list.add(
          new JsonObject()
              .put("CertId", certId)
              .put("Alias", "")
              .put("Type", "default")
              .put("DeployTime", deployed ? time(host.deployedAt()) : null)
              .put("Status", deployed ? "deployed" : "processing"));
    }
    if (issued != null) {
      list.add(
          new JsonObject()
              .put("CertId", "teo-" + issued.serial().toLowerCase(Locale.ROOT))
              .put("Alias", "")
              .put("Type", "managed")
              .put("ExpireTime", time(issued.notAfter()))
              .put("DeployTime", deployed ? time(host.deployedAt()) : null)
              .put("SignAlgo", "RSA 2048")
              .put("Status", deployed ? "deployed" : "processing"));
    }
    return new JsonObject().put("Mode", host.mode()).put("List", list);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
