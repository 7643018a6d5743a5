package dev.polycert.vendor.alibaba.cas;

import static dev.polycert.call.JsonEnvelope.first;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Trimmed;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An instance, which holds one certificate at a time, as ListInstances and GetInstanceDetail show
 * it; the list shows neither what an application says nor what is to be published.
 *
 * @param status {@code inactive}, {@code pending}, {@code normal}, {@code willExpire}, {@code
 *     expired}, {@code refund} or {@code closed}: an open list
 * @param type {@code TEST}, which is free, or {@code BUY}
 * @param certificateType {@code DV}, {@code OV} or {@code EV}
 * @param singles how many names without an asterisk it holds
 * @param wildcards how many wildcards it holds
 * @param names what it was prepared or applied for, none before
 * @param certificateId of the latest certificate; null before the first
 * @param certificateStatus {@code issued}, {@code willExpire}, {@code expired} or {@code revoked};
 *     empty before the first certificate
 * @param notAfter the end of the latest certificate
 * @param paidUntil the end of the instance itself
 * @param pendingResult what the CA said last
 * @param companyId the company that was written on it
 */
record CasInstance(
    String id,
    String status,
    String type,
    String certificateType,
    String brand,
    int singles,
    int wildcards,
    List<String> names,
    String validationMethod,
    String keyAlgorithm,
    String csrMethod,
    String csr,
    List<Proof> proofs,
    @Nullable String certificateId,
    String certificateStatus,
    @Nullable Instant notAfter,
    @Nullable Instant paidUntil,
    @Nullable String pendingResult,
    @Nullable String companyId) {
  static final String INACTIVE = "inactive";
  static final String PENDING = "pending";
  static final String TEST = "TEST";
  static final String BUY = "BUY";

  private static final Set<String> WITH_COMPANY = Set.of("OV", "EV");
  private static final Set<String> ACTIVE = Set.of("normal", "willExpire");
  private static final Set<String> VALID = Set.of("issued", "willExpire");

  /** Later than every time in seconds, earlier than every one in milliseconds. */
  private static final long SECONDS = 100_000_000_000L;

  /**
   * A record or file to publish.
   *
   * @param key the host record under the root domain, or the path of a file
   * @param type {@code TXT}, {@code CNAME}, or {@code HTTP} for a file
   */
  record Proof(String domain, String rootDomain, String key, String type, String value) {

    static Proof of(JsonNode item) {
      return new Proof(
          text(item, "Domain"),
          text(item, "RootDomain"),
          text(item, "ValidationKey"),
          text(item, "ValidationType").toUpperCase(Locale.ROOT),
          text(item, "ValidationValue"));
    }

    boolean complete() {
      return !key.isEmpty() && !type.isEmpty() && !value.isEmpty();
    }

    boolean isFile() {
      return type.equals("HTTP") || type.equals("FILE");
    }

    /** The name that it is for, without an asterisk. */
    String base() {
      return domain.replaceFirst("^\\*\\.", "");
    }

    /** The full name of the record: the key is relative to the root domain. */
    String recordName() {
      String root = rootDomain.isEmpty() ? base() : rootDomain;
      return key.equals("@") ? root : DnsNames.isIn(key, root) ? key : key + "." + root;
    }

    /** The address of the file: the key is its path, or its name where CAs look for it. */
    String url() {
      String path = key.startsWith("/") ? key : "/.well-known/pki-validation/" + key;
      return key.startsWith("http") ? key : "http://" + base() + path;
    }
  }

  static Optional<CasInstance> of(JsonNode node) {
    String id = first(node, "InstanceId");
    String status = first(node, "Status");
    return Trimmed.orNull(id) == null || Trimmed.orNull(status) == null
        ? Optional.empty()
        : Optional.of(
            new CasInstance(
                Objects.requireNonNull(id),
                Objects.requireNonNull(status),
                text(node, "InstanceType"),
                text(node, "CertificateType"),
                text(node, "Brand"),
                node.path("FullDomainCount").asInt(0),
                node.path("WildcardDomainCount").asInt(0),
                split(first(node, "Domain")),
                text(node, "ValidationMethod"),
                text(node, "KeyAlgorithm"),
                text(node, "GenerateCsrMethod"),
                text(node, "Csr"),
                node.path("DomainValidationList")
                    .valueStream()
                    .map(Proof::of)
                    .filter(Proof::complete)
                    .toList(),
                number(first(node, "CertificateId")),
                text(node, "CertificateStatus"),
                time(first(node, "CertificateNotAfter")),
                time(first(node, "InstanceEndTime")),
                Trimmed.orNull(first(node, "PendingResult")),
                number(first(node, "CompanyId"))));
  }

  private static String text(JsonNode node, String name) {
    return Trimmed.orEmpty(JsonEnvelope.first(node, name));
  }

  /** The names in a text, which commas separate. */
  static List<String> split(@Nullable String names) {
    return Stream.of(Trimmed.orEmpty(names).split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** An id; the vendor writes 0 for none. */
  private static @Nullable String number(@Nullable String id) {
    return id == null || id.isEmpty() || id.equals("0") ? null : id;
  }

  /** A Unix time; the vendor says seconds, and its samples have milliseconds. */
  static @Nullable Instant time(@Nullable String number) {
    if (number == null || !number.matches("[1-9]\\d{0,15}")) {
      return null;
    }
    long time = Long.parseLong(number);
    return time < SECONDS ? Instant.ofEpochSecond(time) : Instant.ofEpochMilli(time);
  }

  boolean isInactive() {
    return status.equals(INACTIVE);
  }

  boolean isPending() {
    return status.equals(PENDING);
  }

  /** Whether it was bought and has a certificate, beside which another one may be applied for. */
  boolean isRenewable() {
    return type.equals(BUY) && ACTIVE.contains(status) && certificateId != null;
  }

  boolean isFree() {
    return type.equals(TEST);
  }

  /** Whether its certificates name a company, and none is written on it. */
  boolean lacksCompany() {
    return WITH_COMPANY.contains(certificateType) && companyId == null;
  }

  /** Whether its latest certificate is one that browsers take. */
  boolean isValid() {
    return certificateId != null && VALID.contains(certificateStatus);
  }

  /** Whether it is prepared or applied for, and for other names. */
  boolean isForAnother(DomainName wanted) {
    return !names.isEmpty()
        && names.stream().noneMatch(name -> DnsNames.same(name, wanted.ascii()));
  }

  /** Whether it is prepared or applied for with all these names. */
  boolean has(Set<DomainName> wanted) {
    return wanted.stream()
        .allMatch(name -> names.stream().anyMatch(other -> DnsNames.same(other, name.ascii())));
  }

  /** Whether it has room for the names. */
  boolean holds(Set<DomainName> wanted) {
    long asterisks = wanted.stream().filter(DomainName::wildcard).count();
    return asterisks <= wildcards && wanted.size() - asterisks <= singles;
  }

  /** For people: what it can hold. */
  String describe() {
    return "%s %s %s for %d name(s) and %d wildcard(s)"
        .formatted(isFree() ? "free" : "bought", brand, certificateType, singles, wildcards);
  }
}
