package dev.polycert.vendor.tencent.dnspod;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;

/** CreateRecord: output parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record CreateRecordAnswer(String recordId) {

  CreateRecordAnswer {
    Objects.requireNonNull(recordId, "RecordId");
  }
}
