package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.World;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The sites of the emulated account and DescribeZones. A site is created when it is asked for by
 * name, because the account owns every domain unless the owned ones are configured.
 */
final class EdgeOneZones {
  static final List<String> TYPES =
      List.of("full", "partial", "noDomainAccess", "dnsPodAccess", "pages", "ai");
  private static final int MOST = 100;
  private static final int MOST_VALUES = 20;

  private final World world;
  private final Map<String, Zone> byName = new LinkedHashMap<>();

  EdgeOneZones(World world) {
    this.world = world;
    world.onReset(byName::clear);
  }

  /** One site. */
  record Zone(String id, String name, String type, String status, Instant createdOn) {

    boolean covers(String domain) {
      return domain.equals(name) || domain.endsWith("." + name);
    }

    private String attribute(String filter) {
      return switch (filter) {
        case "zone-name" -> name;
        case "zone-id" -> id;
        case "zone-type" -> type;
        case "status" -> status;
        default ->
            throw new Refused("InvalidParameter", "The filter `" + filter + "` is not valid.");
      };
    }
  }

  Map<String, Operation> operations() {
    return Map.of(
        "DescribeZones",
        new Operation(
            20,
            Parameters.allOptional(Parameters.Type.INTEGER, "Offset", "Limit")
                .optional(Parameters.Type.STRING, "Order", "Direction")
                .optional(Parameters.Type.OBJECTS, "Filters"),
            this::describe),
        "VerifyOwnership",
        new Operation(
            20, Parameters.required(Parameters.Type.STRING, "Domain"), this::verifyOwnership));
  }

  /** Whoever owns a domain here has published the record that the vendor asks for. */
  private JsonObject verifyOwnership(JsonObject sent) {
    boolean owned = world.owns(sent.getString("Domain").toLowerCase(Locale.ROOT));
    return new JsonObject()
        .put("Status", owned ? "success" : "fail")
        .put("Result", owned ? "" : "The TXT record edgeonereclaim is not found.");
  }

  /** Creates or replaces a site. */
  Zone put(String name, String type, String status) {
    Zone zone =
        new Zone(
            "zone-" + world.random(12, "0123456789abcdefghijklmnopqrstuvwxyz"),
            name.toLowerCase(Locale.ROOT),
            type,
            status,
            world.now());
    byName.put(zone.name(), zone);
    return zone;
  }

  Optional<Zone> find(String id) {
    return byName.values().stream().filter(zone -> zone.id().equals(id)).findFirst();
  }

  private JsonObject describe(JsonObject sent) {
    int offset = sent.getInteger("Offset", 0);
    int limit = sent.getInteger("Limit", 20);
    if (offset < 0 || limit < 1 || limit > MOST) {
      throw new Refused("InvalidParameter", "Offset or Limit is out of range.");
    }
    List<JsonObject> filters =
        sent.getJsonArray("Filters", new JsonArray()).stream().map(JsonObject.class::cast).toList();
    world.ownedDomains().forEach(this::createIfOwned);
    filters.forEach(this::createWhatIsNamed);
    List<Zone> matching =
        byName.values().stream()
            .filter(zone -> filters.stream().allMatch(filter -> matches(zone, filter)))
            .toList();
    JsonArray page = new JsonArray();
    matching.stream().skip(offset).limit(limit).map(EdgeOneZones::json).forEach(page::add);
    return new JsonObject().put("TotalCount", matching.size()).put("Zones", page);
  }

  private void createWhatIsNamed(JsonObject filter) {
    boolean fuzzy = Boolean.TRUE.equals(filter.getValue("Fuzzy"));
    if (!fuzzy && "zone-name".equals(filter.getValue("Name"))) {
      values(filter).forEach(this::createIfOwned);
    }
  }

  private void createIfOwned(String name) {
    if (world.canHost(name) && !byName.containsKey(name)) {
      put(name, "partial", "active");
    }
  }

  private static boolean matches(Zone zone, JsonObject filter) {
    String attribute = zone.attribute(String.valueOf(filter.getValue("Name")));
    boolean fuzzy = Boolean.TRUE.equals(filter.getValue("Fuzzy"));
    return values(filter).stream()
        .anyMatch(value -> fuzzy ? attribute.contains(value) : attribute.equals(value));
  }

  /** The values of the one filter that a request may have. */
  static List<String> named(JsonObject sent, String name) {
    return sent.getJsonArray("Filters", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .peek(
            filter -> {
              if (!name.equals(filter.getValue("Name"))) {
                throw new Refused("InvalidParameter", "The filter is not valid.");
              }
            })
        .flatMap(filter -> values(filter).stream())
        .toList();
  }

  private static List<String> values(JsonObject filter) {
    if (!(filter.getValue("Values") instanceof JsonArray values)
        || values.isEmpty()
        || values.size() > MOST_VALUES) {
      throw new Refused("InvalidParameter.TooManyFilterValues", "A filter has 1 to 20 values.");
    }
    return values.stream().map(String::valueOf).toList();
  }

  private static JsonObject json(Zone zone) {
    return new JsonObject()
        .put("ZoneId", zone.id())
        .put("ZoneName", zone.name())
        .put("AliasZoneName", "")
        .put("Area", "global")
        .put("Type", zone.type())
        .put("Status", zone.status())
        .put("CnameStatus", zone.type().equals("partial") ? "finished" : "pending")
        .put("ActiveStatus", zone.status().equals("active") ? "active" : "inactive")
        .put("LockStatus", "enable")
        .put("Paused", false)
        .put("IsFake", 0)
        .put("CnameSpeedUp", "enabled")
        .put("CreatedOn", zone.createdOn().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("ModifiedOn", zone.createdOn().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("NameServers", new JsonArray())
        .put("OriginalNameServers", new JsonArray())
        .put("Resources", new JsonArray())
        .put("Tags", new JsonArray())
        .putNull("VanityNameServers")
        .put("VanityNameServersIps", new JsonArray());
  }
}
