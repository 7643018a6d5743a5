package dev.polycert.vendor.aws.route53;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.vendor.aws.XmlElement;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.RecordSets.Held;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * ChangeResourceRecordSets: the request. Deleting exactly what was read and creating what is to be
 * there, in one batch, is refused as a whole when somebody has changed the set in between; an
 * {@code UPSERT} would undo that change.
 */
final class ChangeBatch {
  /** Seconds, for a set that nobody has chosen one for. */
  private static final long TTL = 60;

  private ChangeBatch() {}

  static byte[] replacing(DnsRecord record, @Nullable Held before, List<String> values) {
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
