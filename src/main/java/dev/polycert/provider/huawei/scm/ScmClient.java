package dev.polycert.provider.huawei.scm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.polycert.provider.Account;
import dev.polycert.provider.CallContext;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.VendorError;
import dev.polycert.provider.http.Answer;
import dev.polycert.provider.http.Paging;
import dev.polycert.provider.http.VendorCalls;
import dev.polycert.provider.huawei.HuaweiEnvelope;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;

/** Calls SCM's operations, with typed answers that hold what was asked for. */
final class ScmClient {
  private static final int A_PAGE = 50;

  /** The offset may be at most 100. */
  private static final int MOST_PAGES = 3;

  private final Account account;
  private final VendorCalls calls;
  private final ScmApi api;
  private final HuaweiEnvelope envelope;
  private final String projectId;
  private final JsonMapper json = new JsonMapper();

  ScmClient(
      Account account, VendorCalls calls, ScmApi api, HuaweiEnvelope envelope, String projectId) {
    this.account = account;
    this.calls = calls;
    this.api = api;
    this.envelope = envelope;
    this.projectId = projectId;
  }

  /**
   * Lists the certificates, latest change first. SCM shows no more than 150 of them.
   *
   * @param status one of the vendor's, or {@code ALL}
   */
  Uni<Answer<Paging.Page<ScmListed>>> certificates(String status, CallContext context) {
    return usable(
        () ->
            Paging.all(
                MOST_PAGES,
                index ->
                    calls.read(
                        "ListCertificates",
                        context,
                        () ->
                            api.listCertificates(
                                status, A_PAGE, index * A_PAGE, "certUpdateTime", "DESC"),
                        envelope.decoder(
                            ScmListed.Listing.class, ScmListed.Listing::page, "certificates"))));
  }

  /** Shows one certificate. */
  Uni<Answer<ScmCertificate>> certificate(String id, CallContext context) {
    return usable(
        () ->
            calls.read(
                "ShowCertificate",
                context,
                () -> api.showCertificate(id),
                envelope.decoder(
                    ScmCertificate.class,
                    shown -> shown.of(id),
                    "a status for certificate " + id)));
  }

  /** Buys one certificate; a write that costs money. Answers with its id. */
  Uni<Answer<String>> buy(ScmPurchase purchase, CallContext context) {
    byte[] body = bytes(purchase);
    return usable(
        () ->
            calls.write(
                "SubscribeCertificate",
                context,
                () -> api.subscribeCertificate(body),
                envelope.decoder(
                    ScmPurchase.Receipt.class, ScmPurchase.Receipt::certificateId, "a cert_id")));
  }

  /** Applies with a bought certificate; a write. Answers with nothing but {@code success}. */
  Uni<Answer<String>> apply(
      String id, ScmApplication application, ScmConfig.ApiVersion version, CallContext context) {
    byte[] body = bytes(application);
    return usable(
        () ->
            calls.write(
                "ApplyCertificate",
                context,
                () ->
                    switch (version) {
                      case V2 -> api.completeCertificate(projectId, id, body);
                      case V3 -> api.applyCertificate(id, body);
                    },
                envelope.decoder(
                    ScmApplication.Taken.class,
                    taken -> Optional.ofNullable(taken.info()).filter("success"::equals),
                    "request_info success")));
  }

  /** Nothing can be signed without keys. */
  private <T> Uni<Answer<T>> usable(Supplier<Uni<Answer<T>>> call) {
    return account.configured()
        ? call.get()
        : Uni.createFrom()
            .item(
                new Answer.Failure<>(
                    new Outcome.Refused(
                        new VendorError(
                            ErrorClass.CREDENTIALS,
                            "NotConfigured",
                            "set "
                                + String.join(", ", account.missing())
                                + " in the environment"))));
  }

  private byte[] bytes(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body.getClass().getSimpleName() + " is no JSON", e);
    }
  }
}
