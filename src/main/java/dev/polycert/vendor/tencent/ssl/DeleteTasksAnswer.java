package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DescribeDeleteCertificatesTaskResult: output parameters. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DeleteTasksAnswer(List<Task> deleteTaskResult) {

  DeleteTasksAnswer {
    deleteTaskResult = deleteTaskResult == null ? List.of() : deleteTaskResult;
  }

  /**
   * One deletion.
   *
   * @param status 0 under way, 1 done, 2 failed, 3 the service role is not authorised, 4 a cloud
   *     resource uses the certificate, 5 looking for resources took too long
   */
  @RegisterForReflection
  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Task(@Nullable String taskId, @Nullable Integer status, @Nullable String error) {}
}
