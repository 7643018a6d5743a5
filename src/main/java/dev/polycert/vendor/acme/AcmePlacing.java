package dev.polycert.vendor.acme;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AcmeResource;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.exception.AcmeException;

/** Places an order (RFC 8555, section 7.4) and tells what is to be published for it. */
final class AcmePlacing {
  private static final Logger LOG = Logger.getLogger(AcmePlacing.class);

  private final Authorities authorities;

  AcmePlacing(Authorities authorities) {
    this.authorities = authorities;
  }

  /** What the answer to newOrder says. */
  private record Answer(String url, String status, List<URL> authorizations) {}

  Outcome place(Application application, CallContext context) throws Ended {
    Authority ca = authorities.of(application);
    Set<DomainName> names = AcmeOptions.names(application);
    context.intent().apply("newOrder").await().indefinitely();
    CaAccount account = ca.accounts().account(context);
    Answer answer = order(ca, account, names, application, context);
    Reference reference = Reference.of(AcmeOptions.CA, ca.name(), Placed.ORDER_URL, answer.url());
    Placed order = new Placed(ca, account, reference, application, context);
    if (!answer.status().equals("pending")) {
      return order.at(Phase.APPLYING, answer.status(), null);
    }
    try {
      List<Validation> validations = validations(order, Proof.all(order, answer.authorizations()));
      return order.at(Phase.PENDING_VALIDATION, answer.status(), null, validations, null);
    } catch (Ended unread) {
      // The order is there, whatever became of reading more of it: the next check does that.
      return unread.outcome() instanceof Progress failed
          ? failed
          : order.at(Phase.APPLYING, answer.status(), null);
    }
  }

  /** What is to be published for those that are not valid yet. */
  static List<Validation> validations(Placed order, List<Proof> proofs) throws Ended {
    List<Validation> validations = new ArrayList<>();
    for (Proof proof : proofs) {
      if (proof.pending()) {
        validations.add(proof.required(order));
      }
    }
    return validations;
  }

  /** A refused {@code replaces} shall not keep a renewal back: it is tried once more without. */
  private Answer order(
      Authority ca,
      CaAccount account,
      Set<DomainName> names,
      Application application,
      CallContext context)
      throws Ended {
    String profile = application.plan().get(AcmeOptions.PROFILE);
    String replaces = application.plan().get(AcmePreparing.REPLACES);
    if (replaces != null) {
      try {
        return order(ca, account, names, profile, replaces, context);
      } catch (Ended refused) {
        if (!(refused.outcome() instanceof Failure.Refused(VendorError error)) || !said(error)) {
          throw refused;
        }
        LOG.infof("%s refused 'replaces' (%s): ordered without", ca.name(), error.code());
      }
    }
    return order(ca, account, names, profile, null, context);
  }

  /** Whether the CA said no, rather than not now. */
  private static boolean said(VendorError error) {
    return error.errorClass() != ErrorClass.RETRY && error.errorClass() != ErrorClass.THROTTLED;
  }

  private static Answer order(
      Authority ca,
      CaAccount account,
      Set<DomainName> names,
      @Nullable String profile,
      @Nullable String replaces,
      CallContext context)
      throws Ended {
    return ca.calls()
        .write(
            "newOrder",
            context,
            (session, exchange) -> create(account.login(session), names, profile, replaces));
  }

  private static Answer create(
      Login login, Set<DomainName> names, @Nullable String profile, @Nullable String replaces)
      throws AcmeException {
    OrderBuilder builder = login.newOrder();
    names.forEach(name -> builder.domain(name.ascii()));
    if (profile != null) {
      builder.profile(profile);
    }
    if (replaces != null) {
      builder.replaces(replaces);
    }
    Order order = builder.create();
    return new Answer(
        order.getLocation().toString(),
        order.getJSON().get("status").asString(),
        order.getAuthorizations().stream().map(AcmeResource::getLocation).toList());
  }
}
