package dev.polycert.sandbox.huawei;

import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.Application.Proof;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The CA behind the service. It moves an application on at each look, which a caller who polls
 * cannot distinguish from a background process.
 */
final class Lifecycle {
  private static final Duration TEST_LIFETIME = Duration.ofDays(90);

  // CA/B Forum Baseline Requirements 6.3.2: at most 200 days from 15 March 2026.
  private static final Duration LIFETIME = Duration.ofDays(199);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

  private final World world;
  private final Certificates certificates;

  Lifecycle(World world, Certificates certificates) {
    this.world = world;
    this.certificates = certificates;
  }

  /** Lets the CA look at the certificate's application, and returns the result. */
  ScmCertificate look(ScmCertificate certificate) {
    var next = next(certificate);
    certificates.put(next);
    return next;
  }

  private ScmCertificate next(ScmCertificate certificate) {
    var application = certificate.application();
    if (application == null) {
      return certificate;
    }
    return switch (certificate.stage()) {
      case CHECKING ->
          application.proofs().isEmpty()
              ? demandProofs(certificate, application)
              : check(certificate, application);
      case CHECKING_DOMAIN -> check(certificate, application);
      case ISSUING -> issue(certificate, application);
      case CANCELCHECKING -> certificate.withdrawn(world.now());
      default -> certificate;
    };
  }

  /** Proofs are not in the answer to the application: they appear at the first look. */
  private ScmCertificate demandProofs(ScmCertificate certificate, Application application) {
    if (!application.method().equals("DNS")) {
      return certificate.at(Status.CHECKING_DOMAIN, world.now());
    }
    var value =
        DAY.format(world.now()) + "0000" + world.random(38, "0123456789abcdefghijklmnopqrstuvwxyz");
    var proofs =
        application.bases().stream()
            .map(base -> new Proof("_dnsauth." + base, value, base))
            .toList();
    if (application.autoDns()) {
      proofs.forEach(proof -> world.addDns(proof.name(), "TXT", proof.value()));
    }
    return certificate.at(Status.CHECKING, application.with(proofs), world.now());
  }

  private ScmCertificate check(ScmCertificate certificate, Application application) {
    boolean proven =
        !application.proofs().isEmpty()
            && application.proofs().stream().allMatch(proof -> proof.satisfied(world));
    if (!proven) {
      return certificate.stage() == Status.CHECKING_DOMAIN
          ? certificate
          : certificate.at(Status.CHECKING_DOMAIN, world.now());
    }
    var validated = application.validated(world.now());
    return issue(certificate.at(Status.ISSUING, validated, world.now()), validated);
  }

  private ScmCertificate issue(ScmCertificate certificate, Application application) {
    var validated = application.validated();
    if (validated == null || world.now().isBefore(validated.plus(world.issueDelay()))) {
      return certificate;
    }
    var names = application.names();
    var lifetime = certificate.purchase().free() ? TEST_LIFETIME : LIFETIME;
    var issued =
        application.csr() == null
            ? world.issue(names, lifetime, application.keys())
            : world.issueForCsr(application.csr(), names, lifetime).orElse(null);
    return issued == null
        ? certificate.at(Status.UNPASSED, world.now())
        : certificate.issued(Material.of(issued), world.now());
  }
}
