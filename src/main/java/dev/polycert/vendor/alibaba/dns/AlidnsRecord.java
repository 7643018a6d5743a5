package dev.polycert.vendor.alibaba.dns;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record, as far as it tells which one it is. */
@RegisterForReflection
record AlidnsRecord(
    @JsonProperty("RecordId") @Nullable String id,
    @JsonProperty("RR") @Nullable String host,
    @JsonProperty("Type") @Nullable String type,
    @JsonProperty("Value") @Nullable String value) {

  private boolean is(String zone, DnsRecord record) {
    return Values.host(zone, record).equalsIgnoreCase(host)
        && record.type().equals(type)
        && value != null
        && Values.same(value, record);
  }

  /** DescribeSubDomainRecords: response parameters. */
  @RegisterForReflection
  record Listing(@JsonProperty("DomainRecords") @Nullable Records records) {

    /** The record's id, when it is listed; no answer without a list. */
    Optional<Optional<String>> id(String zone, DnsRecord record) {
      return records == null
          ? Optional.empty()
          : Optional.of(
              records.list().stream()
                  .filter(one -> one.is(zone, record))
                  .flatMap(one -> Optional.ofNullable(one.id()).stream())
                  .findFirst());
    }
  }

  /** The list inside. */
  @RegisterForReflection
  record Records(@JsonProperty("Record") List<AlidnsRecord> list) {

    Records {
      list = list == null ? List.of() : List.copyOf(list);
    }
  }

  /** AddDomainRecord and DeleteDomainRecord: response parameters. */
  @RegisterForReflection
  record Changed(@JsonProperty("RecordId") @Nullable String id) {}
}
