package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.HostedRecords;
import dev.polycert.sandbox.HostedRecords.Entry;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Alibaba Cloud DNS' records, API 2015-01-09, in any domain that the account owns. */
@ApplicationScoped
public class AlidnsEmulator implements ForwardingEmulator {
  private static final int LOWEST_TTL = 600;

  private final World world;
  private final HostedRecords records;
  private final AcsGateway gateway;

  public AlidnsEmulator(World world) {
    this.world = world;
    records = new HostedRecords(world);
    gateway =
        new AcsGateway(
            world,
            "alidns",
            "Alidns",
            "2015-01-09",
            Map.of(
                "DescribeSubDomainRecords", this::list,
                "AddDomainRecord", this::add,
                "DeleteDomainRecord", this::delete));
  }

  @Override
  public VendorEmulator target() {
    return gateway;
  }

  private Answer list(Query parameters) {
    var name = parameters.text("SubDomain").map(n -> n.toLowerCase(Locale.ROOT)).orElse("");
    var zone = parameters.text("DomainName").orElseGet(() -> world.registrableDomain(name));
    if (name.isEmpty()) {
      return Refusals.missing("SubDomain");
    }
    if (!records.hosts(zone)) {
      return incorrectUser();
    }
    var host = name.equals(zone) ? "@" : name.replaceFirst("\\." + zone + "$", "");
    var found =
        records.all().stream()
            .filter(e -> e.isAt(zone, host, parameters.text("Type").orElse(e.type())))
            .toList();
    return Page.with(
        parameters,
        page -> {
          var fields = instance.objectNode();
          fields.put("TotalCount", found.size());
          fields.put("PageNumber", page.number()).put("PageSize", page.size());
          var array = fields.putObject("DomainRecords").putArray("Record");
          page.of(found).forEach(entry -> array.add(json(entry)));
          return new Success(fields);
        });
  }

  private Answer add(Query parameters) {
    for (var name : List.of("DomainName", "RR", "Type", "Value")) {
      if (parameters.text(name).isEmpty()) {
        return Refusals.missing(name);
      }
    }
    var zone = parameters.text("DomainName").orElseThrow();
    var host = parameters.text("RR").orElseThrow();
    var type = parameters.text("Type").orElseThrow();
    var value = parameters.text("Value").orElseThrow();
    var ttl = parameters.text("TTL").orElse(String.valueOf(LOWEST_TTL));
    if (!records.hosts(zone)) {
      return incorrectUser();
    }
    if (!ttl.matches("\\d{1,6}") || Integer.parseInt(ttl) < LOWEST_TTL) {
      return new Refusal(400, "QuotaExceeded.TTL", "The TTL is below that of the edition.");
    }
    if (records.all().stream().anyMatch(e -> e.isAt(zone, host, type) && e.value().equals(value))) {
      return new Refusal(400, "DomainRecordDuplicate", "The DNS record already exists.");
    }
    if (records.all().stream()
        .anyMatch(e -> e.isAt(zone, host, type.equals("CNAME") ? e.type() : "CNAME"))) {
      return new Refusal(
          400, "DomainRecordConflict", "The DNS record conflicts with other records.");
    }
    return changed(records.add(zone, host, type, value, Integer.parseInt(ttl)));
  }

  private Answer delete(Query parameters) {
    return records.all().stream()
        .filter(e -> parameters.text("RecordId").filter(String.valueOf(e.id())::equals).isPresent())
        .findFirst()
        .<Answer>map(
            entry -> {
              records.remove(entry);
              return changed(entry);
            })
        .orElseGet(
            () ->
                new Refusal(
                    400,
                    "DomainRecordNotBelongToUser",
                    "The DNS record does not exist or does not belong to this user."));
  }

  private static Refusal incorrectUser() {
    return new Refusal(400, "IncorrectDomainUser", "The domain name does not belong to this user.");
  }

  private static Success changed(Entry entry) {
    return new Success(instance.objectNode().put("RecordId", String.valueOf(entry.id())));
  }

  private static ObjectNode json(Entry entry) {
    return instance
        .objectNode()
        .put("DomainName", entry.zone())
        .put("RecordId", String.valueOf(entry.id()))
        .put("RR", entry.host())
        .put("Type", entry.type())
        .put("Value", entry.value())
        .put("TTL", entry.ttl())
        .put("Line", "default")
        .put("Status", "ENABLE")
        .put("Locked", false);
  }
}
