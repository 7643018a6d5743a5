package dev.polycert.vendor.aws.route53;

import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.RecordSets.Held;
import dev.polycert.dns.Values;
import dev.polycert.vendor.aws.XmlElement;
import java.util.Optional;
import java.util.stream.Stream;

/** Picks what is needed out of Route 53's answers. */
final class Route53Answers {
  private static final String ID_PREFIX = "/hostedzone/";

  private Route53Answers() {}

  /** ListHostedZonesByName: the id of the public zone of that name; no answer without a list. */
  static Optional<Optional<String>> zone(XmlElement root, String name) {
    XmlElement zones = root.child("HostedZones").orElse(null);
    return zones == null
        ? Optional.empty()
        : Optional.of(
            zones.children().stream()
                .filter(zone -> Values.sameName(zone.textOf("Name").orElse(""), name))
                .filter(zone -> !isPrivate(zone))
                .flatMap(zone -> zone.textOf("Id").stream())
                .map(id -> id.startsWith(ID_PREFIX) ? id.substring(ID_PREFIX.length()) : id)
                .findFirst());
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
        set.textOf("TTL").map(Long::parseLong).orElse(0L),
        set.child("ResourceRecords").stream()
            .flatMap(records -> records.children().stream())
            .flatMap(one -> Stream.of(one.textOf("Value").orElse("")))
            .toList());
  }
}
