package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** CommitCertificateInformation: output parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record CommitInformationAnswer(@Nullable String orderId, Integer status) {

  CommitInformationAnswer {
    Objects.requireNonNull(status, "Status");
  }
}
