package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import dev.polycert.domain.DomainName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as ShowCertificate shows it.
 *
 * @param type {@code DV_SSL_CERT} and the like
 * @param domainType {@code SINGLE_DOMAIN}, {@code MULTI_DOMAIN} or {@code WILDCARD}
 * @param domain what it was applied for, empty before
 * @param sans further names, separated by {@code ;}
 * @param fingerprint SHA-1
 * @param authentications what to publish; the vendor's member is spelled {@code authentification}
 */
@RegisterForReflection
record ScmCertificate(
    @JsonProperty("id") @Nullable String id,
    @JsonProperty("status") String status,
    @JsonProperty("type") String type,
    @JsonProperty("domain_type") String domainType,
    @JsonProperty("domain") String domain,
    @JsonProperty("sans") @Nullable String sans,
    @JsonProperty("not_before") @Nullable String notBefore,
    @JsonProperty("not_after") @Nullable String notAfter,
    @JsonProperty("fingerprint") @Nullable String fingerprint,
    @JsonProperty("revoke_reason") @Nullable String revokeReason,
    @JsonProperty("authentification") @Nullable List<Authentication> authentications) {

  ScmCertificate {
    id = Trimmed.orNull(id);
    status = Trimmed.orEmpty(status);
    type = Trimmed.orEmpty(type);
    domainType = Trimmed.orEmpty(domainType);
    domain = Trimmed.orEmpty(domain);
    sans = Trimmed.orNull(sans);
    revokeReason = Trimmed.orNull(revokeReason);
    authentications =
        authentications == null
            ? List.of()
            : authentications.stream().filter(Authentication::complete).toList();
  }

  /** What is to be published; empty when the vendor names nothing. */
  List<Authentication> validations() {
    return authentications == null ? List.of() : authentications;
  }

  /** This answer, if it is one for the id. */
  Optional<ScmCertificate> of(String wanted) {
    return status.isEmpty() || (id != null && !id.equals(wanted))
        ? Optional.empty()
        : Optional.of(this);
  }

  /** Whether it is applied for, and for another name. */
  boolean isForAnother(DomainName wanted) {
    return !domain.isEmpty() && !domain.equalsIgnoreCase(wanted.ascii());
  }

  /** All names, the one that it was applied for first. */
  List<String> names() {
    return names(domain, sans);
  }

  /** A main name and the further ones that the vendor writes behind it. */
  static List<String> names(String domain, @Nullable String sans) {
    return Stream.concat(
            Stream.of(domain), sans == null ? Stream.of() : Stream.of(sans.split("[;,]")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** A DNS record to publish. */
  @RegisterForReflection
  record Authentication(
      @JsonProperty("record_name") String recordName,
      @JsonProperty("record_type") String recordType,
      @JsonProperty("record_value") String recordValue) {

    Authentication {
      recordName = Trimmed.orEmpty(recordName);
      recordType = Trimmed.orEmpty(recordType);
      recordValue = Trimmed.orEmpty(recordValue);
    }

    boolean complete() {
      return !recordName.isEmpty() && !recordType.isEmpty() && !recordValue.isEmpty();
    }
  }
}
