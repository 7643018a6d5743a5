package dev.polycert.vendor.tencent.edgeone;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A domain that a site accelerates, and the certificates that it has there.
 *
 * @param certificate null when there is none
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record AccelerationDomain(String domainName, @Nullable Certificate certificate) {

  AccelerationDomain {
    Objects.requireNonNull(domainName, "DomainName");
  }

  /**
   * @param mode {@code disable}, {@code eofreecert}, {@code eofreecert_manual}, {@code sslcert}
   */
  @RegisterForReflection
  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Certificate(@Nullable String mode, List<Deployed> list) {

    Certificate {
      list = list == null ? List.of() : list;
    }
  }

  /**
   * @param expireTime ISO 8601 in UTC
   * @param status {@code deployed}, {@code processing}, {@code applying}; {@code failed}: the
   *     application failed; {@code issued}, in spite of the word: the binding failed
   */
  @RegisterForReflection
  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  record Deployed(
      @Nullable String expireTime, @Nullable String signAlgo, @Nullable String status) {}

  /** The mode; empty when the domain has no certificate. */
  String mode() {
    return certificate == null || certificate.mode() == null ? "" : certificate.mode();
  }

  /** The first certificate; null when there is none. */
  @Nullable Deployed first() {
    return certificate == null || certificate.list().isEmpty()
        ? null
        : certificate.list().getFirst();
  }
}
