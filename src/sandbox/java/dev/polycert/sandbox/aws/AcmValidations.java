package dev.polycert.sandbox.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World;
import java.time.Duration;
import java.time.Instant;

/** Validates names by their CNAMEs, and issues and renews validated certificates. */
final class AcmValidations {
  private static final Duration LIFETIME = Duration.ofDays(198);

  /** "ACM checks 60 days prior to expiration." */
  private static final Duration RENEWAL = Duration.ofDays(60);

  private final World world;

  AcmValidations(World world) {
    this.world = world;
  }

  /** The record of a name is the same for all certificates of an account. */
  static ObjectNode record(String name) {
    String base = name.replaceFirst("^\\*\\.", "");
    return JsonNodeFactory.instance
        .objectNode()
        .put("Name", "_%s.%s.".formatted(Digests.sha256("name " + base).substring(0, 32), base))
        .put("Type", "CNAME")
        .put(
            "Value",
            "_%s.fakezone.acm-validations.aws."
                .formatted(Digests.sha256("value " + base).substring(0, 32)));
  }

  boolean isValidated(String name) {
    ObjectNode record = record(name);
    String wanted = withoutDot(record.path("Value").asText());
    return world.dns(withoutDot(record.path("Name").asText()), "CNAME").stream()
        .anyMatch(value -> withoutDot(value).equalsIgnoreCase(wanted));
  }

  private static String withoutDot(String name) {
    return name.replaceFirst("\\.$", "");
  }

  private boolean isValidated(AcmCertificate certificate) {
    return "DNS".equals(certificate.method)
        && certificate.names.stream().allMatch(this::isValidated);
  }

  /** Issues it when all its names are validated, and renews it in the last part of its life. */
  void proceed(AcmCertificate certificate) {
    Instant now = world.now();
    if (certificate.status(now).equals("PENDING_VALIDATION")) {
      if (certificate.validated == null && isValidated(certificate)) {
        certificate.validated = now;
      }
      if (certificate.validated != null
          && !now.isBefore(certificate.validated.plus(world.issueDelay()))) {
        issue(certificate);
      }
    } else if (certificate.renewable(now) && !now.isBefore(certificate.end().minus(RENEWAL))) {
      renew(certificate);
    }
  }

  private void renew(AcmCertificate certificate) {
    if (isValidated(certificate)) {
      issue(certificate);
      certificate.renewal = "SUCCESS";
    } else {
      certificate.renewal = "PENDING_VALIDATION";
    }
  }

  private void issue(AcmCertificate certificate) {
    World.KeyKind kind =
        switch (certificate.keyAlgorithm) {
          case "EC_prime256v1" -> World.KeyKind.EC_P256;
          case "EC_secp384r1" -> World.KeyKind.EC_P384;
          default -> World.KeyKind.RSA_2048;
        };
    World.Issued issued = world.issue(certificate.names, LIFETIME, kind);
    certificate.hold(
        issued.certificatePem(),
        issued.chainPem(),
        issued.keys() == null ? "" : Pem.encode(issued.keys().getPrivate()),
        world.now());
  }
}
