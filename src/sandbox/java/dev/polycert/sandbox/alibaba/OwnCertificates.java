package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SetCertificate: puts the customer's own certificate on a site. */
final class OwnCertificates {
  private final World world;
  private final Sites sites;
  private final Certificates certificates;

  OwnCertificates(World world, Sites sites, Certificates certificates) {
    this.world = world;
    this.sites = sites;
    this.certificates = certificates;
  }

  Answer set(Query parameters) {
    return sites.withActive(
        parameters,
        site -> {
          var replaced = parameters.text("Id").flatMap(id -> certificates.find(site, id));
          var facts = parameters.text("Certificate").flatMap(CertificateFacts::of);
          var refusal = refusal(parameters, replaced, facts.isPresent());
          if (refusal.isEmpty() && replaced.isEmpty() && full(site)) {
            return Refusals.UPLOADS_USED_UP;
          }
          return refusal.isPresent()
              ? refusal.get()
              : set(site, parameters, replaced, facts.orElse(null));
        });
  }

  /** Expired ones count as long as they are there. */
  private boolean full(Site site) {
    long uploads =
        certificates.all().stream()
            .filter(one -> one.siteId() == site.id() && one.free() == null)
            .count();
    return uploads >= world.quota(EsaEmulator.PROVIDER + "/uploads");
  }

  private static Optional<Refusal> refusal(
      Query parameters, Optional<EsaCertificate> replaced, boolean readable) {
    if (parameters.text("Id").isPresent() && replaced.isEmpty()) {
      return Optional.of(Refusals.invalid("Id", "the id of a certificate of the site"));
    }
    if (replaced.filter(certificate -> certificate.free() != null).isPresent()) {
      return Optional.of(Refusals.invalid("Id", "not the id of a free certificate"));
    }
    return switch (parameters.text("Type").orElse("")) {
      case "" -> Optional.of(Refusals.missing("Type"));
      case "cas" -> Refusals.missing(parameters, "CasId");
      case "keyless" ->
          Refusals.missing(parameters, "KeyServerId")
              .or(
                  () ->
                      readable
                          ? Optional.empty()
                          : Optional.of(KeyPairs.unreadable("Certificate")));
      case "upload" ->
          Refusals.missing(parameters, "Name")
              .or(() -> KeyPairs.refusal(parameters, "Certificate", "PrivateKey"));
      default -> Optional.of(Refusals.TYPE);
    };
  }

  private Answer set(
      Site site,
      Query parameters,
      Optional<EsaCertificate> replaced,
      @Nullable CertificateFacts facts) {
    var id = replaced.map(EsaCertificate::id).orElseGet(certificates::newId);
    var now = world.now();
    certificates.put(
        new EsaCertificate(
            id,
            site.id(),
            parameters.text("Name").orElse(id),
            facts == null ? List.of() : facts.names(),
            null,
            parameters.text("Type").orElseThrow(),
            replaced.map(EsaCertificate::created).orElse(now),
            now,
            List.of(),
            null,
            facts,
            null));
    return new Success(instance.objectNode().put("Id", id));
  }
}
