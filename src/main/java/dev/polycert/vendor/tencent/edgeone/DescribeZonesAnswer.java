package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;

/** DescribeZones: output parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DescribeZonesAnswer(Integer totalCount, List<Zone> zones) {

  DescribeZonesAnswer {
    Objects.requireNonNull(totalCount, "TotalCount");
    zones = zones == null ? List.of() : List.copyOf(zones);
  }
}
