package dev.polycert.vendor.tencent.ssl;

import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as DescribeCertificate and DescribeCertificates have it. Nearly every member may be
 * null. Times are {@code yyyy-MM-dd HH:mm:ss} in GMT+8.
 *
 * @param status what decides; see {@link SslStatus}
 * @param statusMsg may be stale: issued certificates were seen with {@code CA-REVIEWING}
 * @param encryptAlgorithm {@code RSA 2048}; DescribeCertificate does not have it
 * @param from the brand, or {@code upload} for what the account's owner uploaded
 */
@RegisterForReflection
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

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  SslCertificate {
    Objects.requireNonNull(certificateId, "CertificateId");
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
    return DnsNames.same(text, name.ascii());
  }

  /** Whether it is the product of ApplyCertificate; older ones are of package type 2. */
  boolean free() {
    return packageType == null || FREE_PACKAGES.contains(packageType);
  }

  /** Whether a user put it there, so that no application belongs to it. */
  boolean uploaded() {
    return "upload".equalsIgnoreCase(from);
  }

  @Nullable Instant inserted() {
    return time(insertTime);
  }

  @Nullable Instant notBefore() {
    return time(certBeginTime);
  }

  @Nullable Instant notAfter() {
    return time(certEndTime);
  }

  /** The instant; null for no text and for placeholders such as {@code 0000-00-00 00:00:00}. */
  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return LocalDateTime.parse(text, TIME).toInstant(ZONE);
    } catch (DateTimeParseException placeholder) {
      return null;
    }
  }

  /**
   * What has to be published. Once a certificate is issued its members are null.
   *
   * @param dvAuths one for each domain; the members beside it repeat the first one, without its
   *     type
   */
  record DvAuthDetail(
      @Nullable String dvAuthKey,
      @Nullable String dvAuthValue,
      @Nullable String dvAuthDomain,
      @Nullable String dvAuthPath,
      List<DvAuth> dvAuths) {

    boolean isEmpty() {
      return dvAuths.isEmpty() && (dvAuthValue == null || dvAuthValue.isEmpty());
    }

    /** What has to be published for each domain. */
    List<DvAuth> all() {
      return dvAuths.isEmpty()
          ? List.of(new DvAuth(dvAuthKey, dvAuthValue, dvAuthDomain, dvAuthPath, null))
          : dvAuths;
    }
  }

  /**
   * What has to be published for one domain.
   *
   * @param dvAuthKey the full name of the record
   * @param dvAuthPath the path of the URL, for files
   * @param dvAuthVerifyType {@code TXT}, {@code CNAME} or {@code FILE}: the only place that says so
   */
  record DvAuth(
      @Nullable String dvAuthKey,
      @Nullable String dvAuthValue,
      @Nullable String dvAuthDomain,
      @Nullable String dvAuthPath,
      @Nullable String dvAuthVerifyType) {}
}
