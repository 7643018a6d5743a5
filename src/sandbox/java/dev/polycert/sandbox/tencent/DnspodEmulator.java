package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.HostedRecords;
import dev.polycert.sandbox.HostedRecords.Entry;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** DNSPod's records, API 2021-03-23, in any domain that the account owns. */
@ApplicationScoped
public class DnspodEmulator implements ForwardingEmulator {
  private static final int LOWEST_TTL = 600;

  private final HostedRecords records;
  private final VendorEmulator gateway;

  public DnspodEmulator(World world) {
    records = new HostedRecords(world);
    gateway = new TencentApi(world, "dnspod", "2021-03-23", operations());
  }

  @Override
  public VendorEmulator target() {
    return gateway;
  }

  private Map<String, Operation> operations() {
    return Map.of(
        "DescribeRecordList",
        new Operation(
            100,
            Parameters.required(Parameters.Type.STRING, "Domain")
                .optional(Parameters.Type.STRING, "Subdomain", "RecordType", "RecordLine")
                .optional(Parameters.Type.INTEGER, "Offset", "Limit"),
            this::list),
        "CreateRecord",
        new Operation(
            500,
            Parameters.required(
                    Parameters.Type.STRING, "Domain", "RecordType", "RecordLine", "Value")
                .optional(Parameters.Type.STRING, "SubDomain", "RecordLineId", "Remark", "Status")
                .optional(Parameters.Type.INTEGER, "TTL", "MX", "Weight"),
            this::create),
        "DeleteRecord",
        new Operation(
            500,
            Parameters.required(Parameters.Type.STRING, "Domain")
                .optional(Parameters.Type.INTEGER, "RecordId"),
            this::delete));
  }

  private JsonObject list(JsonObject sent) {
    String zone = zone(sent);
    List<Entry> found =
        records.all().stream()
            .filter(entry -> entry.zone().equals(zone))
            .filter(
                entry ->
                    entry.host().equalsIgnoreCase(sent.getString("Subdomain", entry.host()))
                        && entry.type().equals(sent.getString("RecordType", entry.type())))
            .toList();
    if (found.isEmpty()) {
      throw new Refused("ResourceNotFound.NoDataOfRecord", "The record list is empty.");
    }
    JsonArray page = new JsonArray();
    found.stream()
        .skip(sent.getInteger("Offset", 0))
        .limit(sent.getInteger("Limit", 100))
        .map(DnspodEmulator::json)
        .forEach(page::add);
    return new JsonObject()
        .put(
            "RecordCountInfo",
            new JsonObject()
                .put("SubdomainCount", found.stream().map(Entry::host).distinct().count())
                .put("ListCount", page.size())
                .put("TotalCount", found.size()))
        .put("RecordList", page);
  }

  private JsonObject create(JsonObject sent) {
    String zone = zone(sent);
    String host = sent.getString("SubDomain", "@");
    String type = sent.getString("RecordType");
    String value = sent.getString("Value");
    int ttl = sent.getInteger("TTL", LOWEST_TTL);
    if (!List.of("TXT", "CNAME").contains(type)) {
      throw new Refused("InvalidParameter.RecordTypeInvalid", "Record type is invalid.");
    }
    if (ttl < LOWEST_TTL) {
      throw new Refused(
          "LimitExceeded.RecordTtlLimit", "The TTL value is below that of the domain's plan.");
    }
    if (records.all().stream()
        .anyMatch(entry -> entry.isAt(zone, host, type) && entry.value().equals(value))) {
      throw new Refused(
          "InvalidParameter.DomainRecordExist", "The record already exists. No need to add again.");
    }
    return new JsonObject().put("RecordId", records.add(zone, host, type, value, ttl).id());
  }

  private JsonObject delete(JsonObject sent) {
    String zone = zone(sent);
    Entry entry =
        records
            .find(sent.getLong("RecordId", 0L))
            .filter(held -> held.zone().equals(zone))
            .orElseThrow(
                () -> new Refused("InvalidParameter.RecordIdInvalid", "The record ID is invalid."));
    records.remove(entry);
    return new JsonObject();
  }

  private String zone(JsonObject sent) {
    String zone = sent.getString("Domain").toLowerCase(Locale.ROOT);
    if (!records.hosts(zone)) {
      throw new Refused("ResourceNotFound.NoDataOfDomain", "The domain is not under this account.");
    }
    return zone;
  }

  private static JsonObject json(Entry entry) {
    return new JsonObject()
        .put("RecordId", entry.id())
        .put("Name", entry.host())
        .put("Type", entry.type())
        .put("Value", entry.type().equals("CNAME") ? entry.value() + "." : entry.value())
        .put("Line", "默认")
        .put("LineId", "0")
        .put("TTL", entry.ttl())
        .put("MX", 0)
        .put("Status", "ENABLE")
        .put("MonitorStatus", "")
        .put("Remark", "");
  }
}
