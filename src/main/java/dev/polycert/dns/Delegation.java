package dev.polycert.dns;

import dev.polycert.call.VendorError;

/** Where a wanted record really has to be written. */
public sealed interface Delegation {

  /**
   * It can be written.
   *
   * @param record what is written: the wanted record, or one of the same value at the end of the
   *     CNAMEs that start at its name
   */
  record Writable(Place place, DnsRecord record) implements Delegation {}

  /**
   * It cannot.
   *
   * @param error {@code Dns.NoWriter}, {@code Dns.ForeignZone}, {@code Dns.Loop} or {@code
   *     Dns.LongChain}, which stay until somebody changes something; {@code Dns.Unreachable} may go
   *     away
   */
  record Refused(VendorError error) implements Delegation {}
}
