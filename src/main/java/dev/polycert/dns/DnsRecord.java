package dev.polycert.dns;

/**
 * One record of a zone. Several may have one name and type; the value distinguishes them.
 *
 * @param name full name, A-labels, without the trailing dot
 * @param type {@code TXT} or {@code CNAME}
 * @param value the text of a TXT record, unquoted, or the target without the trailing dot
 */
public record DnsRecord(String name, String type, String value) {

  @Override
  public String toString() {
    return type + " " + name;
  }
}
