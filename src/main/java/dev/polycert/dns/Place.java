package dev.polycert.dns;

/**
 * A zone that a name can be written in, and its writer.
 *
 * @param zone one that the writer is configured for
 */
public record Place(DnsWriter writer, String zone) {

  @Override
  public String toString() {
    return zone + " at " + writer.id();
  }
}
