package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Paging;
import dev.polycert.call.Trimmed;
import dev.polycert.domain.DomainName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as ListCertificates shows it.
 *
 * @param sans further names, separated by {@code ;}
 * @param wildcardCount how many of a multi-domain certificate's names are wildcards
 */
@RegisterForReflection
record ScmListed(
    @JsonProperty("id") String id,
    @JsonProperty("name") String name,
    @JsonProperty("status") String status,
    @JsonProperty("type") String type,
    @JsonProperty("brand") String brand,
    @JsonProperty("domain_type") String domainType,
    @JsonProperty("domain") String domain,
    @JsonProperty("sans") @Nullable String sans,
    @JsonProperty("expire_time") @Nullable String expireTime,
    @JsonProperty("wildcard_count") int wildcardCount) {

  ScmListed {
    id = Trimmed.orEmpty(id);
    name = Trimmed.orEmpty(name);
    status = Trimmed.orEmpty(status);
    type = Trimmed.orEmpty(type);
    brand = Trimmed.orEmpty(brand);
    domainType = Trimmed.orEmpty(domainType);
    domain = Trimmed.orEmpty(domain);
    sans = Trimmed.orNull(sans);
  }

  /** All names, the main one first. */
  List<String> names() {
    return ScmCertificate.names(domain, sans);
  }

  boolean isFor(DomainName wanted) {
    return domain.equalsIgnoreCase(wanted.ascii());
  }

  /** An answer of ListCertificates. */
  @RegisterForReflection
  record Listing(
      @JsonProperty("certificates") @Nullable List<ScmListed> certificates,
      @JsonProperty("total_count") @Nullable Long total) {

    /** A listing without certificates is one only when it says that there are none. */
    Optional<Paging.Page<ScmListed>> page() {
      if (certificates == null) {
        return total != null && total == 0
            ? Optional.of(new Paging.Page<>(List.of(), 0))
            : Optional.empty();
      }
      return Optional.of(
          new Paging.Page<>(certificates, total == null ? certificates.size() : total));
    }
  }
}
