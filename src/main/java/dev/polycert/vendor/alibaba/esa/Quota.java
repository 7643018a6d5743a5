package dev.polycert.vendor.alibaba.esa;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many certificates of a kind an account may have and how many it has. */
record Quota(long allowed, long used) {

  long left() {
    return Math.max(0, allowed - used);
  }

  /** An answer of GetCertificateQuota. */
  @RegisterForReflection
  record Told(
      @JsonProperty("Quota") @Nullable Long allowed,
      @JsonProperty("QuotaUsage") @Nullable Long used) {

    /** The quota, if both of its numbers are told. */
    Optional<Quota> quota() {
      return allowed == null || used == null
          ? Optional.empty()
          : Optional.of(new Quota(allowed, used));
    }
  }
}
