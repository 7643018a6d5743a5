package dev.polycert.vendor.cloudflare;

import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A zone or a record, as far as it tells which one it is. */
@RegisterForReflection
record CloudflareItem(
    @Nullable String id, @Nullable String name, @Nullable String type, @Nullable String content) {

  private boolean isNamed(String wanted) {
    return name != null && Values.sameName(name, wanted);
  }

  private boolean is(DnsRecord record) {
    return isNamed(record.name())
        && record.type().equals(type)
        && content != null
        && Values.same(content, record);
  }

  /** The answer to a question for several. */
  @RegisterForReflection
  record Listing(@Nullable List<CloudflareItem> result) {

    /** The id of the zone of that name, when it is listed; no answer without a list. */
    Optional<Optional<String>> zone(String wanted) {
      return first(item -> item.isNamed(wanted));
    }

    /** The id of the record, when it is listed; no answer without a list. */
    Optional<Optional<String>> record(DnsRecord wanted) {
      return first(item -> item.is(wanted));
    }

    private Optional<Optional<String>> first(Predicate<CloudflareItem> wanted) {
      return result == null
          ? Optional.empty()
          : Optional.of(
              result.stream()
                  .filter(wanted)
                  .flatMap(item -> Optional.ofNullable(item.id()).stream())
                  .findFirst());
    }
  }

  /** The answer to a change of one. */
  @RegisterForReflection
  record Single(@Nullable CloudflareItem result) {

    Optional<String> id() {
      return Optional.ofNullable(result).map(CloudflareItem::id);
    }
  }

  /**
   * A record to be made.
   *
   * @param ttl seconds
   */
  @RegisterForReflection
  record Draft(String type, String name, String content, int ttl) {}
}
