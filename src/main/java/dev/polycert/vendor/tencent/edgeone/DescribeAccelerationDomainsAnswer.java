package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;

/** DescribeAccelerationDomains: output parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DescribeAccelerationDomainsAnswer(
    Integer totalCount, List<AccelerationDomain> accelerationDomains) {

  DescribeAccelerationDomainsAnswer {
    Objects.requireNonNull(totalCount, "TotalCount");
    accelerationDomains =
        accelerationDomains == null ? List.of() : List.copyOf(accelerationDomains);
  }
}
