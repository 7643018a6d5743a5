package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** The body of ApplyCertificate (v3) and of "complete" (v2); what is null is left out. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScmApplication(
    @JsonProperty("domain") String domain,
    @JsonProperty("csr") @Nullable String csr,
    @JsonProperty("company_name") @Nullable String companyName,
    @JsonProperty("company_unit") @Nullable String companyUnit,
    @JsonProperty("company_province") @Nullable String companyProvince,
    @JsonProperty("company_city") @Nullable String companyCity,
    @JsonProperty("country") @Nullable String country,
    @JsonProperty("applicant_name") @Nullable String applicantName,
    @JsonProperty("applicant_phone") @Nullable String applicantPhone,
    @JsonProperty("applicant_email") @Nullable String applicantEmail,
    @JsonProperty("contact_name") @Nullable String contactName,
    @JsonProperty("contact_phone") @Nullable String contactPhone,
    @JsonProperty("contact_email") @Nullable String contactEmail,
    @JsonProperty("auto_dns_auth") boolean autoDns,
    @JsonProperty("agree_privacy_protection") boolean agreed,
    @JsonProperty("domain_method") @Nullable String domainMethod,
    @JsonProperty("key_algorithm") @Nullable String keyAlgorithm) {

  /** The answer, which says no more than that the application was taken. */
  @RegisterForReflection
  record Taken(@JsonProperty("request_info") @Nullable String info) {}

  /** Says nothing of the applicant. */
  @Override
  public String toString() {
    return "ScmApplication[" + domain + "]";
  }
}
