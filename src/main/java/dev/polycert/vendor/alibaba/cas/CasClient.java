package dev.polycert.vendor.alibaba.cas;

import static dev.polycert.call.JsonEnvelope.first;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.Paging;
import dev.polycert.call.Trimmed;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.vendor.alibaba.RpcProduct;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls the operations of instances and their certificates, with typed answers. */
final class CasClient {
  /** ListInstances, parameter ShowSize. */
  static final int PAGE = 100;

  /** The code of an instance, or of its task, that is not there. */
  static final String NOT_FOUND = "NotFound";

  private static final int MOST_PAGES = 20;

  private static final int CONTACTS_A_PAGE = 20;

  private final RpcProduct.Regional cas;

  CasClient(RpcProduct.Regional cas) {
    this.cas = cas;
  }

  /** The result of a sent application, apart from the state of its instance. */
  enum Task {
    PENDING,
    COMPLETED,
    FAILED,
    /** No application was sent. */
    NONE,
    /** The question failed in a way that may pass. */
    UNREAD,
    /** CAS did not answer the question. */
    UNKNOWN
  }

  /**
   * A task with the vendor's words.
   *
   * @param requestId of the call
   */
  record Told(Task task, @Nullable String message, @Nullable String requestId) {}

  /** A certificate of an instance, without its text and its key. */
  record Shown(CertificateFacts facts, boolean expired) {}

  /**
   * Lists instances.
   *
   * @param filter parameters of ListInstances
   */
  Uni<Answer<Paging.Page<CasInstance>>> instances(Map<String, String> filter, CallContext context) {
    return Paging.all(MOST_PAGES, index -> page(filter, index, context));
  }

  /** Lists one page of instances; the index begins at 0. */
  Uni<Answer<Paging.Page<CasInstance>>> page(
      Map<String, String> filter, int index, CallContext context) {
    Map<String, String> parameters = Cas.page(index, PAGE);
    parameters.putAll(filter);
    return cas.read(
        "ListInstances",
        parameters,
        context,
        root ->
            Cas.items(root, "InstanceList", "TotalCount")
                .map(
                    page ->
                        new Paging.Page<>(
                            page.items().stream()
                                .flatMap(item -> CasInstance.of(item).stream())
                                .toList(),
                            page.total())),
        "an InstanceList");
  }

  /** Lists the ids of the account's contacts. */
  Uni<Answer<Paging.Page<String>>> contacts(CallContext context) {
    return Paging.all(
        MOST_PAGES,
        index ->
            ids(
                "ListContact",
                Cas.page(index, CONTACTS_A_PAGE),
                "ContactList",
                "ContactId",
                context));
  }

  /** Lists the id of a company, if the account has it. */
  Uni<Answer<Paging.Page<String>>> companies(String id, CallContext context) {
    Map<String, String> parameters = Cas.page(0, CONTACTS_A_PAGE);
    parameters.put("CompanyId", id);
    return ids("ListCompanies", parameters, "CompanyList", "CompanyId", context);
  }

  private Uni<Answer<Paging.Page<String>>> ids(
      String operation,
      Map<String, String> parameters,
      String list,
      String member,
      CallContext context) {
    return cas.read(
        operation,
        parameters,
        context,
        root ->
            Cas.items(root, list, "TotalCount")
                .map(
                    page ->
                        new Paging.Page<>(
                            page.items().stream()
                                .flatMap(item -> Optional.ofNullable(first(item, member)).stream())
                                .toList(),
                            page.total())),
        "a " + list);
  }

  /** Shows one instance. */
  Uni<Answer<CasInstance>> instance(String id, CallContext context) {
    return cas.read(
        "GetInstanceDetail",
        Map.of("InstanceId", id),
        context,
        root -> CasInstance.of(root).filter(shown -> shown.id().equals(id)),
        "a Status of instance " + id);
  }

  /**
   * Writes the contents of an application on an instance; CAS may take that for the application.
   */
  Uni<Answer<Boolean>> update(Map<String, String> parameters, WriteContext context) {
    return cas.write("UpdateInstance", parameters, context);
  }

  /** Applies with the contents that are written on the instance. */
  Uni<Answer<Boolean>> apply(String id, WriteContext context) {
    return cas.write("ApplyCertificate", Map.of("InstanceId", id), context);
  }

  /** Withdraws the application of an instance. */
  Uni<Answer<Boolean>> cancel(String id, WriteContext context) {
    return cas.write("CancelPendingCertificate", Map.of("InstanceId", id), context);
  }

  /** Revokes a certificate of an instance. */
  Uni<Answer<Boolean>> revoke(String id, String certificateId, WriteContext context) {
    return cas.write(
        "RevokeCertificate", Map.of("InstanceId", id, "CertificateId", certificateId), context);
  }

  /**
   * Asks for the result of the latest application of an instance. The vendor's own tools name a
   * task by its instance; where that is not understood, nothing is known.
   */
  Uni<Told> task(String id, CallContext context) {
    return cas.read(
            "GetTaskAttribute",
            Map.of("TaskId", id, "TaskType", "ApplyCertificate"),
            context,
            root ->
                Optional.ofNullable(Trimmed.orNull(first(root, "TaskStatus")))
                    .map(
                        status ->
                            new Told(
                                task(status), Trimmed.orNull(first(root, "TaskMessage")), null)),
            "a TaskStatus")
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<Told>(Told told, var requestId) ->
                      new Told(told.task(), told.message(), requestId);
                  case Answer.Failed<Told>(Failure failure) ->
                      new Told(unanswered(failure), null, failure.error().requestId());
                });
  }

  private static Task unanswered(Failure failure) {
    if (failure.isRefused(NOT_FOUND)) {
      return Task.NONE;
    }
    return failure.error().errorClass().retryable() ? Task.UNREAD : Task.UNKNOWN;
  }

  private static Task task(String status) {
    return switch (status) {
      case "PENDING" -> Task.PENDING;
      case "COMPLETED" -> Task.COMPLETED;
      case "FAILED" -> Task.FAILED;
      default -> Task.UNKNOWN;
    };
  }

  /** Shows a certificate without its text and its key. */
  Uni<Answer<Shown>> certificate(String id, CallContext context) {
    return cas.read(
        "GetUserCertificateDetail",
        Map.of("CertId", id, "CertFilter", "true"),
        context,
        CasClient::shown,
        "the names of certificate " + id);
  }

  private static Optional<Shown> shown(JsonNode root) {
    String common = Trimmed.orNull(first(root, "Common"));
    return common == null
        ? Optional.empty()
        : Optional.of(
            new Shown(
                new CertificateFacts(
                    common,
                    CasInstance.split(first(root, "Sans")),
                    Trimmed.orNull(first(root, "Issuer")),
                    Trimmed.orNull(first(root, "SerialNo")),
                    Trimmed.orNull(first(root, "Sha2", "CertSha2", "Fingerprint")),
                    Trimmed.orNull(first(root, "Algorithm")),
                    time(root, "NotBefore"),
                    time(root, "NotAfter")),
                root.path("Expired").asBoolean(false)));
  }

  private static @Nullable Instant time(JsonNode root, String name) {
    return CasInstance.time(first(root, name));
  }

  /** Gives out a certificate and the key that CAS has, none when it was issued for a CSR. */
  Uni<Answer<CertificateBundle>> export(String id, boolean includePrivateKey, CallContext context) {
    return cas.read(
        "GetUserCertificateDetail",
        Map.of("CertId", id, "CertFilter", "false"),
        context,
        root -> {
          String key = includePrivateKey ? Trimmed.orNull(first(root, "Key")) : null;
          return CertificateBundle.read(
              first(root, "Cert"), key == null ? null : new PrivateKeyPem(key + "\n"));
        },
        "a Cert in PEM");
  }

  /**
   * How a call ended that does not apply: without the instance there is nothing to do, and a status
   * that forbids it is final.
   */
  static <T> Answer<T> settled(Answer<T> answer) {
    return answer.recover(
        failure ->
            new Answer.Failed<>(
                failure.isRefused(NOT_FOUND)
                    ? new Failure.Absent(failure.error().requestId())
                    : failure.isRefused(ErrorClass.ALREADY_APPLIED)
                        ? new Failure.Refused(failure.error().as(ErrorClass.FINAL))
                        : failure));
  }

  /** A refusal of ours about an instance. */
  static VendorError refusal(
      ErrorClass errorClass, String code, String message, Answer.Success<?> answer) {
    return new VendorError(errorClass, code, message, answer.requestId(), null);
  }

  /** A description that fits a sentence. */
  static String state(CasInstance instance) {
    return "instance "
        + instance.id()
        + " is for "
        + (instance.names().isEmpty() ? "no domain" : String.join(", ", instance.names()))
        + ", in status "
        + instance.status();
  }
}
