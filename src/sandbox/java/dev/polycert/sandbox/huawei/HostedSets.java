package dev.polycert.sandbox.huawei;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Public zones and their record sets, which the sandbox's DNS serves. */
final class HostedSets {
  private static final String HEX = "0123456789abcdef";

  private final World world;
  private final Map<String, String> zones = new LinkedHashMap<>();
  private final Map<String, RecordSet> sets = new LinkedHashMap<>();

  HostedSets(World world) {
    this.world = world;
    world.onReset(
        () -> {
          zones.clear();
          sets.clear();
        });
  }

  private record RecordSet(
      String id, String zoneId, String name, String type, int ttl, List<String> records) {}

  /** Lists the zone of that name; creates it if the account owns the domain. */
  ObjectNode zones(String asked) {
    String name = withoutDot(asked);
    if (world.canHost(name) && !zones.containsValue(name)) {
      zones.put(world.random(32, HEX), name);
    }
    ObjectNode fields = instance.objectNode();
    var list = fields.putArray("zones");
    zones.forEach(
        (id, zone) -> {
          if (zone.equals(name)) {
            list.addObject()
                .put("id", id)
                .put("name", zone + ".")
                .put("zone_type", "public")
                .put("ttl", 300)
                .put("status", "ACTIVE");
          }
        });
    fields.putObject("metadata").put("total_count", list.size());
    return fields;
  }

  ObjectNode list(String zoneId, Query query) {
    zone(zoneId);
    String name = query.text("name").map(HostedSets::withoutDot).orElse("");
    boolean equal = query.text("search_mode").filter("equal"::equals).isPresent();
    ObjectNode fields = instance.objectNode();
    var list = fields.putArray("recordsets");
    sets.values().stream()
        .filter(set -> set.zoneId.equals(zoneId))
        .filter(set -> equal ? set.name.equals(name) : set.name.contains(name))
        .filter(set -> query.text("type").map(set.type::equals).orElse(true))
        .forEach(set -> list.add(json(set)));
    fields.putObject("metadata").put("total_count", list.size());
    return fields;
  }

  ObjectNode show(String zoneId, String id) {
    return json(set(zoneId, id));
  }

  ObjectNode create(String zoneId, ObjectNode body) {
    RecordSet set = read(world.random(32, HEX), zoneId, body);
    if (sets.values().stream()
        .anyMatch(held -> held.name.equals(set.name) && held.type.equals(set.type))) {
      throw new Refused(400, "DNS.0312", "This record set already exists.");
    }
    put(set);
    return json(set);
  }

  ObjectNode update(String zoneId, String id, ObjectNode body) {
    RecordSet before = set(zoneId, id);
    RecordSet after = read(id, zoneId, body);
    remove(before);
    put(after);
    return json(after);
  }

  ObjectNode delete(String zoneId, String id) {
    RecordSet set = set(zoneId, id);
    remove(set);
    return json(set);
  }

  private void put(RecordSet set) {
    sets.put(set.id, set);
    set.records.forEach(record -> world.addDns(set.name, set.type, served(record)));
  }

  private void remove(RecordSet set) {
    sets.remove(set.id);
    set.records.forEach(record -> world.removeDns(set.name, set.type, served(record)));
  }

  /** Clients quote texts and end targets with a dot; the DNS of the sandbox has neither. */
  private static String served(String record) {
    return record.startsWith("\"") ? record.substring(1, record.length() - 1) : withoutDot(record);
  }

  private RecordSet read(String id, String zoneId, ObjectNode body) {
    String zone = zone(zoneId);
    String name = body.path("name").asText();
    String type = body.path("type").asText();
    int ttl = body.path("ttl").asInt(300);
    List<String> records = body.path("records").valueStream().map(JsonNode::asText).toList();
    if (!name.endsWith("." + zone + ".") && !name.equals(zone + ".")) {
      throw new Refused(400, "DNS.0304", "Invalid record set name.");
    }
    if (!List.of("TXT", "CNAME").contains(type)) {
      throw new Refused(400, "DNS.0307", "Invalid record set type.");
    }
    if (ttl < 1) {
      throw new Refused(400, "DNS.0319", "Invalid TTL.");
    }
    boolean right =
        records.stream().allMatch(r -> type.equals("CNAME") || r.matches("\"[^\"]{1,255}\""));
    if (records.isEmpty() || !right || records.stream().distinct().count() < records.size()) {
      throw new Refused(400, "DNS.0308", "Invalid record set value.");
    }
    return new RecordSet(id, zoneId, withoutDot(name), type, ttl, records);
  }

  private String zone(String id) {
    String zone = zones.get(id);
    if (zone == null) {
      throw new Refused(404, "DNS.0302", "This zone does not exist.");
    }
    return zone;
  }

  private RecordSet set(String zoneId, String id) {
    zone(zoneId);
    RecordSet set = sets.get(id);
    if (set == null) {
      throw new Refused(404, "DNS.0313", "This record set does not exist.");
    }
    return set;
  }

  private ObjectNode json(RecordSet set) {
    ObjectNode fields =
        instance
            .objectNode()
            .put("id", set.id)
            .put("name", set.name + ".")
            .put("type", set.type)
            .put("ttl", set.ttl)
            .put("zone_id", set.zoneId)
            .put("zone_name", zone(set.zoneId) + ".")
            .put("status", "ACTIVE")
            .put("default", false);
    var records = fields.putArray("records");
    set.records.forEach(records::add);
    return fields;
  }

  private static String withoutDot(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
