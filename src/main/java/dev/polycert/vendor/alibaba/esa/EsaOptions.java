package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.Issuer;
import dev.polycert.provider.Application;
import dev.polycert.provider.CaaNames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options that a request may give, and whether they fit the domain. */
final class EsaOptions {
  static final String SITE_ID = "siteId";
  static final String TYPE = "type";
  static final String VERIFY_SITE = "verifySite";

  private static final String LETS_ENCRYPT = "lets_encrypt";
  private static final String DIGICERT_SINGLE = "digicert_single";
  private static final String DIGICERT_WILDCARD = "digicert_wildcard";
  private static final Set<String> TYPES = Set.of(LETS_ENCRYPT, DIGICERT_SINGLE, DIGICERT_WILDCARD);

  static final Map<String, String> DEFAULTS = Map.of(TYPE, LETS_ENCRYPT, VERIFY_SITE, "false");

  private EsaOptions() {}

  /** The service with them. */
  static Descriptor of(Descriptor service) {
    return service
        .option(
            VERIFY_SITE,
            "true: have ESA verify and so activate the domain's site first, when it is pending;"
                + " false (default): refuse such a site")
        .option(
            SITE_ID,
            "the ESA site that the domain belongs to; found by the longest matching active site"
                + " when not given")
        .option(
            TYPE,
            "lets_encrypt (default), digicert_single (no wildcards) or digicert_wildcard"
                + " (wildcards only)");
  }

  /** The certificate type to apply for. */
  static String type(Application application) {
    String type = application.option(TYPE);
    return type == null ? LETS_ENCRYPT : type;
  }

  /** The CA of the certificate type. */
  static Issuer issuer(Application application) {
    return Issuer.behindVendor(
        type(application).equals(LETS_ENCRYPT) ? CaaNames.LETS_ENCRYPT : CaaNames.DIGICERT);
  }

  /** Whether a pending site is to be verified, so that it becomes active. */
  static boolean verifiesSite(Application application) {
    return "true".equals(application.option(VERIFY_SITE));
  }

  /** Whether ESA validates it over DNS alone: wildcards, and everything of DigiCert. */
  static boolean dnsOnly(Application application) {
    return application.domain().wildcard() || !type(application).equals(LETS_ENCRYPT);
  }

  /** The errors in the options that can be found without asking the vendor. */
  static Optional<VendorError> refusal(Application application) {
    String type = type(application);
    boolean wildcard = application.domain().wildcard();
    if (!TYPES.contains(type)) {
      return refused(TYPE, type, "is none of lets_encrypt, digicert_single, digicert_wildcard");
    }
    if (wildcard && type.equals(DIGICERT_SINGLE)) {
      return refused(TYPE, type, "takes no wildcards; use digicert_wildcard or lets_encrypt");
    }
    if (!wildcard && type.equals(DIGICERT_WILDCARD)) {
      return refused(TYPE, type, "takes only wildcards; use digicert_single or lets_encrypt");
    }
    @Nullable String siteId = application.option(SITE_ID);
    if (siteId != null && !siteId.matches("\\d{1,19}")) {
      return refused(SITE_ID, siteId, "is not a site id, which is a decimal number");
    }
    String verify = application.option(VERIFY_SITE);
    if (verify != null && !verify.matches("true|false")) {
      return refused(VERIFY_SITE, verify, "must be true or false");
    }
    return Optional.empty();
  }

  private static Optional<VendorError> refused(String option, String value, String why) {
    return Optional.of(
        new VendorError(
            ErrorClass.FINAL, "Option.Invalid", "option " + option + ": '" + value + "' " + why));
  }
}
