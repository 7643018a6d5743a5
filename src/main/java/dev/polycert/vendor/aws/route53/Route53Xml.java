package dev.polycert.vendor.aws.route53;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.XmlElement;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.RecordSets.Held;
import dev.polycert.dns.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes Route 53's requests, and picks what is needed out of its answers. */
final class Route53Xml {
  private static final String ID_PREFIX = "/hostedzone/";

  /** Seconds, for a new set. */
  private static final long TTL = 60;

  private Route53Xml() {}

  /** ListHostedZonesByName: the ids of the public zones of that name; no answer without a list. */
  static Optional<List<String>> zones(XmlElement root, String name) {
    XmlElement zones = root.child("HostedZones").orElse(null);
    return zones == null
        ? Optional.empty()
        : Optional.of(
            zones.children().stream()
                .filter(zone -> Values.sameName(zone.textOf("Name").orElse(""), name))
                .filter(zone -> !isPrivate(zone))
                .flatMap(zone -> zone.textOf("Id").stream())
                .map(id -> id.startsWith(ID_PREFIX) ? id.substring(ID_PREFIX.length()) : id)
                .toList());
  }

  private static boolean isPrivate(XmlElement zone) {
    return zone.child("Config")
        .flatMap(config -> config.textOf("PrivateZone"))
        .filter("true"::equals)
        .isPresent();
  }

  /**
   * ListResourceRecordSets: the set of the record's name and type; no answer without a list. The
   * list begins at that name, or where it would be.
   */
  static Optional<Optional<Held>> set(XmlElement root, DnsRecord record) {
    XmlElement sets = root.child("ResourceRecordSets").orElse(null);
    return sets == null
        ? Optional.empty()
        : Optional.of(
            sets.children().stream()
                .filter(set -> Values.sameName(set.textOf("Name").orElse(""), record.name()))
                .filter(set -> set.textOf("Type").filter(record.type()::equals).isPresent())
                .findFirst()
                .map(set -> held(set, record)));
  }

  private static Held held(XmlElement set, DnsRecord record) {
    return new Held(
        record.name(),
        // An alias has none.
        set.textOf("TTL").filter(ttl -> ttl.matches("\\d{1,10}")).map(Long::parseLong).orElse(0L),
        set.child("ResourceRecords").stream()
            .flatMap(records -> records.children().stream())
            .flatMap(one -> Stream.of(one.textOf("Value").orElse("")))
            .toList());
  }

  /**
   * ChangeResourceRecordSets: the request. Deleting exactly what was read and creating what is to
   * be there, in one batch, is refused as a whole when the set was changed in between; an {@code
   * UPSERT} would undo that change.
   */
  static byte[] change(DnsRecord record, @Nullable Held before, List<String> values) {
    StringBuilder changes = new StringBuilder();
    if (before != null) {
      changes.append(change("DELETE", record, before.ttl(), before.values()));
    }
    if (!values.isEmpty()) {
      changes.append(change("CREATE", record, before == null ? TTL : before.ttl(), values));
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">\
    <ChangeBatch><Changes>%s</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>
    """
        .formatted(changes)
        .getBytes(UTF_8);
  }

  private static String change(String action, DnsRecord record, long ttl, List<String> values) {
    String records =
        values.stream()
            .map(XmlElement::escape)
            .map("<ResourceRecord><Value>%s</Value></ResourceRecord>"::formatted)
            .collect(Collectors.joining());
    return """
    <Change><Action>%s</Action><ResourceRecordSet><Name>%s.</Name><Type>%s</Type><TTL>%d</TTL>\
    <ResourceRecords>%s</ResourceRecords></ResourceRecordSet></Change>\
    """
        .formatted(action, record.name(), record.type(), ttl, records);
  }
}
