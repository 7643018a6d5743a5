package dev.polycert.vendor.huawei.scm;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A purchase of one certificate.
 *
 * @param years how long it is paid for
 */
record ScmPurchase(String brand, String type, String domainType, int years) {
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
        Integer.parseInt(Objects.requireNonNullElse(years, "1")));
  }

  /** The write that makes it. */
  ScmApi.SubscribeRequest request() {
    return new ScmApi.SubscribeRequest(brand, type, domainType, years, 1, 1, true, true);
  }

  /** The settings of a plan, which {@link #planned} reads back. */
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
}
