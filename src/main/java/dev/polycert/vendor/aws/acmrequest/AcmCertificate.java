package dev.polycert.vendor.aws.acmrequest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.aws.AwsRegions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * A certificate as ACM describes it, or as a list summarises it.
 *
 * @param names all of them, the main one included
 * @param truncated whether a list shows some of the names alone
 * @param keyAlgorithm as {@link KeyAlgorithm} spells it
 * @param failure {@code FailureReason}, of a failed one
 * @param renewal {@code RenewalSummary}, once ACM has begun to renew it
 * @param validations how ACM validates each name; none in a list
 */
record AcmCertificate(
    String arn,
    String domain,
    List<String> names,
    boolean truncated,
    String status,
    String type,
    String keyAlgorithm,
    boolean exportable,
    List<String> inUseBy,
    @Nullable Instant createdAt,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter,
    @Nullable String issuer,
    @Nullable String serial,
    @Nullable String failure,
    boolean renewable,
    @Nullable Renewal renewal,
    List<NameValidation> validations) {
  /** The member of a reference that has the ARN. */
  static final String ID = "certificateArn";

  static final String PENDING = "PENDING_VALIDATION";
  static final String ISSUED = "ISSUED";
  static final String FAILED = "FAILED";

  private static final String OWN = "AMAZON_ISSUED";

  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:acm:(?<region>[a-z0-9-]+):\\d{12}:certificate/[\\w-]{1,64}");

  /** A renewal by ACM itself. */
  record Renewal(String status, @Nullable String reason) {

    /** Whether ACM works on the renewal, or waits for the records. */
    boolean open() {
      return status.startsWith("PENDING");
    }
  }

  /**
   * How one name is validated.
   *
   * @param record what to publish; null while ACM has not made it, and for other methods than DNS
   */
  record NameValidation(String name, String method, String status, @Nullable CnameRecord record) {}

  /** A record to publish. */
  record CnameRecord(String name, String type, String value) {}

  /** Reads one; empty where ACM does not show what it is. */
  static Optional<AcmCertificate> of(JsonNode shown) {
    String arn = text(shown, "CertificateArn");
    String domain = text(shown, "DomainName");
    String status = text(shown, "Status");
    return arn == null || region(arn).isEmpty() || domain == null || status == null
        ? Optional.empty()
        : Optional.of(of(shown, arn, domain.toLowerCase(Locale.ROOT), status));
  }

  private static AcmCertificate of(JsonNode shown, String arn, String domain, String status) {
    JsonNode names =
        shown.has("SubjectAlternativeNames")
            ? shown.path("SubjectAlternativeNames")
            : shown.path("SubjectAlternativeNameSummaries");
    String export = text(shown.path("Options"), "Export");
    JsonNode renewal = shown.path("RenewalSummary");
    String renewing = text(renewal, "RenewalStatus");
    return new AcmCertificate(
        arn,
        domain,
        JsonEnvelope.texts(names).stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .toList(),
        shown.path("HasAdditionalSubjectAlternativeNames").asBoolean(),
        status,
        orEmpty(text(shown, "Type")),
        KeyAlgorithm.spelling(orEmpty(text(shown, "KeyAlgorithm"))),
        "ENABLED".equals(export == null ? text(shown, "ExportOption") : export),
        JsonEnvelope.texts(shown.path("InUseBy")),
        time(shown, "CreatedAt"),
        time(shown, "NotBefore"),
        time(shown, "NotAfter"),
        text(shown, "Issuer"),
        text(shown, "Serial"),
        text(shown, "FailureReason"),
        "ELIGIBLE".equals(text(shown, "RenewalEligibility")),
        renewing == null ? null : new Renewal(renewing, text(renewal, "RenewalStatusReason")),
        shown
            .path("DomainValidationOptions")
            .valueStream()
            .flatMap(option -> validation(option).stream())
            .toList());
  }

  private static Optional<NameValidation> validation(JsonNode option) {
    String name = text(option, "DomainName");
    JsonNode record = option.path("ResourceRecord");
    String recordName = text(record, "Name");
    String value = text(record, "Value");
    return Optional.ofNullable(name)
        .map(
            it ->
                new NameValidation(
                    it.toLowerCase(Locale.ROOT),
                    orEmpty(text(option, "ValidationMethod")),
                    orEmpty(text(option, "ValidationStatus")),
                    recordName == null || value == null
                        ? null
                        : new CnameRecord(recordName, orEmpty(text(record, "Type")), value)));
  }

  private static @Nullable String text(JsonNode object, String member) {
    String text = JsonEnvelope.first(object, member);
    return text == null || text.isEmpty() ? null : text;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Seconds since 1970, with a fraction. */
  private static @Nullable Instant time(JsonNode object, String member) {
    double seconds = object.path(member).asDouble(Double.NaN);
    return Double.isNaN(seconds) ? null : Instant.ofEpochMilli((long) (seconds * 1000));
  }

  /** The region of an ARN; empty where the text is none of a certificate. */
  static Optional<Region> region(String arn) {
    Matcher matcher = ARN.matcher(arn);
    return matcher.matches() ? AwsRegions.find(matcher.group("region")) : Optional.empty();
  }

  Reference reference() {
    return Reference.of(ID, arn);
  }

  /** Whether ACM has issued it, or is to, and nobody imported it. */
  boolean own() {
    return type.equals(OWN);
  }

  boolean is(String wanted) {
    return status.equals(wanted);
  }

  /** Whether it has exactly these names. */
  boolean isFor(Set<DomainName> wanted) {
    Set<String> all = new HashSet<>(names);
    all.add(domain);
    return !truncated
        && all.equals(wanted.stream().map(DomainName::ascii).collect(Collectors.toSet()));
  }

  /** The facts of the certificate; null while it is not issued. */
  @Nullable CertificateFacts facts() {
    return notAfter == null
        ? null
        : new CertificateFacts(
            domain, names, issuer, serial, null, keyAlgorithm, notBefore, notAfter);
  }
}
