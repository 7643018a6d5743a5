package dev.polycert.vendor.aws.acm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What ACM's operations answer, as far as it is needed. */
final class AcmAnswers {
  private AcmAnswers() {}

  /** An answer of ImportCertificate. */
  @RegisterForReflection
  record Imported(@JsonProperty("CertificateArn") @Nullable String arn) {

    Optional<String> found() {
      return Optional.ofNullable(Trimmed.orNull(arn));
    }
  }

  /** An answer of GetCertificate. */
  @RegisterForReflection
  record Shown(@JsonProperty("Certificate") @Nullable String pem) {

    Optional<String> found() {
      return Optional.ofNullable(pem);
    }
  }

  /** An answer of ListCertificates. */
  @RegisterForReflection
  record Listing(
      @JsonProperty("CertificateSummaryList") @Nullable List<Summary> summaries,
      @JsonProperty("NextToken") @Nullable String next) {

    Optional<Listing> found() {
      return Optional.of(this).filter(listing -> listing.summaries != null);
    }

    List<Summary> items() {
      return summaries == null ? List.of() : summaries;
    }
  }

  /**
   * One certificate of a listing.
   *
   * @param type {@code IMPORTED}, or who issued it for ACM
   * @param notAfter seconds since 1970
   */
  @RegisterForReflection
  record Summary(
      @JsonProperty("CertificateArn") @Nullable String arn,
      @JsonProperty("Type") @Nullable String type,
      @JsonProperty("NotAfter") @Nullable Double notAfter) {}
}
