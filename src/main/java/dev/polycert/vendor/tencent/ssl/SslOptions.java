package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of a request, and the request to the vendor that they make. */
final class SslOptions {
  static final String ALIAS = "alias";
  static final String CERTIFICATE_ID = "certificateId";
  static final String CONTACT_EMAIL = "contactEmail";
  static final String CONTACT_PHONE = "contactPhone";
  static final String DELETE_DNS_AUTO_RECORD = "deleteDnsAutoRecord";
  static final String OLD_CERTIFICATE_ID = "oldCertificateId";
  static final String PACKAGE_TYPE = "packageType";
  static final String PROJECT_ID = "projectId";
  static final String VALIDITY_PERIOD = "validityPeriod";

  /** Adds what a request may give to the description of the service. */
  static Descriptor in(Descriptor service) {
    return service
        .option(ALIAS, "name of the certificate in the console")
        .option(CERTIFICATE_ID, "take over this certificate (bought, or applied for elsewhere)")
        .option(CONTACT_EMAIL, "e-mail address of the order; the account's own when not given")
        .option(CONTACT_PHONE, "phone number of the order; the account's own when not given")
        .option(DELETE_DNS_AUTO_RECORD, "true: delete the record after issue; DNS_AUTO only")
        .option(OLD_CERTIFICATE_ID, "certificate that this one follows, in its last 30 days")
        .option(PACKAGE_TYPE, "product; 83 (TrustAsia C1 DV Free) when not given")
        .option(
            PROJECT_ID, "number of the project that the certificate belongs to; 0 when not given")
        .option(VALIDITY_PERIOD, "validity in months; 3 when not given")
        .option(
            AlternativeNames.OPTION,
            "further names in a bought multi-domain certificate, separated by commas or spaces");
  }

  /** What ApplyCertificate alone has: those of a bought certificate were chosen with it. */
  private static final List<String> OF_FREE_CERTIFICATES =
      List.of(
          ALIAS,
          CONTACT_EMAIL,
          CONTACT_PHONE,
          DELETE_DNS_AUTO_RECORD,
          OLD_CERTIFICATE_ID,
          PACKAGE_TYPE,
          PROJECT_ID,
          VALIDITY_PERIOD);

  /** What ApplyCertificate takes for members that are left out. */
  static final Map<String, String> DEFAULTS =
      Map.of(
          PACKAGE_TYPE, "83",
          VALIDITY_PERIOD, "3",
          PROJECT_ID, "0",
          DELETE_DNS_AUTO_RECORD, "false");

  /** {@code ub-common-name} of RFC 5280, appendix A.1, which the vendor holds. */
  private static final int LONGEST_NAME = 64;

  private static final String ID = "[0-9A-Za-z]{8}";
  private static final String EMAIL = "[^@\\s]+@[^@\\s]+\\.[^@\\s.]+";
  private static final String PHONE = "[+]?[0-9][0-9 -]{3,18}[0-9]";

  private SslOptions() {}

  /** Why the vendor would not take the application, as far as that is known before any call. */
  static Optional<VendorError> problem(Application application) {
    String name = application.domain().ascii();
    if (name.length() > LONGEST_NAME) {
      return problem(
          TencentSslErrors.NAME_TOO_LONG,
          "the domain has " + name.length() + " characters, Tencent Cloud SSL takes at most 64");
    }
    ValidationMethod validation = application.terms().validation();
    if (application.domain().wildcard() && validation == ValidationMethod.FILE) {
      return problem("Option.validation", "a wildcard cannot be validated by FILE; take DNS");
    }
    if (application.option(CERTIFICATE_ID) != null) {
      for (String option : OF_FREE_CERTIFICATES) {
        if (application.option(option) != null) {
          return problem(
              "Option." + option,
              option + " is for a free certificate, and certificateId names one that exists");
        }
      }
    }
    return mismatch(application, CERTIFICATE_ID, ID, "the 8 letters and digits of a certificate")
        .or(() -> mismatch(application, OLD_CERTIFICATE_ID, ID, "the 8 letters and digits of one"))
        .or(() -> mismatch(application, PACKAGE_TYPE, "83|2", "83 (or 2, as it was before)"))
        .or(() -> mismatch(application, VALIDITY_PERIOD, "3", "3, the only one there is"))
        .or(() -> mismatch(application, CONTACT_EMAIL, EMAIL, "an address like a@example.com"))
        .or(() -> mismatch(application, CONTACT_PHONE, PHONE, "a number like 13800000000"))
        .or(() -> names(application))
        .or(() -> freeProblem(application));
  }

  private static Optional<VendorError> mismatch(
      Application application, String option, String pattern, String right) {
    String value = application.option(option);
    return value == null || value.matches(pattern)
        ? Optional.empty()
        : problem("Option." + option, option + " is " + right + ", not " + value);
  }

  /** A renewal inherits the option, and is refused for what it is. */
  private static Optional<VendorError> names(Application application) {
    boolean given = application.option(AlternativeNames.OPTION) != null;
    try {
      boolean several = !otherNames(application).isEmpty();
      return given
              && several
              && application.option(CERTIFICATE_ID) == null
              && application.renewalOf() == null
          ? Optional.of(oneName())
          : Optional.empty();
    } catch (DomainName.InvalidNameException e) {
      return problem(
          "Option." + AlternativeNames.OPTION, AlternativeNames.OPTION + ": " + e.getMessage());
    }
  }

  static VendorError oneName() {
    return new VendorError(
        ErrorClass.FINAL,
        "Option." + AlternativeNames.OPTION,
        AlternativeNames.OPTION
            + ": a free certificate has one name; certificateId names a bought one with more");
  }

  /** The names of a multi-domain certificate beside that of the order. */
  static List<String> otherNames(Application application) {
    return AlternativeNames.of(application.domain(), application.terms().options()).stream()
        .skip(1)
        .map(DomainName::ascii)
        .toList();
  }

  private static Optional<VendorError> freeProblem(Application application) {
    ValidationMethod validation = application.terms().validation();
    String project = application.option(PROJECT_ID);
    if (project != null && !project.matches("\\d{1,9}")) {
      return problem("Option." + PROJECT_ID, "projectId is a number such as 0, not " + project);
    }
    String delete = application.option(DELETE_DNS_AUTO_RECORD);
    if (delete != null && !delete.matches("true|false")) {
      return problem(
          "Option." + DELETE_DNS_AUTO_RECORD,
          "deleteDnsAutoRecord is true or false, not " + delete);
    }
    if (delete != null && validation != ValidationMethod.DNS_AUTO) {
      return problem(
          "Option." + DELETE_DNS_AUTO_RECORD,
          "deleteDnsAutoRecord is for validation DNS_AUTO, not " + validation);
    }
    return Optional.empty();
  }

  private static Optional<VendorError> problem(String code, String message) {
    return Optional.of(new VendorError(ErrorClass.FINAL, code, message));
  }

  /**
   * The body of ApplyCertificate. Members that have the vendor's default when left out are null,
   * and left out.
   *
   * @param keyPassword protects the JKS and PFX files that the vendor's console makes
   */
  static Map<String, @Nullable Object> request(
      Application application, @Nullable String keyPassword) {
    boolean elliptic = application.terms().keyAlgorithm() == KeyAlgorithm.EC_P256;
    String project = application.option(PROJECT_ID);
    String delete = application.option(DELETE_DNS_AUTO_RECORD);
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("DomainName", application.domain().ascii());
    request.put("DvAuthMethod", application.terms().validation().name());
    request.put("CsrEncryptAlgo", elliptic ? "ECC" : "RSA");
    request.put("CsrKeyParameter", elliptic ? "prime256v1" : "2048");
    request.put("CsrKeyPassword", keyPassword);
    request.put("PackageType", application.option(PACKAGE_TYPE));
    request.put("ValidityPeriod", application.option(VALIDITY_PERIOD));
    request.put("ProjectId", project == null ? null : Integer.valueOf(project));
    request.put("Alias", application.option(ALIAS));
    request.put("ContactEmail", application.option(CONTACT_EMAIL));
    request.put("ContactPhone", application.option(CONTACT_PHONE));
    request.put("OldCertificateId", application.plan().get(OLD_CERTIFICATE_ID));
    request.put("DeleteDnsAutoRecord", delete == null ? null : Boolean.valueOf(delete));
    return request;
  }
}
