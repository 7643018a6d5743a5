package dev.polycert.dns;

/**
 * Where a name can be written.
 *
 * @param writer who writes it
 * @param zone the zone that holds it, one that the writer is configured for
 */
public record Place(DnsWriter writer, String zone) {

  @Override
  public String toString() {
    return zone + " at " + writer.id();
  }
}
