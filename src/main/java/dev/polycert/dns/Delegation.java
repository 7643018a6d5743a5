package dev.polycert.dns;

import dev.polycert.call.VendorError;

/** The place where a wanted record has to be written. */
public sealed interface Delegation {

  /**
   * The record can be written.
   *
   * @param record the record to write: the wanted one, or one with its value at the end of the
   *     CNAMEs that start at its name
   */
  record Writable(Place place, DnsRecord record) implements Delegation {}

  /**
   * The record cannot be written.
   *
   * @param error {@code Dns.NoWriter}, {@code Dns.ForeignZone}, {@code Dns.OtherName}, {@code
   *     Dns.Loop} or {@code Dns.LongChain}, which stay until the configuration or the DNS is
   *     changed; {@code Dns.Unreachable} may pass
   */
  record Refused(VendorError error) implements Delegation {}
}
