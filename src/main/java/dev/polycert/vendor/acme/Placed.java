package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;

/** An order that is at its CA, with what every step with it needs. */
record Placed(
    Authority ca,
    CaAccount account,
    Reference reference,
    Application application,
    CallContext context) {
  static final String ORDER_URL = "orderUrl";

  /** What is to be done as the account. */
  @FunctionalInterface
  interface Call<T> {
    T on(Login login, Conversation conversation) throws AcmeException;
  }

  URL url() {
    try {
      return URI.create(reference.id(ORDER_URL)).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  <T> T read(String operation, Call<T> call) throws Ended {
    return ca.calls().read(operation, context, bound(call));
  }

  <T> T write(String operation, WriteContext announced, Call<T> call) throws Ended {
    return ca.calls().write(operation, announced, bound(call));
  }

  private <T> AcmeCalls.Call<T> bound(Call<T> call) {
    return (Session session, Conversation conversation) ->
        call.on(account.login(session), conversation);
  }

  Answer<Progress> at(Phase phase, String status, @Nullable String message) {
    return at(phase, status, message, List.of(), null);
  }

  Answer<Progress> at(
      Phase phase,
      String status,
      @Nullable String message,
      List<Validation> validations,
      @Nullable CertificateFacts facts) {
    return Answer.of(new Progress(phase, reference, validations, facts, status, message, null));
  }
}
