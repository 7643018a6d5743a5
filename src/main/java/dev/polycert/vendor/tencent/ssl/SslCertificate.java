package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.polycert.domain.DomainName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as DescribeCertificate and DescribeCertificates tell of it. Nearly every member may
 * be null. Times are {@code yyyy-MM-dd HH:mm:ss} in GMT+8.
 *
 * @param status what decides; see {@link SslStatus}
 * @param statusMsg may be stale: issued certificates were seen with {@code CA-REVIEWING}
 * @param encryptAlgorithm {@code RSA 2048}; DescribeCertificate does not tell it
 * @param from the brand, or {@code upload} for what the account's owner uploaded
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record SslCertificate(
    String certificateId,
    @Nullable String domain,
    List<String> subjectAltName,
    @Nullable Integer status,
    @Nullable String statusName,
    @Nullable String statusMsg,
    @Nullable String verifyType,
    @Nullable String packageType,
    @Nullable String packageTypeName,
    @Nullable String productZhName,
    @Nullable String from,
    @Nullable String insertTime,
    @Nullable String certBeginTime,
    @Nullable String certEndTime,
    @Nullable String encryptAlgorithm,
    @Nullable DvAuthDetail dvAuthDetail) {

  private static final Set<String> FREE_PACKAGES = Set.of("2", "83");

  SslCertificate {
    Objects.requireNonNull(certificateId, "CertificateId");
    subjectAltName = subjectAltName == null ? List.of() : subjectAltName;
  }

  /** Whether it is for that name, as its common name or as one more name of it. */
  boolean isFor(DomainName name) {
    return Stream.concat(Stream.ofNullable(domain), subjectAltName.stream())
        .anyMatch(other -> isName(other, name));
  }

  /** Whether that name is its common name. */
  boolean isMainly(DomainName name) {
    return domain != null && isName(domain, name);
  }

  private static boolean isName(String text, DomainName name) {
    return text.equalsIgnoreCase(name.ascii()) || text.equalsIgnoreCase(name.unicode());
  }

  /** Whether it is the product of ApplyCertificate; older ones are of package type 2. */
  boolean free() {
    return packageType == null || FREE_PACKAGES.contains(packageType);
  }

  /** Whether somebody put it there, so that no application belongs to it. */
  boolean uploaded() {
    return "upload".equalsIgnoreCase(from);
  }

  @Nullable Instant inserted() {
    return SslTime.parse(insertTime);
  }

  @Nullable Instant notBefore() {
    return SslTime.parse(certBeginTime);
  }

  @Nullable Instant notAfter() {
    return SslTime.parse(certEndTime);
  }
}
