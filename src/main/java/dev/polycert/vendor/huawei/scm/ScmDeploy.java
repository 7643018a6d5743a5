package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of DeployCertificate.
 *
 * @param project where the resources are; CDN has none
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScmDeploy(
    @JsonProperty("project_name") @Nullable String project,
    @JsonProperty("service_name") String service,
    @JsonProperty("resources") List<Resource> resources) {

  /**
   * One resource to put the certificate on.
   *
   * @param id of WAF and ELB
   * @param type of WAF, {@code cloud} or {@code premium}
   * @param domainName of CDN, the accelerated domain
   * @param enterpriseProjectId of WAF
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Resource(
      @JsonProperty("id") @Nullable String id,
      @JsonProperty("type") @Nullable String type,
      @JsonProperty("domain_name") @Nullable String domainName,
      @JsonProperty("enterprise_project_id") @Nullable String enterpriseProjectId) {}

  /** An answer of DeployCertificate. */
  @RegisterForReflection
  record Report(@JsonProperty("failure_list") @Nullable List<Failure> failed) {

    /** The resources that did not take the certificate, with the service's own words. */
    List<String> failures() {
      return failed == null
          ? List.of()
          : failed.stream().map(each -> each.resource() + ": " + each.info()).toList();
    }
  }

  /**
   * A resource that did not take the certificate; the vendor calls it {@code FaiureResource}.
   *
   * @param info the service's error code and text
   */
  @RegisterForReflection
  record Failure(
      @JsonProperty("resource") String resource, @JsonProperty("failure_info") String info) {

    Failure {
      resource = Trimmed.orEmpty(resource);
      info = Trimmed.orEmpty(info);
    }
  }
}
