package dev.polycert.vendor.alibaba.esa;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer of SetCertificate. */
@RegisterForReflection
record EsaSet(@JsonProperty("Id") @Nullable String id) {

  Optional<String> found() {
    return Optional.ofNullable(Trimmed.orNull(id));
  }
}
