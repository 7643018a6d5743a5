package dev.polycert.vendor.alibaba.esa;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of a site, applied for or issued, as GetCertificate and ListCertificates show it.
 *
 * @param id decimal digits or 32 hex; JSON text or number
 * @param type {@code free}, or {@code cas} and {@code upload} for what others put there
 * @param san the subject alternative names, separated by commas
 * @param applyMessage why an application failed
 * @param dcv what is to be published while the application runs
 */
@RegisterForReflection
record EsaCertificate(
    @JsonProperty("Id") @Nullable String id,
    @JsonProperty("Status") @Nullable String status,
    @JsonProperty("Type") @Nullable String type,
    @JsonProperty("CommonName") @Nullable String commonName,
    @JsonProperty("SAN") @Nullable String san,
    @JsonProperty("Issuer") @Nullable String issuer,
    @JsonProperty("IssuerCN") @Nullable String issuerCn,
    @JsonProperty("NotBefore") @Nullable String notBefore,
    @JsonProperty("NotAfter") @Nullable String notAfter,
    @JsonProperty("SerialNumber") @Nullable String serialNumber,
    @JsonProperty("FingerprintSha256") @Nullable String fingerprint,
    @JsonProperty("PubAlg") @Nullable String publicKeyAlgorithm,
    @JsonProperty("ApplyCode") @Nullable Long applyCode,
    @JsonProperty("ApplyMessage") @Nullable String applyMessage,
    @JsonProperty("DCV") @Nullable List<Dcv> dcv) {

  EsaCertificate {
    id = Trimmed.orNull(id);
    status = Trimmed.orNull(status);
    type = Trimmed.orNull(type);
    commonName = Trimmed.orNull(commonName);
    san = Trimmed.orNull(san);
    applyMessage = Trimmed.orNull(applyMessage);
    dcv = dcv == null ? List.of() : List.copyOf(dcv);
  }

  /** What is to be published; empty when the vendor names nothing. */
  List<Dcv> validations() {
    return dcv == null ? List.of() : dcv;
  }

  /** The subject alternative names in the vendor's order. */
  List<String> names() {
    return san == null
        ? List.of()
        : Stream.of(san.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  /** The domain that it was applied for: ESA makes one certificate for each. */
  String domain() {
    if (commonName != null) {
      return commonName;
    }
    return names().isEmpty() ? "" : names().getFirst();
  }

  EsaCertificate withStatus(@Nullable String other) {
    return new EsaCertificate(
        id,
        other,
        type,
        commonName,
        san,
        issuer,
        issuerCn,
        notBefore,
        notAfter,
        serialNumber,
        fingerprint,
        publicKeyAlgorithm,
        applyCode,
        applyMessage,
        dcv);
  }

  /**
   * One thing to publish.
   *
   * @param type {@code DNS} or {@code HTTP}
   * @param key the TXT record's name, or the file's URL
   * @param value the record's text, or the file's content
   */
  @RegisterForReflection
  record Dcv(
      @JsonProperty("Type") String type,
      @JsonProperty("Key") String key,
      @JsonProperty("Value") String value,
      @JsonProperty("Status") @Nullable String status) {

    Dcv {
      type = Trimmed.orEmpty(type);
      key = Trimmed.orEmpty(key);
      value = Trimmed.orEmpty(value);
      status = Trimmed.orNull(status);
    }

    boolean pending() {
      return status == null || status.equalsIgnoreCase("pending");
    }
  }

  /** An answer of ListCertificates. */
  @RegisterForReflection
  record Listing(
      @JsonProperty("TotalCount") @Nullable Long total,
      @JsonProperty("Result") @Nullable List<EsaCertificate> result) {}

  /**
   * An answer of GetCertificate, which shows the status twice.
   *
   * @param pem the certificate and its chain; none before it is issued
   */
  @RegisterForReflection
  record Detail(
      @JsonProperty("Status") @Nullable String status,
      @JsonProperty("Certificate") @Nullable String pem,
      @JsonProperty("Result") @Nullable EsaCertificate result) {

    /** The certificate of that id, if it has a status; its own wins over the one beside it. */
    Optional<EsaCertificate> certificate(String id) {
      return Optional.ofNullable(result)
          .filter(shown -> shown.id == null || shown.id.equals(id))
          .map(shown -> shown.status == null ? shown.withStatus(Trimmed.orNull(status)) : shown)
          .filter(shown -> shown.status != null);
    }

    /** The certificate of that id with its PEM, if it has a status. */
    Optional<EsaExported> exported(String id) {
      return certificate(id)
          .map(shown -> new EsaExported(Trimmed.orEmpty(shown.status()), Trimmed.orEmpty(pem)));
    }
  }
}
