package dev.polycert.dns;

import dev.polycert.domain.DnsNames;

/** Compares values of records as services write them. */
public final class Values {
  private Values() {}

  /** Whether a service's value is that of the record, with or without quotes or the final dot. */
  public static boolean same(String held, DnsRecord record) {
    return record.type().equals("CNAME")
        ? DnsNames.same(held, record.value())
        : QuotedText.unquote(held).equals(record.value());
  }

  /** The record's name below its zone; {@code @} for the zone itself. */
  public static String host(String zone, DnsRecord record) {
    return sameName(record.name(), zone)
        ? "@"
        : record.name().substring(0, record.name().length() - zone.length() - 1);
  }

  /** Whether a service's name is the record's; services write names in Unicode as well. */
  public static boolean sameName(String held, String name) {
    return DnsNames.same(held, name);
  }
}
