package dev.polycert.vendor.alibaba.esa;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import dev.polycert.domain.DomainName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer of ApplyCertificate. Its TotalCount counts the domains asked for, not the entries. */
@RegisterForReflection
record Applied(@JsonProperty("Result") @Nullable List<Entry> result) {

  /** The entry of the domain, if it has an id. */
  Optional<Entry> entry(DomainName domain) {
    return result == null
        ? Optional.empty()
        : result.stream()
            .filter(entry -> entry.domain.equalsIgnoreCase(domain.ascii()) && !entry.id.isEmpty())
            .findFirst();
  }

  /**
   * One domain's application.
   *
   * @param id decimal digits or 32 hex; JSON text or number
   */
  @RegisterForReflection
  record Entry(
      @JsonProperty("Domain") String domain,
      @JsonProperty("Status") String status,
      @JsonProperty("Id") String id) {

    Entry {
      domain = Trimmed.orEmpty(domain);
      status = Trimmed.orEmpty(status);
      id = Trimmed.orEmpty(id);
    }
  }
}
