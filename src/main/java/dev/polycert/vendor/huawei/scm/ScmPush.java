package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of PushCertificate.
 *
 * @param project the region or project of the service
 * @param service {@code CDN}, {@code WAF} or {@code ELB}
 */
@RegisterForReflection
record ScmPush(
    @JsonProperty("target_project") String project,
    @JsonProperty("target_service") String service) {

  /** The body of BatchPushCertificate, for up to ten projects. */
  @RegisterForReflection
  record Batch(
      @JsonProperty("target_projects") List<String> projects,
      @JsonProperty("target_service") String service) {

    /** An answer of BatchPushCertificate. */
    @RegisterForReflection
    record Report(@JsonProperty("results") @Nullable List<Line> results) {

      /** The lines, if there is one for each of the projects. */
      Optional<Report> of(List<String> projects) {
        List<Line> lines = results == null ? List.of() : results;
        Set<String> told = lines.stream().map(Line::project).collect(Collectors.toSet());
        return told.containsAll(new HashSet<>(projects)) ? Optional.of(this) : Optional.empty();
      }

      /** The projects that did not take the certificate, with the vendor's words. */
      List<String> failures() {
        return results == null
            ? List.of()
            : results.stream()
                .filter(line -> !line.message().equals("success"))
                .map(line -> line.project() + ": " + line.message())
                .toList();
      }
    }

    /** What one project came to. */
    @RegisterForReflection
    record Line(
        @JsonProperty("project_name") String project, @JsonProperty("message") String message) {

      Line {
        project = Trimmed.orEmpty(project);
        message = Trimmed.orEmpty(message);
      }
    }
  }
}
