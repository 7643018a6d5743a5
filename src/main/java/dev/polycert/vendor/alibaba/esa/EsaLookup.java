package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Reference;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks for certificates: the one of a reference, or one that is there already. */
final class EsaLookup {
  private static final String ID = "id";

  private final EsaClient client;
  private final EsaExisting existing;

  EsaLookup(EsaClient client, EsaExisting existing) {
    this.client = client;
    this.existing = existing;
  }

  /** Ends with a certificate that is there already, or goes on with the listing without one. */
  Uni<Answer<Progress>> existing(
      String siteId,
      Application application,
      CallContext context,
      Function<Answer.Success<?>, Uni<Answer<Progress>>> none) {
    return Answer.then(
        client.certificates(siteId, application.domain().ascii(), context),
        listed ->
            existing
                .find(application, listed.value().items())
                .map(found -> done(adopted(application, siteId, found, listed.requestId())))
                .orElseGet(() -> none.apply(listed)));
  }

  private static Outcome adopted(
      Application application, String siteId, EsaCertificate found, @Nullable String requestId) {
    String id = Objects.requireNonNull(found.id());
    return progress(application, EsaProgress.reference(siteId, id), found, requestId);
  }

  /** Goes on with the certificate of the application's reference; ends when it is gone. */
  Uni<Answer<Progress>> referenced(
      Application application,
      CallContext context,
      BiFunction<EsaCertificate, @Nullable String, Uni<Answer<Progress>>> next) {
    Reference reference = application.requireReference();
    return client
        .certificate(reference.id(EsaOptions.SITE_ID), reference.id(ID), context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<EsaCertificate>(EsaCertificate shown, String requestId) ->
                      next.apply(shown, requestId);
                  case Answer.Failed<EsaCertificate>(Failure.Refused(VendorError error))
                      when error.errorClass() == ErrorClass.FINAL ->
                      listed(application, context, next);
                  case Answer.Failed<EsaCertificate>(Failure failure) -> done(outcome);
                });
  }

  /**
   * The vendor names no code for a certificate that is gone, but the listing shows whether it is.
   */
  private Uni<Answer<Progress>> listed(
      Application application,
      CallContext context,
      BiFunction<EsaCertificate, @Nullable String, Uni<Answer<Progress>>> next) {
    Reference reference = application.requireReference();
    return Answer.then(
        client.certificates(
            reference.id(EsaOptions.SITE_ID), application.domain().ascii(), context),
        listed ->
            listed.value().items().stream()
                .filter(certificate -> reference.id(ID).equals(certificate.id()))
                .findFirst()
                .map(shown -> next.apply(shown, listed.requestId()))
                .orElseGet(() -> done(new Failure.Absent(listed.requestId()))));
  }

  /** How a certificate stands for an application. */
  static Outcome progress(
      Application application,
      Reference reference,
      EsaCertificate shown,
      @Nullable String requestId) {
    boolean cnameAccess = EsaPreparation.CNAME.equals(accessType(application));
    return EsaProgress.of(application, reference, shown, cnameAccess, requestId);
  }

  private static @Nullable String accessType(Application application) {
    return application.plan().get(EsaPreparation.ACCESS_TYPE);
  }

  private static Uni<Answer<Progress>> done(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }
}
