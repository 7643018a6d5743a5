package dev.polycert.vendor.alibaba.cas;

import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Issuer;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.CaaNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The options that a request may give, and whether they make sense. */
final class CasOptions {
  static final String INSTANCE_ID = "instanceId";
  static final String INSTANCE_TYPE = "instanceType";
  static final String CERTIFICATE_TYPE = "certificateType";
  static final String BRAND = "brand";
  static final String COMPANY_ID = "companyId";
  static final String CONTACT_IDS = "contactIds";

  private static final String DV = "DV";
  private static final List<String> INSTANCE_TYPES = List.of(CasInstance.TEST, CasInstance.BUY);
  private static final List<String> CERTIFICATE_TYPES = List.of(DV, "OV", "EV");

  /** "ListInstances", parameter Brand. */
  private static final List<String> BRANDS =
      List.of("WoSign", "CFCA", "DigiCert", "GeoTrust", "GlobalSign", "vTrus", "Alibaba");

  /** The brands whose names in CAA records are known. */
  private static final Map<String, List<String>> CAA_NAMES =
      Map.of(
          "DigiCert", CaaNames.DIGICERT,
          "GeoTrust", CaaNames.DIGICERT,
          "GlobalSign", CaaNames.GLOBALSIGN);

  private static final String NUMBERS = "\\d{1,18}([, ]+\\d{1,18}){0,9}";

  private CasOptions() {}

  /** The CA of the brand, where one is asked for. */
  static Issuer issuer(Application application) {
    String brand = application.option(BRAND);
    return Issuer.behindVendor(
        brand == null ? List.of() : CAA_NAMES.getOrDefault(brand, List.of()));
  }

  /** The service with these options. */
  static Descriptor of(Descriptor service) {
    return service
        .option(
            INSTANCE_ID,
            "the instance to use, also a bought one, or one applied for elsewhere to take over")
        .option(
            INSTANCE_TYPE,
            "TEST (default): a free test instance; BUY: one that was bought, for which money was"
                + " paid")
        .option(CERTIFICATE_TYPE, "DV (default), OV or EV, of a bought instance")
        .option(BRAND, "the brand of the instance, one of " + String.join(", ", BRANDS))
        .option(
            AlternativeNames.OPTION,
            "further names in an instance with room for them, separated by commas or spaces")
        .option(COMPANY_ID, "the company in CAS that an OV or EV certificate names")
        .option(
            CONTACT_IDS,
            "the contacts in CAS, separated by commas; those of "
                + AlibabaCasProvider.CONTACTS
                + " when not given");
  }

  /** The values of options that are left out. */
  static Map<String, String> defaults(List<String> contacts) {
    return Map.of(
        INSTANCE_TYPE,
        CasInstance.TEST,
        CERTIFICATE_TYPE,
        DV,
        CONTACT_IDS,
        String.join(",", contacts));
  }

  static String instanceType(Application application) {
    return Objects.requireNonNullElse(application.option(INSTANCE_TYPE), CasInstance.TEST);
  }

  static String certificateType(Application application) {
    return Objects.requireNonNullElse(application.option(CERTIFICATE_TYPE), DV);
  }

  /** The numbers in a list of them. */
  static List<String> numbers(String list) {
    return List.of(list.strip().split("[, ]+"));
  }

  /** All names of the certificate, that of the order first. */
  static Set<DomainName> names(Application application) {
    return AlternativeNames.of(application.domain(), application.terms().options());
  }

  /** The error in the options, as far as it can be found without asking the vendor. */
  static Optional<VendorError> refusal(Application application) {
    return mismatch(application, INSTANCE_ID, "[0-9A-Za-z_-]{1,64}", "an id such as cas_dv-cn-123")
        .or(() -> mismatch(application, INSTANCE_TYPE, INSTANCE_TYPES))
        .or(() -> mismatch(application, CERTIFICATE_TYPE, CERTIFICATE_TYPES))
        .or(() -> mismatch(application, BRAND, BRANDS))
        .or(() -> mismatch(application, COMPANY_ID, "\\d{1,18}", "a number"))
        .or(() -> mismatch(application, CONTACT_IDS, NUMBERS, "up to 10 numbers"))
        .or(() -> namesRefusal(application))
        .or(() -> typeRefusal(application))
        .or(() -> companyRefusal(application));
  }

  /** Whether a text lists contacts as the option does. */
  static boolean areContacts(String list) {
    return list.strip().matches(NUMBERS);
  }

  private static Optional<VendorError> mismatch(
      Application application, String option, List<String> choices) {
    return mismatch(
        application, option, String.join("|", choices), "one of " + String.join(", ", choices));
  }

  private static Optional<VendorError> mismatch(
      Application application, String option, String pattern, String right) {
    String value = application.option(option);
    return value == null || value.strip().matches(pattern)
        ? Optional.empty()
        : refused("option " + option + ": '" + value + "' must be " + right);
  }

  private static Optional<VendorError> namesRefusal(Application application) {
    return AlternativeNames.readable(application.domain(), application.terms().options())
            .isPresent()
        ? Optional.empty()
        : refused("option " + AlternativeNames.OPTION + ": holds a text that is no domain name");
  }

  private static Optional<VendorError> typeRefusal(Application application) {
    if (certificateType(application).equals(DV) || application.option(INSTANCE_ID) != null) {
      return Optional.empty();
    }
    if (instanceType(application).equals(CasInstance.TEST)) {
      return refused(
          "option certificateType: test instances are DV; OV and EV need option instanceType BUY");
    }
    return application.option(COMPANY_ID) == null
        ? refused("option companyId: is needed for certificateType OV and EV")
        : Optional.empty();
  }

  /** A renewal inherits the option, and is not refused for it. */
  private static Optional<VendorError> companyRefusal(Application application) {
    return application.option(COMPANY_ID) != null
            && application.option(INSTANCE_ID) == null
            && certificateType(application).equals(DV)
            && application.renewalOf() == null
        ? refused(
            "option companyId: a DV certificate names none; it needs certificateType OV or EV")
        : Optional.empty();
  }

  private static Optional<VendorError> refused(String message) {
    return Optional.of(new VendorError(ErrorClass.FINAL, "Request.Invalid", message));
  }
}
