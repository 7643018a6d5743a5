package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.DnsVerification;
import java.util.Locale;

/**
 * Reads the record that delegates the validation to EdgeOne.
 *
 * <p>The vendor's own example (ApplyFreeCertificate) has the two sides swapped: {@code Subdomain}
 * is a name of EdgeOne, {@code RecordValue} is {@code _acme-challenge}. The side that begins with
 * {@code _acme-challenge} is the record's name, wherever it stands.
 */
final class DnsDelegation {
  private static final String LABEL = "_acme-challenge";

  private DnsDelegation() {}

  static Validation validation(DomainName domain, DnsVerification answered) {
    boolean swapped = !hosts(answered.subdomain()) && hosts(answered.recordValue());
    String host = swapped ? answered.recordValue() : answered.subdomain();
    String value = swapped ? answered.subdomain() : answered.recordValue();
    String type = answered.recordType().toUpperCase(Locale.ROOT);
    Validation record = Validation.dns(domain.base(), fullName(domain, host), type, value);
    return swapped ? record.withNote(note(answered)) : record;
  }

  private static boolean hosts(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith(LABEL);
  }

  /** The vendor may give the name without the site's name, or as its first label alone. */
  private static String fullName(DomainName domain, String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String full = LABEL + "." + domain.base();
    return full.startsWith(name.toLowerCase(Locale.ROOT) + ".") ? full : name;
  }

  private static String note(DnsVerification answered) {
    return "EdgeOne gave Subdomain %s, RecordType %s, RecordValue %s; name and value are corrected"
        .concat(" here.")
        .formatted(answered.subdomain(), answered.recordType(), answered.recordValue());
  }
}
