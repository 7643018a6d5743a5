package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RevocationReason;
import java.net.URL;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AcmeResource;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Status;

/** Withdraws orders and revokes certificates. */
final class AcmeWithdrawal {
  private final Authorities authorities;
  private final OrderVault keeping;

  AcmeWithdrawal(Authorities authorities, OrderVault keeping) {
    this.authorities = authorities;
    this.keeping = keeping;
  }

  private record Shown(String status, List<URL> authorizations) {

    static Shown of(Order order, Conversation conversation) {
      return new Shown(
          order.getJSON().get("status").asString(),
          order.getAuthorizations().stream().map(AcmeResource::getLocation).toList());
    }
  }

  /**
   * Deactivates the pending authorizations, which ends their order (RFC 8555, sections 7.5.2 and
   * 7.1.6). An order that is ready is left to expire, because its valid authorizations may serve
   * other orders.
   */
  Answer<Progress> cancel(Application application, WriteContext context) throws Ended {
    Placed order = Placed.of(authorities, application, context);
    Optional<Shown> found = order.show(Shown::of);
    if (found.isEmpty()) {
      return new Answer.Failed<>(new Failure.Absent(null));
    }
    Shown shown = found.get();
    return switch (shown.status()) {
      case "pending" -> {
        WriteContext announced = context.announce("deactivateAuthorization").await().indefinitely();
        AtOnce.map(
            shown.authorizations(), authorization -> deactivate(order, authorization, announced));
        yield order.at(Phase.CANCELLED, "deactivated", null);
      }
      case "ready" ->
          order.at(Phase.CANCELLED, "ready", "never finalized, the order expires at the CA");
      case "invalid" -> order.at(Phase.CANCELLED, "invalid", null);
      case "processing" -> order.at(Phase.UNKNOWN, "processing", "the CA is issuing it");
      default ->
          Answer.refused(
              new VendorError(
                  ErrorClass.FINAL,
                  "TooLate",
                  "the order is " + shown.status() + " at the CA; revoke it instead"));
    };
  }

  private static boolean deactivate(Placed order, URL location, WriteContext announced)
      throws Ended {
    return order.write(
        "deactivateAuthorization",
        announced,
        (login, conversation) -> {
          Authorization authorization = login.bindAuthorization(location);
          authorization.fetch();
          boolean pending = authorization.getStatus() == Status.PENDING;
          if (pending) {
            authorization.deactivate();
          }
          return pending;
        });
  }

  /** Revokes with the account's key, or with the certificate's key if the account is gone (7.6). */
  Answer<Progress> revoke(Application application, RevocationReason reason, WriteContext context)
      throws Ended {
    Reference reference = application.requireReference();
    Optional<X509Certificate> certificate = keeping.certificate(reference).map(IssuedChain::leaf);
    if (certificate.isEmpty()) {
      return Answer.refused(notKept());
    }
    Placed order = Placed.of(authorities, application, context);
    try {
      revoke(order, certificate.get(), reason, context);
    } catch (Ended ended) {
      if (!ended.isRefused(AcmeErrors.ALREADY_REVOKED)) {
        throw ended;
      }
      if (reason == RevocationReason.KEY_COMPROMISE && keeping.key(reference).isPresent()) {
        return reportCompromise(application, context);
      }
      boolean dropped = reason != RevocationReason.UNSPECIFIED;
      return order.at(
          Phase.REVOKED,
          "revoked",
          dropped ? "the CA had revoked it before, and keeps the reason of then" : null);
    }
    return order.at(Phase.REVOKED, "revoked", null);
  }

  /**
   * Revokes once more by the certificate's key, which proves that others may have it. Let's Encrypt
   * takes that, and by no other key.
   */
  Answer<Progress> reportCompromise(Application application, WriteContext context) throws Ended {
    Reference reference = application.requireReference();
    Optional<X509Certificate> certificate = keeping.certificate(reference).map(IssuedChain::leaf);
    Optional<KeyPair> own = keeping.key(reference);
    if (certificate.isEmpty()) {
      return Answer.refused(notKept());
    }
    if (own.isEmpty()) {
      return Answer.refused(
          new VendorError(
              ErrorClass.FINAL,
              "Key.NotKept",
              "only the certificate's own key can report it now, and the vault does not have that"
                  + " key"));
    }
    Placed order = Placed.of(authorities, application, context);
    try {
      revokeByOwnKey(order, own.get(), certificate.get(), RevocationReason.KEY_COMPROMISE, context);
    } catch (Ended ended) {
      if (!ended.isRefused(AcmeErrors.ALREADY_REVOKED)) {
        throw ended;
      }
      return order.at(
          Phase.REVOKED, "revoked", "the CA had revoked it before, and takes no report of the key");
    }
    return order.at(Phase.REVOKED, "revoked", null);
  }

  private void revoke(
      Placed order, X509Certificate certificate, RevocationReason reason, WriteContext context)
      throws Ended {
    try {
      order.write(
          "revokeCert",
          context,
          (login, conversation) -> {
            Certificate.revoke(login, certificate, acme(reason));
            return true;
          });
    } catch (Ended ended) {
      Optional<KeyPair> own = keeping.key(order.reference());
      if (!ended.isRefused(AcmeErrors.UNAUTHORIZED) || own.isEmpty()) {
        throw ended;
      }
      revokeByOwnKey(order, own.get(), certificate, reason, context);
    }
  }

  private void revokeByOwnKey(
      Placed order,
      KeyPair own,
      X509Certificate certificate,
      RevocationReason reason,
      WriteContext context)
      throws Ended {
    order
        .ca()
        .calls()
        .write(
            "revokeCert",
            context,
            (session, conversation) -> {
              Certificate.revoke(session, own, certificate, acme(reason));
              return true;
            });
  }

  /** "Unspecified" is expressed by leaving the reason out (RFC 5280, section 5.3.1). */
  private static org.shredzone.acme4j.@Nullable RevocationReason acme(RevocationReason reason) {
    return reason == RevocationReason.UNSPECIFIED
        ? null
        : org.shredzone.acme4j.RevocationReason.code(reason.code());
  }

  static VendorError notKept() {
    return new VendorError(
        ErrorClass.FINAL, "Certificate.NotKept", "the vault has no certificate of this order");
  }
}
