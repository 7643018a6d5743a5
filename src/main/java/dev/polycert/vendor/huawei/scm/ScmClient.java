package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Failure;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.JsonBody;
import dev.polycert.call.Paging;
import dev.polycert.call.Caller;
import dev.polycert.call.VendorError;
import dev.polycert.call.Account;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.huawei.HuaweiEnvelope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls SCM's operations, with typed answers that hold what was asked for. */
final class ScmClient {
  /** Answers to a well-formed id that the vendor gave us: it knows the certificate no longer. */
  private static final Set<String> GONE = Set.of("SCM.0008", "SCM.0020");

  private static final int A_PAGE = 50;

  /** The offset may be at most 100. */
  private static final int MOST_PAGES = 3;

  private final Account account;
  private final Caller calls;
  private final ScmApi api;
  private final HuaweiEnvelope envelope;
  private final String projectId;

  ScmClient(
      Account account, Caller calls, ScmApi api, HuaweiEnvelope envelope, String projectId) {
    this.account = account;
    this.calls = calls;
    this.api = api;
    this.envelope = envelope;
    this.projectId = projectId;
  }

  /** Lists the certificates, latest change first. SCM shows no more than 150 of them. */
  Uni<Answer<Paging.Page<ScmListed>>> certificates(String status, CallContext context) {
    return certificates(status, ScmSort.LATEST_CHANGE_FIRST, context);
  }

  /**
   * Lists the first 150 certificates in an order.
   *
   * @param status one of the vendor's, or {@code ALL}
   */
  Uni<Answer<Paging.Page<ScmListed>>> certificates(
      String status, ScmSort order, CallContext context) {
    return Answer.ifConfigured(
        account,
        () ->
            Paging.all(
                MOST_PAGES,
                index ->
                    calls.read(
                        "ListCertificates",
                        context,
                        () ->
                            api.listCertificates(
                                status, A_PAGE, index * A_PAGE, order.key(), order.direction()),
                        envelope.decoder(
                            ScmListed.Listing.class, ScmListed.Listing::page, "certificates"))));
  }

  /** Shows one certificate. */
  Uni<Answer<ScmCertificate>> certificate(String id, CallContext context) {
    return Answer.ifConfigured(
        account,
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

  /**
   * Reads how a call that does not apply ended: without the certificate there is nothing to do, and
   * a status that forbids it is final.
   */
  static Outcome settled(Outcome outcome) {
    return switch (outcome) {
      case Failure.Refused(VendorError error) when GONE.contains(error.code()) ->
          new Failure.Absent(error.requestId());
      case Failure.Refused(VendorError error)
          when error.errorClass() == ErrorClass.ALREADY_APPLIED ->
          new Failure.Refused(error.as(ErrorClass.FINAL));
      default -> outcome;
    };
  }

  /** Goes on with a call's answer, or ends {@link #settled}. */
  static <T, R> Uni<Answer<R>> result(
      Uni<Answer<T>> call, Function<Answer.Success<T>, Uni<Answer<R>>> next) {
    return call.flatMap(
        answer ->
            switch (answer) {
              case Answer.Success<T> success -> next.apply(success);
              case Answer.Failed<T>(Failure failure) ->
                  Uni.createFrom().item(new Answer.Failed<>(settled(outcome)));
            });
  }

  /** Buys one certificate; a write that costs money. Answers with its id. */
  Uni<Answer<String>> buy(ScmPurchase purchase, CallContext context) {
    byte[] body = JsonBody.of(purchase);
    return Answer.ifConfigured(
        account,
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
    byte[] body = JsonBody.of(application);
    return Answer.ifConfigured(
        account,
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

  /** Withdraws an application; a write. */
  Uni<Answer<ScmAcknowledged>> cancel(String id, CallContext context) {
    return write(
        "CancelCertificateRequest",
        context,
        () -> api.cancelCertificateRequest(id),
        ScmAcknowledged.class,
        Optional::of,
        "an answer");
  }

  /** Deletes a certificate; a write. */
  Uni<Answer<ScmAcknowledged>> delete(String id, CallContext context) {
    return write(
        "DeleteCertificate",
        context,
        () -> api.deleteCertificate(id),
        ScmAcknowledged.class,
        Optional::of,
        "an answer");
  }

  /** Gives out an issued certificate and the key that SCM has. */
  Uni<Answer<ScmExported>> export(String id, CallContext context) {
    return Answer.ifConfigured(
        account,
        () ->
            calls.read(
                "ExportCertificate",
                context,
                () -> api.exportCertificate(id),
                envelope.decoder(
                    ScmExported.class, ScmExported::complete, "a certificate in PEM")));
  }

  /** Hosts a certificate of elsewhere with its key; a write. Answers with its id. */
  Uni<Answer<String>> importCertificate(String name, CertificateBundle certificate, CallContext context) {
    byte[] body =
        JsonBody.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("certificate", certificate.certificate())
                .put("certificate_chain", certificate.chain())
                .put("private_key", Objects.requireNonNull(certificate.privateKey()).reveal())
                // Allows what its name forbids: that the certificate is there under another name.
                .put("duplicate_check", true));
    return write(
        "ImportCertificate",
        context,
        () -> api.importCertificate(body),
        ScmImported.class,
        ScmImported::found,
        "a certificate_id");
  }

  /** Hands a service of one project a copy of a certificate; a write. */
  Uni<Answer<ScmAcknowledged>> push(String id, ScmPush push, CallContext context) {
    byte[] body = JsonBody.of(push);
    return write(
        "PushCertificate",
        context,
        () -> api.pushCertificate(id, body),
        ScmAcknowledged.class,
        Optional::of,
        "an answer");
  }

  /** Hands a service of several projects a copy of a certificate; a write. */
  Uni<Answer<ScmPush.Batch.Report>> push(String id, ScmPush.Batch push, CallContext context) {
    byte[] body = JsonBody.of(push);
    return write(
        "BatchPushCertificate",
        context,
        () -> api.batchPushCertificate(id, body),
        ScmPush.Batch.Report.class,
        report -> report.of(push.projects()),
        "a result for every project");
  }

  /** Puts a certificate on resources of a service; a write. Answers with the failures. */
  Uni<Answer<ScmDeploy.Report>> deploy(String id, ScmDeploy deploy, CallContext context) {
    byte[] body = JsonBody.of(deploy);
    return write(
        "DeployCertificate",
        context,
        () -> api.deployCertificate(id, body),
        ScmDeploy.Report.class,
        Optional::of,
        "an answer");
  }

  /** Tells which resources of CDN, WAF and ELB a certificate is on. */
  Uni<Answer<ScmDeployed>> deployed(String id, CallContext context) {
    byte[] body = JsonBody.of(ScmDeployed.Query.of(id));
    return Answer.ifConfigured(
        account,
        () ->
            calls.read(
                "ListDeployedResources",
                context,
                () -> api.listDeployedResources(body),
                envelope.decoder(
                    ScmDeployed.Told.class,
                    told -> told.of(id),
                    "a result for certificate " + id)));
  }

  private <T, R> Uni<Answer<R>> write(
      String operation,
      CallContext context,
      Supplier<Uni<Response>> call,
      Class<T> type,
      Function<T, Optional<R>> wanted,
      String what) {
    return Answer.ifConfigured(
        account, () -> calls.write(operation, context, call, envelope.decoder(type, wanted, what)));
  }
}
