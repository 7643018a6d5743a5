package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A purchase of one certificate: the body of SubscribeCertificate.
 *
 * @param years how long it is paid for
 */
@RegisterForReflection
record ScmPurchase(
    @JsonProperty("cert_brand") String brand,
    @JsonProperty("cert_type") String type,
    @JsonProperty("domain_type") String domainType,
    @JsonProperty("effective_time") int years,
    @JsonProperty("domain_numbers") int domains,
    @JsonProperty("order_number") int orders,
    @JsonProperty("agree_privacy_protection") boolean agreed,
    @JsonProperty("is_auto_pay") boolean paysAtOnce) {

  private static final String DEFAULT_BRAND = "SYMANTEC";
  private static final String DOMAIN_TYPE = "domainType";

  /** The purchase that a request's options describe. */
  static ScmPurchase of(Application application) {
    return of(
        application.domain(),
        application.option(ScmOptions.BRAND),
        application.option(ScmOptions.TYPE),
        application.option(ScmOptions.YEARS));
  }

  /** The purchase that was planned; empty when none was. */
  static Optional<ScmPurchase> planned(Application application) {
    Map<String, String> plan = application.plan();
    return plan.containsKey(ScmOptions.BUY)
        ? Optional.of(
            of(
                application.domain(),
                plan.get(ScmOptions.BRAND),
                plan.get(ScmOptions.TYPE),
                plan.get(ScmOptions.YEARS)))
        : Optional.empty();
  }

  private static ScmPurchase of(
      DomainName domain, @Nullable String brand, @Nullable String type, @Nullable String years) {
    return new ScmPurchase(
        Objects.requireNonNullElse(brand, DEFAULT_BRAND),
        Objects.requireNonNullElse(type, ScmOptions.FREE_TYPE),
        ScmStock.domainType(domain),
        Integer.parseInt(Objects.requireNonNullElse(years, "1")),
        1,
        1,
        true,
        true);
  }

  /** The settings of a plan out of which {@link #planned} makes it again. */
  Map<String, String> settings() {
    return Map.of(
        ScmOptions.BUY,
        "true",
        ScmOptions.BRAND,
        brand,
        ScmOptions.TYPE,
        type,
        DOMAIN_TYPE,
        domainType,
        ScmOptions.YEARS,
        Integer.toString(years));
  }

  /** For people. */
  String describe() {
    String price = type.equals(ScmOptions.FREE_TYPE) ? "free test type" : "costs money";
    return "a "
        + brand
        + " "
        + type
        + " ("
        + domainType
        + ", "
        + years
        + " year(s); "
        + price
        + ")";
  }

  /** An answer of SubscribeCertificate. */
  @RegisterForReflection
  record Receipt(@JsonProperty("cert") @Nullable List<Bought> certificates) {

    /** The id of the one certificate that was bought. */
    Optional<String> certificateId() {
      return certificates == null || certificates.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(certificates.getFirst().id()).filter(id -> !id.isBlank());
    }
  }

  /** One of the certificates bought. */
  @RegisterForReflection
  record Bought(@JsonProperty("cert_id") @Nullable String id) {}
}
