package dev.polycert.vendor.tencent.dnspod;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;

/** DescribeRecordList: output parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DescribeRecordListAnswer(List<Entry> recordList) {

  DescribeRecordListAnswer {
    recordList = recordList == null ? List.of() : List.copyOf(recordList);
  }

  /** One record. */
  @RegisterForReflection
  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Entry(Long recordId, String name, String type, String value) {

    Entry {
      Objects.requireNonNull(recordId, "RecordId");
      Objects.requireNonNull(name, "Name");
      Objects.requireNonNull(type, "Type");
      Objects.requireNonNull(value, "Value");
    }
  }
}
