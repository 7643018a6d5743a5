package dev.polycert.vendor.alibaba.esa;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site of the account.
 *
 * @param status {@code pending}, {@code active}, {@code offline} or {@code moved}
 * @param accessType {@code NS} where ESA hosts the zone, {@code CNAME} where it does not
 * @param verifyCode the TXT value that activates a CNAME site
 */
@RegisterForReflection
record EsaSite(
    @JsonProperty("SiteId") String id,
    @JsonProperty("SiteName") String name,
    @JsonProperty("Status") String status,
    @JsonProperty("AccessType") String accessType,
    @JsonProperty("VerifyCode") @Nullable String verifyCode) {

  EsaSite {
    id = Trimmed.orEmpty(id);
    name = Trimmed.orEmpty(name);
    status = Trimmed.orEmpty(status);
    accessType = Trimmed.orEmpty(accessType);
  }

  boolean active() {
    return status.equals("active");
  }

  /** Whether it was never active. */
  boolean pending() {
    return status.equals("pending");
  }

  /** What the owner has to do for it to become active. */
  String activation() {
    return switch (accessType) {
      case "CNAME" ->
          "publish TXT _esaauth."
              + name
              + (verifyCode == null ? "" : " with value " + verifyCode.strip());
      default -> "switch the name servers of " + name + " to those that ESA names";
    };
  }

  /** An answer of VerifySite. */
  @RegisterForReflection
  record Verified(@JsonProperty("Passed") @Nullable Boolean passed) {}

  /** An answer of ListSites. */
  @RegisterForReflection
  record Listing(
      @JsonProperty("TotalCount") @Nullable Long total,
      @JsonProperty("Sites") @Nullable List<EsaSite> sites) {}
}
