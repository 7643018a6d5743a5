package dev.polycert.vendor.huawei.dns;

import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.RecordSets.Held;
import dev.polycert.dns.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record set.
 *
 * @param ttl seconds
 * @param records texts in quotes, targets with the final dot
 */
@RegisterForReflection
record HuaweiRecordSet(
    @Nullable String id,
    @Nullable String name,
    @Nullable String type,
    @Nullable Long ttl,
    @Nullable List<String> records) {

  private static final long TTL = 1;

  private boolean is(DnsRecord record) {
    return id != null
        && name != null
        && Values.sameName(name, record.name())
        && record.type().equals(type);
  }

  private Held held() {
    return new Held(
        Objects.requireNonNull(id), ttl == null ? TTL : ttl, records == null ? List.of() : records);
  }

  /** ListRecordSetsByZone: response parameters. */
  @RegisterForReflection
  record Listing(@Nullable List<HuaweiRecordSet> recordsets) {

    /** The set of the record's name and type, when it is listed; no answer without a list. */
    Optional<Optional<Held>> of(DnsRecord record) {
      return recordsets == null
          ? Optional.empty()
          : Optional.of(
              recordsets.stream()
                  .filter(set -> set.is(record))
                  .findFirst()
                  .map(HuaweiRecordSet::held));
    }
  }

  /** CreateRecordSet and UpdateRecordSet: request parameters. */
  @RegisterForReflection
  record Change(String name, String type, long ttl, List<String> records) {

    static Change of(DnsRecord record, @Nullable Held before, List<String> values) {
      return new Change(
          record.name() + ".", record.type(), before == null ? TTL : before.ttl(), values);
    }
  }
}
