package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AcmeResource;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.exception.AcmeException;

/** Places an order (RFC 8555, section 7.4) and reports what to publish for it. */
final class AcmePlacement {
  private static final Logger LOG = Logger.getLogger(AcmePlacement.class);

  private final Authorities authorities;
  private final AcmeOutlook outlook;

  AcmePlacement(Authorities authorities, AcmeOutlook outlook) {
    this.authorities = authorities;
    this.outlook = outlook;
  }

  /** What the answer to newOrder says. */
  private record Created(
      String url, String status, List<URL> authorizations, Optional<Instant> expires) {}

  Answer<Progress> place(Application application, WriteContext context) throws Ended {
    Authority ca = authorities.of(application);
    Set<DomainName> names = AcmeOptions.names(application);
    KeptAccount account = ca.accounts().of(application.plan().get(CaAccounts.BINDING));
    if (account.location().isEmpty()) {
      lookAsNewAccount(ca, account, names, application, context);
    }
    WriteContext announced = context.announce("newOrder").await().indefinitely();
    Created created = order(ca, account, names, application, announced);
    Reference reference = Reference.of(AcmeOptions.CA, ca.name(), Placed.ORDER_URL, created.url());
    Placed order = new Placed(ca, account, reference, application, context);
    if (!created.status().equals("pending")) {
      return order.at(Phase.APPLYING, created.status(), null);
    }
    try {
      List<Proof> proofs = Proof.all(order, created.authorizations());
      return order.pending(validations(order, proofs), until(created, Proof.expire(proofs)));
    } catch (Ended unread) {
      // The order exists even if reading more of it failed; the next check reads it.
      return unread.answer() instanceof Answer.Success<Progress> failed
          ? failed
          : order.at(Phase.APPLYING, created.status(), null);
    }
  }

  /** CAA records may name the one account that may ask (RFC 8657, section 3). */
  private void lookAsNewAccount(
      Authority ca,
      KeptAccount account,
      Set<DomainName> names,
      Application application,
      WriteContext context)
      throws Ended {
    List<String> identities =
        ca.calls()
            .read(
                "directory",
                context,
                (session, conversation) -> AcmeOutlook.identities(session.getMetadata()));
    if (!identities.isEmpty()) {
      String made = account.as(context, known -> known.location().toString());
      outlook.require(application, names, identities, made, context);
    }
  }

  private static @Nullable Instant until(Created order, @Nullable Instant authorizations) {
    return Stream.concat(order.expires().stream(), Stream.ofNullable(authorizations))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** What to publish for the authorizations that are not valid yet. */
  static List<Validation> validations(Placed order, List<Proof> proofs) throws Ended {
    List<Validation> validations = new ArrayList<>();
    for (Proof proof : proofs) {
      if (proof.pending()) {
        validations.add(proof.required(order));
      }
    }
    return validations;
  }

  /** A refused {@code replaces} must not stop a renewal: the order is sent again without it. */
  private Created order(
      Authority ca,
      KeptAccount account,
      Set<DomainName> names,
      Application application,
      WriteContext context)
      throws Ended {
    String profile = application.plan().get(AcmeOptions.PROFILE);
    String replaces = application.plan().get(AcmePreparation.REPLACES);
    if (replaces != null) {
      try {
        return order(ca, account, names, profile, replaces, context);
      } catch (Ended refused) {
        if (!(refused.answer()
                instanceof Answer.Failed<Progress>(Failure.Refused(VendorError error)))
            || !isFinal(error)) {
          throw refused;
        }
        LOG.infof("%s refused 'replaces' (%s): ordered without", ca.name(), error.code());
      }
    }
    return order(ca, account, names, profile, null, context);
  }

  /** Whether the CA refused for good. */
  private static boolean isFinal(VendorError error) {
    return error.errorClass() != ErrorClass.RETRY && error.errorClass() != ErrorClass.THROTTLED;
  }

  private static Created order(
      Authority ca,
      KeptAccount account,
      Set<DomainName> names,
      @Nullable String profile,
      @Nullable String replaces,
      WriteContext context)
      throws Ended {
    return account.as(
        context,
        known ->
            ca.calls()
                .write(
                    "newOrder",
                    context,
                    (session, conversation) ->
                        create(known.login(session), conversation, names, profile, replaces)));
  }

  /** RFC 8555, section 9.7.7, and RFC 8738, section 3. */
  private static Identifier identifier(DomainName name) {
    return name.isAddress()
        ? new Identifier(Identifier.TYPE_IP, name.ascii())
        : Identifier.dns(name.ascii());
  }

  private static Created create(
      Login login,
      Conversation conversation,
      Set<DomainName> names,
      @Nullable String profile,
      @Nullable String replaces)
      throws AcmeException {
    OrderBuilder builder = login.newOrder();
    names.forEach(name -> builder.identifier(identifier(name)));
    if (profile != null) {
      builder.profile(profile);
    }
    if (replaces != null) {
      builder.replaces(replaces);
    }
    Order order = builder.create();
    return new Created(
        order.getLocation().toString(),
        order.getJSON().get("status").asString(),
        order.getAuthorizations().stream().map(AcmeResource::getLocation).toList(),
        order.getExpires().map(conversation::ours));
  }
}
