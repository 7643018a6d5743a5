package dev.polycert.vendor.aws.acmrequest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Signing;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.Application;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.vendor.aws.AwsRegions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.regions.Region;

/** The options of a request, and the request to ACM that they make. */
final class AcmOptions {
  static final String CERTIFICATE_ARN = "certificateArn";
  static final String EXPORTABLE = "exportable";
  static final String ACCEPT_FEE = "acceptFee";

  /** The tag that says which order a certificate was requested for. */
  static final String TAG = "polycert-order";

  /**
   * The key algorithms that RequestCertificate takes for public certificates, as ACM spells them.
   */
  static final Map<KeyAlgorithm, String> KEY_ALGORITHMS =
      Map.of(
          KeyAlgorithm.RSA_2048, "RSA_2048",
          KeyAlgorithm.EC_P256, "EC_prime256v1",
          KeyAlgorithm.EC_P384, "EC_secp384r1");

  /** RequestCertificate, DomainName: the common name of RFC 5280 has no more. */
  private static final int LONGEST_NAME = 64;

  /** "Quotas": 10 by default, and at most that many for accounts that have asked AWS for more. */
  private static final int MOST_NAMES = 100;

  /** RequestCertificate, IdempotencyToken: {@code \w+} of at most 32 characters. */
  private static final int TOKEN = 32;

  private AcmOptions() {}

  /** Adds the options of a request to the description of the service. */
  static Descriptor in(Descriptor service) {
    return service
        .option(
            AwsRegions.OPTION,
            "the AWS region, `us-east-1` for CloudFront; that of `AWS_ACM_REGION` when not given")
        .option(
            AlternativeNames.OPTION,
            "further names in the certificate, separated by commas or spaces; with the domain 10"
                + " unless the account has more")
        .option(
            EXPORTABLE,
            "true: the private key can be exported and delivered, which costs money for each name"
                + " at the issue and at each renewal; false (default): only services of AWS can use"
                + " the certificate")
        .option(ACCEPT_FEE, "true: the fee of an exportable certificate may be charged")
        .option(CERTIFICATE_ARN, "take over this certificate, which was requested elsewhere");
  }

  /** Why ACM would not take the application, as far as that is known before any call. */
  static Optional<VendorError> problem(Application application) {
    return region(application)
        .or(() -> certificate(application))
        .or(() -> mismatch(application, EXPORTABLE, "true|false", "true or false"))
        .or(() -> mismatch(application, ACCEPT_FEE, "true|false", "true or false"))
        .or(() -> fee(application))
        .or(() -> names(application));
  }

  private static Optional<VendorError> region(Application application) {
    String region = application.option(AwsRegions.OPTION);
    return region == null || AwsRegions.find(region).isPresent()
        ? Optional.empty()
        : problem(AwsRegions.OPTION, "'" + region + "' is no AWS region; eu-central-1 for example");
  }

  private static Optional<VendorError> certificate(Application application) {
    String arn = application.option(CERTIFICATE_ARN);
    if (arn == null) {
      return Optional.empty();
    }
    Optional<Region> its = AcmCertificate.region(arn);
    if (its.isEmpty()) {
      return problem(
          CERTIFICATE_ARN, "is arn:aws:acm:<region>:<account>:certificate/<id>, not " + arn);
    }
    String region = application.option(AwsRegions.OPTION);
    return region == null || its.get().id().equals(region)
        ? Optional.empty()
        : problem(AwsRegions.OPTION, region + " is not the region of " + arn);
  }

  private static Optional<VendorError> fee(Application application) {
    boolean accepted = isTrue(application, ACCEPT_FEE);
    if (exportable(application)) {
      return accepted
          ? Optional.empty()
          : problem(
              ACCEPT_FEE,
              "must be true for an exportable certificate, which costs money at the issue and at"
                  + " each renewal");
    }
    if (accepted) {
      return problem(ACCEPT_FEE, "is for exportable certificates; others cost nothing");
    }
    return application.terms().deliver().isEmpty() ? Optional.empty() : withheldKey(application);
  }

  /** One that was requested elsewhere may be exportable without the option. */
  static Optional<VendorError> withheldKey(Application application) {
    return exportable(application) || application.option(CERTIFICATE_ARN) != null
        ? Optional.empty()
        : problem(
            EXPORTABLE,
            "must be true to deliver the certificate, because ACM gives out no other private keys;"
                + " services of AWS take the certificate by its ARN");
  }

  private static Optional<VendorError> names(Application application) {
    String domain = application.domain().ascii();
    if (domain.length() > LONGEST_NAME) {
      return Optional.of(
          new VendorError(
              ErrorClass.FINAL,
              "Domain.TooLong",
              "the domain has %d characters, ACM takes at most %d of the first name of a certificate"
                  .formatted(domain.length(), LONGEST_NAME)));
    }
    try {
      int count = all(application).size();
      return count <= MOST_NAMES
          ? Optional.empty()
          : problem(
              AlternativeNames.OPTION, "has " + count + " names with the domain, ACM takes 100");
    } catch (DomainName.InvalidNameException noName) {
      return problem(AlternativeNames.OPTION, String.valueOf(noName.getMessage()));
    }
  }

  private static Optional<VendorError> mismatch(
      Application application, String option, String pattern, String right) {
    String value = application.option(option);
    return value == null || value.matches(pattern)
        ? Optional.empty()
        : problem(option, "'" + value + "' must be " + right);
  }

  static Optional<VendorError> problem(String option, String message) {
    return Optional.of(
        new VendorError(ErrorClass.FINAL, "Option." + option, option + ": " + message));
  }

  private static boolean isTrue(Application application, String option) {
    return "true".equals(application.option(option));
  }

  static boolean exportable(Application application) {
    return isTrue(application, EXPORTABLE);
  }

  /** All names of the certificate, that of the order first. */
  static Set<DomainName> all(Application application) {
    return AlternativeNames.of(application.domain(), application.terms().options());
  }

  /** The body of RequestCertificate. Members with ACM's default are left out. */
  static ObjectNode request(Application application) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("DomainName", application.domain().ascii())
            .put("ValidationMethod", "DNS")
            .put("IdempotencyToken", token(application))
            .put("KeyAlgorithm", KEY_ALGORITHMS.get(application.terms().keyAlgorithm()));
    List<DomainName> others = all(application).stream().skip(1).toList();
    if (!others.isEmpty()) {
      ArrayNode names = body.putArray("SubjectAlternativeNames");
      others.forEach(name -> names.add(name.ascii()));
    }
    if (exportable(application)) {
      body.putObject("Options").put("Export", "ENABLED");
    }
    if (!application.order().isEmpty()) {
      body.putArray("Tags").addObject().put("Key", TAG).put("Value", application.order());
    }
    return body;
  }

  /**
   * The same for every try of an order: within an hour ACM answers a repeated request with the
   * certificate of the first one.
   */
  private static String token(Application application) {
    String identity = application.order() + "\n" + application.domain().ascii();
    return Signing.sha256Hex(identity.getBytes(UTF_8)).substring(0, TOKEN);
  }
}
