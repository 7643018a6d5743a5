package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer of ImportCertificate. */
@RegisterForReflection
record ScmImported(@JsonProperty("certificate_id") @Nullable String id) {

  Optional<String> found() {
    return Optional.ofNullable(Trimmed.orNull(id));
  }
}
