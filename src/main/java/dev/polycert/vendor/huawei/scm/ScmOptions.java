package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Issuer;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.CaaNames;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options that a request may give, and whether they make sense. */
final class ScmOptions {
  static final String CERTIFICATE_ID = "certificateId";
  static final String BUY = "buy";
  static final String BRAND = "brand";
  static final String TYPE = "type";
  static final String YEARS = "years";
  static final String CA_HASH_ALGORITHM = "caHashAlgorithm";
  static final String DOMAIN_METHOD = "domainMethod";

  private static final String DEFAULT_HASH = "DEFAULT";
  private static final String DNS = "DNS";
  private static final String EMAIL = "EMAIL";

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

  private static final String SEPARATOR = ";";
  private static final int LONGEST_NAMES = 4096;

  /** Those whose names in CAA records are known. */
  private static final Map<String, List<String>> CAA_NAMES =
      Map.of(
          "GEOTRUST", CaaNames.DIGICERT,
          "SYMANTEC", CaaNames.DIGICERT,
          "GLOBALSIGN", CaaNames.GLOBALSIGN,
          "TRUSTASIA", CaaNames.TRUSTASIA);

  /** The values of options that are left out. */
  static final Map<String, String> DEFAULTS =
      Map.of(BUY, "false", YEARS, "1", CA_HASH_ALGORITHM, DEFAULT_HASH, DOMAIN_METHOD, DNS);

  private ScmOptions() {}

  /** The CA of the brand, where one is asked for. */
  static Issuer issuer(Application application) {
    String brand = application.option(BRAND);
    return Issuer.behindVendor(
        brand == null ? List.of() : CAA_NAMES.getOrDefault(brand, List.of()));
  }

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
        .option(YEARS, "with buy true: how many years to buy, 1 (default) to 3")
        .option(
            AlternativeNames.OPTION,
            "further names in a multi-domain certificate, separated by commas or spaces")
        .option(
            CA_HASH_ALGORITHM,
            "DEFAULT (default) or SHA-256, for the CA's signature; SCM wants it of OV certificates"
                + " of GEOTRUST")
        .option(
            DOMAIN_METHOD,
            "DNS (default), or EMAIL: the CA writes to the administrators of the domain, and there"
                + " is no record to publish");
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
        .or(() -> mismatch(application, CA_HASH_ALGORITHM, List.of(DEFAULT_HASH, "SHA-256")))
        .or(() -> mismatch(application, DOMAIN_METHOD, List.of(DNS, EMAIL)))
        .or(() -> namesRefusal(application))
        .or(() -> methodRefusal(application, version))
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

  /** All names of the certificate, that of the order first. */
  static Set<DomainName> names(Application application) {
    return AlternativeNames.of(application.domain(), application.terms().options());
  }

  private static Optional<VendorError> namesRefusal(Application application) {
    try {
      return String.join(SEPARATOR, otherNames(application)).length() <= LONGEST_NAMES
          ? Optional.empty()
          : refused(
              "option "
                  + AlternativeNames.OPTION
                  + ": has more than "
                  + LONGEST_NAMES
                  + " characters");
    } catch (DomainName.InvalidNameException e) {
      return refused("option " + AlternativeNames.OPTION + ": " + e.getMessage());
    }
  }

  private static List<String> otherNames(Application application) {
    return names(application).stream().skip(1).map(DomainName::ascii).toList();
  }

  /** The further names as SCM takes them; null when there are none. */
  static @Nullable String sans(Application application) {
    List<String> others = otherNames(application);
    return others.isEmpty() ? null : String.join(SEPARATOR, others);
  }

  private static Optional<VendorError> methodRefusal(
      Application application, ScmConfig.ApiVersion version) {
    boolean v2 = version == ScmConfig.ApiVersion.V2;
    for (String option : List.of(CA_HASH_ALGORITHM, DOMAIN_METHOD)) {
      if (v2 && application.option(option) != null) {
        return refused("option " + option + ": API v2 does not take it");
      }
    }
    return byEmail(application) && application.terms().validation() == ValidationMethod.DNS_AUTO
        ? refused("option " + DOMAIN_METHOD + ": EMAIL has no record that DNS_AUTO could publish")
        : Optional.empty();
  }

  /** Whether the CA validates by a message to the administrators of the domain. */
  static boolean byEmail(Application application) {
    return domainMethod(application).equals(EMAIL);
  }

  static String domainMethod(Application application) {
    return Objects.requireNonNullElse(application.option(DOMAIN_METHOD), DNS);
  }

  /** What SCM wants to know for an OV certificate of GeoTrust; null where it was not asked for. */
  static @Nullable String caHashAlgorithm(Application application, String brand, String type) {
    String asked = application.option(CA_HASH_ALGORITHM);
    boolean mandatory = brand.equals("GEOTRUST") && type.startsWith("OV_");
    return asked == null && mandatory ? DEFAULT_HASH : asked;
  }

  private static Optional<VendorError> purchaseRefusal(Application application) {
    if (!buy(application)) {
      // A renewal inherits the option, and is not refused for it.
      return application.option(YEARS) == null || application.renewalOf() != null
          ? Optional.empty()
          : refused("option years: is for a certificate to buy; it needs option buy true");
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
