package dev.polycert.vendor.aws.acm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * How many certificates of a region were imported in the last 365 days, as far as ACM lists them:
 * of each certificate it shows the last import alone.
 */
final class Imports {
  private static final Logger LOG = Logger.getLogger(Imports.class);

  private static final Duration YEAR = Duration.ofDays(365);

  /** "Quotas": imported certificates of the last 365 days, unless the account has more. */
  static final int QUOTA = 5_000;

  private static final int WORTH_A_WARNING = QUOTA * 4 / 5;

  private Imports() {}

  /** Those of one page of ListCertificates. */
  static int count(JsonNode page, Instant now) {
    long from = now.minus(YEAR).getEpochSecond();
    return (int)
        page.path("CertificateSummaryList")
            .valueStream()
            .filter(summary -> summary.path("Type").asText().equals("IMPORTED"))
            // Seconds since 1970.
            .filter(summary -> summary.path("ImportedAt").asLong(Long.MIN_VALUE) > from)
            .count();
  }

  /** A warning before the quota is used up; empty while it is far. */
  static Optional<String> warning(String region, int imports) {
    return imports < WORTH_A_WARNING
        ? Optional.empty()
        : Optional.of(
            "%s: at least %d certificates were imported in the last 365 days; ACM allows %d unless the account has more, and refuses further ones. Ask AWS for more, or deliver elsewhere"
                .formatted(region, imports, QUOTA));
  }

  static void warn(String region, int imports) {
    warning(region, imports).ifPresent(LOG::warn);
  }
}
