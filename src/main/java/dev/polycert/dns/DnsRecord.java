package dev.polycert.dns;

import org.jspecify.annotations.Nullable;

/**
 * One record of a zone. Several may have one name and type; the value distinguishes them.
 *
 * @param name full name, A-labels, without the trailing dot
 * @param type {@code TXT} or {@code CNAME}
 * @param value the text of a TXT record, unquoted, or the target without the trailing dot
 * @param keyAuthorization what the value is the digest of, where ACME made it (RFC 8555, section
 *     8.4) and that is known
 */
public record DnsRecord(String name, String type, String value, @Nullable String keyAuthorization) {

  /** A record whose value is all that is known. */
  public DnsRecord(String name, String type, String value) {
    this(name, type, value, null);
  }

  /** Whether both are one record in the DNS, whatever is known of their value. */
  public boolean isSame(DnsRecord other) {
    return name.equals(other.name) && type.equals(other.type) && value.equals(other.value);
  }

  /** The same record at another name. */
  public DnsRecord at(String other) {
    return new DnsRecord(other, type, value, keyAuthorization);
  }

  @Override
  public String toString() {
    return type + " " + name;
  }
}
