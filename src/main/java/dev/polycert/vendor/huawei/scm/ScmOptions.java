package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.KeyAlgorithm;
import java.util.List;
import java.util.Optional;

/** The options that a request may give, and whether they make sense. */
final class ScmOptions {
  static final String CERTIFICATE_ID = "certificateId";
  static final String BUY = "buy";
  static final String BRAND = "brand";
  static final String TYPE = "type";
  static final String YEARS = "years";

  /** The test certificate that costs nothing, 20 per account. */
  static final String FREE_TYPE = "DV_SSL_CERT_BASIC";

  /** From the least to the most that an applicant has to show for. */
  static final List<String> TYPES =
      List.of(
          FREE_TYPE,
          "DV_SSL_CERT",
          "OV_SSL_CERT",
          "OV_SSL_CERT_PRO",
          "EV_SSL_CERT",
          "EV_SSL_CERT_PRO");

  private static final List<String> BRANDS =
      List.of("GEOTRUST", "GLOBALSIGN", "SYMANTEC", "CFCA", "TRUSTASIA", "VTRUS");

  private ScmOptions() {}

  /** The service with them. */
  static Descriptor of(Descriptor service) {
    return service
        .option(
            CERTIFICATE_ID,
            "the bought certificate to use, or the one applied for elsewhere to take over")
        .option(
            BUY,
            "true: buy a certificate when none fits, which costs money unless the type is free;"
                + " false (default): never")
        .option(
            TYPE,
            "the certificate's type, one of "
                + String.join(", ", TYPES)
                + "; bought by default: the free "
                + FREE_TYPE
                + " (single domains)")
        .option(
            BRAND,
            "the certificate's brand, one of "
                + String.join(", ", BRANDS)
                + "; bought by default: SYMANTEC")
        .option(YEARS, "how many years to buy, 1 (default) to 3");
  }

  /** Whether a certificate of that type names the organisation, which is then needed. */
  static boolean namesOrganization(String type) {
    return type.startsWith("OV_") || type.startsWith("EV_");
  }

  static boolean buy(Application application) {
    return "true".equals(application.option(BUY));
  }

  /** What is wrong with the request, found without asking the vendor. */
  static Optional<VendorError> refusal(Application application, ScmConfig.ApiVersion version) {
    return mismatch(application, CERTIFICATE_ID, "[0-9A-Za-z]{16}", "16 letters and digits")
        .or(() -> mismatch(application, BUY, "true|false", "true or false"))
        .or(() -> mismatch(application, YEARS, "[1-3]", "1, 2 or 3"))
        .or(() -> mismatch(application, TYPE, TYPES))
        .or(() -> mismatch(application, BRAND, BRANDS))
        .or(() -> keyRefusal(application, version))
        .or(() -> purchaseRefusal(application));
  }

  private static Optional<VendorError> mismatch(
      Application application, String option, List<String> choices) {
    return mismatch(
        application, option, String.join("|", choices), "one of " + String.join(", ", choices));
  }

  private static Optional<VendorError> mismatch(
      Application application, String option, String pattern, String right) {
    String value = application.option(option);
    return value == null || value.matches(pattern)
        ? Optional.empty()
        : refused("option " + option + ": '" + value + "' must be " + right);
  }

  private static Optional<VendorError> keyRefusal(
      Application application, ScmConfig.ApiVersion version) {
    return version == ScmConfig.ApiVersion.V2
            && application.terms().keyAlgorithm() != KeyAlgorithm.RSA_2048
            && application.terms().information().csr() == null
        ? refused("keyAlgorithm: API v2 makes RSA_2048 keys only, unless a csr is given")
        : Optional.empty();
  }

  private static Optional<VendorError> purchaseRefusal(Application application) {
    if (!buy(application)) {
      return Optional.empty();
    }
    if (application.domain().wildcard() && application.option(TYPE) == null) {
      return refused("option type: is needed to buy for a wildcard, the free type takes none");
    }
    return Boolean.TRUE.equals(application.terms().information().agreePrivacyProtection())
        ? Optional.empty()
        : refused("information.agreePrivacyProtection: must be true to buy a certificate");
  }

  private static Optional<VendorError> refused(String message) {
    return Optional.of(new VendorError(ErrorClass.FINAL, "Request.Invalid", message));
  }
}
