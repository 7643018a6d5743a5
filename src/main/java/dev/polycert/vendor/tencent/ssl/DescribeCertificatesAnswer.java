package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;

/** DescribeCertificates: output parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DescribeCertificatesAnswer(Integer totalCount, List<SslCertificate> certificates) {

  DescribeCertificatesAnswer {
    Objects.requireNonNull(totalCount, "TotalCount");
    // The vendor writes null for an empty list.
    certificates = certificates == null ? List.of() : List.copyOf(certificates);
  }
}
