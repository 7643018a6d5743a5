package dev.polycert.vendor.alibaba.esa;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer of ListCertificatesByRecord. */
@RegisterForReflection
record EsaMatches(@JsonProperty("Result") @Nullable List<Line> result) {

  /** The certificates of a name, if the vendor shows as many as it says there are. */
  Optional<List<EsaCertificate>> of(String name) {
    return result == null
        ? Optional.empty()
        : result.stream()
            .filter(line -> name.equalsIgnoreCase(Trimmed.orEmpty(line.name)))
            .findFirst()
            .flatMap(Line::complete);
  }

  /** What matches one name. */
  @RegisterForReflection
  record Line(
      @JsonProperty("RecordName") @Nullable String name,
      @JsonProperty("Count") @Nullable Long count,
      @JsonProperty("Certificates") @Nullable List<EsaCertificate> certificates) {

    private Optional<List<EsaCertificate>> complete() {
      List<EsaCertificate> shown = certificates == null ? List.of() : certificates;
      return count != null && shown.size() >= count ? Optional.of(shown) : Optional.empty();
    }
  }
}
