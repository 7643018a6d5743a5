package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import io.smallrye.mutiny.Uni;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;

/** An order that is at its CA, with what every step with it needs. */
record Placed(
    Authority ca,
    KeptAccount account,
    Reference reference,
    Application application,
    CallContext context) {
  static final String ORDER_URL = "orderUrl";

  /** The setting of a plan that says which directory the order was placed at. */
  static final String DIRECTORY = "directory";

  /** Work as the account of the order. */
  @FunctionalInterface
  interface Call<T> {
    T on(Login login, Conversation conversation) throws AcmeException;
  }

  static Placed of(Authorities authorities, Application application, CallContext context)
      throws Ended {
    Authority ca = authorities.of(application);
    requireSameDirectory(ca, application);
    KeptAccount account = ca.accounts().of(application.plan().get(CaAccounts.BINDING));
    return new Placed(ca, account, application.requireReference(), application, context);
  }

  /** Another CA under the same name would not know the order, nor its account. */
  private static void requireSameDirectory(Authority ca, Application application) throws Ended {
    String placedAt = application.plan().get(DIRECTORY);
    String now = ca.settings().directory().toString();
    if (placedAt != null && !placedAt.equals(now)) {
      throw new Ended(
          new VendorError(
              ErrorClass.CREDENTIALS,
              "OtherDirectory",
              "the order was placed at %s, and the CA %s is at %s now: set %s back to ask about it, and name the new CA otherwise"
                  .formatted(
                      placedAt, ca.name(), now, Authority.variable(ca.name(), "directory"))));
    }
  }

  URL url() {
    try {
      return URI.create(reference.id(ORDER_URL)).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  <T> T read(String operation, Call<T> call) throws Ended {
    return account.as(context, known -> ca.calls().read(operation, context, bound(known, call)));
  }

  <T> T write(String operation, WriteContext announced, Call<T> call) throws Ended {
    return account.as(context, known -> ca.calls().write(operation, announced, bound(known, call)));
  }

  /** The result of {@code of} for the order; empty when the CA surely does not know it. */
  <T> Optional<T> show(BiFunction<Order, Conversation, T> of) throws Ended {
    return read(
        "order",
        (login, conversation) -> {
          Order read = login.bindOrder(url());
          try {
            read.fetch();
          } catch (AcmeException failure) {
            if (conversation.absent()) {
              return Optional.empty();
            }
            throw failure;
          }
          return Optional.of(of.apply(read, conversation));
        });
  }

  /** For writes that need no record: the order's reference and the key in the vault are it. */
  WriteContext announced() {
    return new WriteContext(
        context.deadline(),
        context.subject(),
        context.urgency(),
        operation -> Uni.createFrom().voidItem());
  }

  /** Whether the CA lost its accounts, with their orders, since this one was placed. */
  boolean lost() {
    Instant appliedAt = application.appliedAt();
    return appliedAt != null && account.lostAfter(appliedAt);
  }

  private static <T> AcmeCalls.Call<T> bound(CaAccount account, Call<T> call) {
    return (Session session, Conversation conversation) ->
        call.on(account.login(session), conversation);
  }

  Answer<Progress> at(Phase phase, String status, @Nullable String message) {
    return Answer.of(new Progress(phase, reference, List.of(), null, status, message, null));
  }

  /**
   * Waits for the publication.
   *
   * @param until when the CA stops waiting
   */
  Answer<Progress> pending(List<Validation> validations, @Nullable Instant until) {
    return Answer.of(
        new Progress(
            Phase.PENDING_VALIDATION, reference, validations, null, "pending", null, null, until));
  }
}
