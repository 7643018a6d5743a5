package dev.polycert.vendor.acme;

import dev.polycert.provider.Phase;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import java.net.URL;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * How control of one name is shown to the CA: an authorization and its challenge (RFC 8555,
 * sections 7.1.4 and 8).
 *
 * @param challenge the challenge of the requested method; null when the CA offers none
 * @param validation what to publish for it
 * @param problem why the CA did not see it, where it says so
 * @param expires when the CA stops waiting for it, by our clock
 */
record Proof(
    URL location,
    String domain,
    Status status,
    @Nullable Challenge challenge,
    @Nullable Validation validation,
    @Nullable String problem,
    @Nullable Instant expires) {

  /** Reads all authorizations of an order, at the same time. */
  static List<Proof> all(Placed order, List<URL> locations) throws Ended {
    return AtOnce.map(locations, location -> read(order, location));
  }

  private static Proof read(Placed order, URL location) throws Ended {
    ValidationMethod method = order.application().terms().validation();
    return order.read(
        "authorization", (login, conversation) -> fetch(login, conversation, location, method));
  }

  private static Proof fetch(
      Login login, Conversation conversation, URL location, ValidationMethod method)
      throws AcmeException {
    Authorization authorization = login.bindAuthorization(location);
    authorization.fetch();
    String domain = authorization.getIdentifier().getValue();
    Optional<Challenge> found =
        authorization.findChallenge(
            method == ValidationMethod.FILE ? Http01Challenge.TYPE : Dns01Challenge.TYPE);
    Challenge challenge = found.orElse(null);
    return new Proof(
        location,
        domain,
        authorization.getStatus(),
        challenge,
        challenge == null ? null : validation(domain, challenge),
        problem(domain, authorization.getChallenges()),
        authorization.getExpires().map(conversation::ours).orElse(null));
  }

  private static @Nullable Validation validation(String domain, Challenge challenge) {
    return switch (challenge) {
      case Dns01Challenge dns ->
          Validation.dns(domain, dns.getRRName(domain), "TXT", dns.getDigest())
              .withKeyAuthorization(dns.getAuthorization());
      // Section 8.3: fetched over HTTP, at port 80.
      case Http01Challenge http ->
          Validation.file(
              domain,
              "http://" + host(domain) + "/.well-known/acme-challenge/" + http.getToken(),
              http.getAuthorization());
      default -> null;
    };
  }

  /** RFC 3986, section 3.2.2. */
  private static String host(String domain) {
    return domain.indexOf(':') < 0 ? domain : "[" + domain + "]";
  }

  private static @Nullable String problem(String domain, List<Challenge> challenges) {
    return challenges.stream()
        .flatMap(challenge -> challenge.getError().stream())
        .findFirst()
        .map(told -> domain + ": " + AcmeFailures.code(told) + ": " + AcmeFailures.text(told))
        .orElse(null);
  }

  /** When the CA stops waiting for one of them, where it says so. */
  static @Nullable Instant expire(List<Proof> proofs) {
    return proofs.stream()
        .filter(Proof::pending)
        .map(Proof::expires)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  boolean pending() {
    return status == Status.PENDING;
  }

  /** Whether the CA has not been asked to look yet. */
  boolean untried() {
    return pending() && challenge != null && challenge.getStatus() == Status.PENDING;
  }

  /**
   * What to publish.
   *
   * @throws Ended when the CA does not offer the method for this name, which ends the order
   */
  Validation required(Placed order) throws Ended {
    if (validation == null) {
      throw new Ended(
          order.at(
              Phase.FAILED,
              "Validation.Unsupported",
              "the CA offers no such validation for " + domain));
    }
    return validation;
  }

  /**
   * Asks the CA to look now (section 7.5.1). CAs refuse that where they look already: the answer to
   * the first request was lost, or another order has the same authorization.
   */
  Proof trigger(Placed order) throws Ended {
    Challenge asked = Objects.requireNonNull(challenge);
    try {
      return order.read(
          "challenge",
          (login, conversation) -> {
            login.createChallenge(asked.getJSON()).trigger();
            return this;
          });
    } catch (Ended refused) {
      if (!refused.isRefused(AcmeErrors.MALFORMED) || read(order, location).untried()) {
        throw refused;
      }
      return this;
    }
  }
}
