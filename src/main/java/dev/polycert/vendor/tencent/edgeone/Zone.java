package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A site.
 *
 * @param aliasZoneName tells sites of the same name apart
 * @param type {@code partial} for CNAME access; {@code full}, {@code dnsPodAccess} and others
 * @param status {@code active}, {@code pending}, {@code moved}, {@code deactivated}, {@code
 *     initializing}
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record Zone(
    String zoneId,
    String zoneName,
    @Nullable String aliasZoneName,
    @Nullable String type,
    @Nullable String status,
    @Nullable Boolean paused) {

  Zone {
    Objects.requireNonNull(zoneId, "ZoneId");
    Objects.requireNonNull(zoneName, "ZoneName");
  }
}
