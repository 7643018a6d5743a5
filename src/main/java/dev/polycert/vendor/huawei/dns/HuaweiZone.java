package dev.polycert.vendor.huawei.dns;

import dev.polycert.dns.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A public zone. */
@RegisterForReflection
record HuaweiZone(@Nullable String id, @Nullable String name) {

  /** ListPublicZones: response parameters. */
  @RegisterForReflection
  record Listing(@Nullable List<HuaweiZone> zones) {

    /** The zone's id, when it is listed; no answer without a list. */
    Optional<Optional<String>> id(String wanted) {
      return zones == null
          ? Optional.empty()
          : Optional.of(
              zones.stream()
                  .filter(zone -> zone.name() != null && Values.sameName(zone.name(), wanted))
                  .flatMap(zone -> Optional.ofNullable(zone.id()).stream())
                  .findFirst());
    }
  }
}
