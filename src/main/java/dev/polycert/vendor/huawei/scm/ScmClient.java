package dev.polycert.vendor.huawei.scm;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Decoder;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Failure;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Paging;
import dev.polycert.call.Trimmed;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.huawei.HuaweiEnvelope;
import dev.polycert.vendor.huawei.scm.ScmApi.Certificate;
import dev.polycert.vendor.huawei.scm.ScmApi.Listed;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Calls SCM's operations, with typed answers that hold what was asked for. */
final class ScmClient {
  /** SCM's documented list is not complete: what is not here is classified by its HTTP status. */
  static final ErrorTable ERRORS =
      HuaweiEnvelope.gatewayErrors()
          // "Not allowed in the current type or status": it is applied for already, or cannot be.
          .put(ALREADY_APPLIED, "SCM.0010")
          .put(QUOTA, "SCM.0011")
          .put(FINAL, "SCM.0003", "SCM.0005", "SCM.0008", "SCM.0015", "SCM.0016", "SCM.0020")
          // Of operations on other people's, own or deployed certificates.
          .put(FINAL, "SCM.0006", "SCM.0009", "SCM.0012", "SCM.0013", "SCM.0014", "SCM.0023")
          .put(FINAL, "SCM.0024", "SCM.0028", "SCM.0030", "SCM.0053", "SCM.0054", "SCM.0073")
          .put(FINAL, "SCM.0074", "SCM.0079", "SCM.0114")
          .build();

  /**
   * Refusals of an application that another bought certificate may not meet: it is not ours, lacks
   * a parameter that only its type wants, is unknown, of a wrong status, of too few names, or its
   * order has failed at the CA.
   */
  static final Set<String> UNUSABLE =
      Set.of("SCM.0003", "SCM.0005", "SCM.0008", "SCM.0010", "SCM.0015", "SCM.0016", "SCM.0020");

  private static final HuaweiEnvelope ENVELOPE = new HuaweiEnvelope(ERRORS);

  /** Answers to a well-formed id that the vendor gave us: it knows the certificate no longer. */
  private static final Set<String> GONE = Set.of("SCM.0008", "SCM.0020");

  private static final int A_PAGE = 50;

  /** The offset may be at most 100. */
  private static final int MOST_PAGES = 3;

  private final Client<ScmApi> client;
  private final String projectId;

  ScmClient(Client<ScmApi> client, String projectId) {
    this.client = client;
    this.projectId = projectId;
  }

  /** In what order SCM lists certificates. */
  enum Sort {
    LATEST_CHANGE_FIRST("certUpdateTime", "DESC"),
    EARLIEST_CHANGE_FIRST("certUpdateTime", "ASC"),
    LATEST_END_FIRST("certExpiredTime", "DESC"),
    EARLIEST_END_FIRST("certExpiredTime", "ASC");

    private final String key;
    private final String direction;

    Sort(String key, String direction) {
      this.key = key;
      this.direction = direction;
    }
  }

  /** Lists the certificates, latest change first. SCM shows no more than 150 of them. */
  Uni<Answer<Paging.Page<Listed>>> certificates(String status, CallContext context) {
    return certificates(status, Sort.LATEST_CHANGE_FIRST, context);
  }

  /**
   * Lists the first 150 certificates in an order.
   *
   * @param status one of the vendor's, or {@code ALL}
   */
  Uni<Answer<Paging.Page<Listed>>> certificates(String status, Sort order, CallContext context) {
    Decoder<Paging.Page<Listed>> decoder =
        ENVELOPE.decoder(ScmApi.Listing.class, ScmClient::page, "certificates");
    return Paging.all(
        MOST_PAGES,
        index ->
            client.read(
                "ListCertificates",
                context,
                api ->
                    api.listCertificates(
                        status, A_PAGE, index * A_PAGE, order.key, order.direction),
                decoder));
  }

  /** An answer without certificates counts as a listing only if it says that there are none. */
  private static Optional<Paging.Page<Listed>> page(ScmApi.Listing listing) {
    List<Listed> listed = listing.certificates();
    Long total = listing.totalCount();
    if (listed == null) {
      return total != null && total == 0
          ? Optional.of(new Paging.Page<>(List.of(), 0))
          : Optional.empty();
    }
    return Optional.of(new Paging.Page<>(listed, total == null ? listed.size() : total));
  }

  /** Shows one certificate. */
  Uni<Answer<Certificate>> certificate(String id, CallContext context) {
    return client.read(
        "ShowCertificate",
        context,
        api -> api.showCertificate(id),
        ENVELOPE.decoder(
            Certificate.class,
            shown -> Optional.of(shown).filter(it -> it.answers(id)),
            "a status for certificate " + id));
  }

  /**
   * The result of a call other than an application: without the certificate there is nothing to do,
   * and a status that forbids the call is final.
   */
  static <T> Answer<T> settled(Answer<T> answer) {
    return answer.recover(failure -> new Answer.Failed<>(settled(failure)));
  }

  private static Failure settled(Failure failure) {
    return switch (failure) {
      case Failure.Refused(VendorError error) when GONE.contains(error.code()) ->
          new Failure.Absent(error.requestId());
      case Failure.Refused(VendorError error) when error.errorClass() == ALREADY_APPLIED ->
          new Failure.Refused(error.as(FINAL));
      default -> failure;
    };
  }

  /** Buys one certificate, which costs money, and answers with its id. */
  Uni<Answer<String>> buy(ScmPurchase purchase, WriteContext context) {
    byte[] body = ENVELOPE.body(purchase.request());
    return client.write(
        "SubscribeCertificate",
        context,
        api -> api.subscribeCertificate(body),
        ENVELOPE.decoder(root -> text(root.path("cert").path(0), "cert_id"), "a cert_id"));
  }

  /** Applies with a bought certificate; answers with nothing but {@code success}. */
  Uni<Answer<String>> apply(
      String id, ScmApi.ApplyRequest request, ScmConfig.ApiVersion version, WriteContext context) {
    byte[] body = ENVELOPE.body(request);
    return client.write(
        "ApplyCertificate",
        context,
        api ->
            switch (version) {
              case V2 -> api.completeCertificate(projectId, id, body);
              case V3 -> api.applyCertificate(id, body);
            },
        ENVELOPE.decoder(
            root -> text(root, "request_info").filter("success"::equals), "request_info success"));
  }

  /** Withdraws an application, and answers with the certificate's id. */
  Uni<Answer<String>> cancel(String id, WriteContext context) {
    return client.write(
        "CancelCertificateRequest", context, api -> api.cancelCertificateRequest(id), anyway(id));
  }

  /** Deletes a certificate, and answers with its id. */
  Uni<Answer<String>> delete(String id, WriteContext context) {
    return client.write("DeleteCertificate", context, api -> api.deleteCertificate(id), anyway(id));
  }

  /** Gives out an issued certificate and the key that SCM has. */
  Uni<Answer<ScmApi.Exported>> export(String id, CallContext context) {
    return client.read(
        "ExportCertificate",
        context,
        api -> api.exportCertificate(id),
        ENVELOPE.decoder(
            ScmApi.Exported.class,
            exported -> Optional.of(exported).filter(ScmApi.Exported::complete),
            "a certificate in PEM"));
  }

  /** Hosts a certificate of elsewhere with its key, and answers with its id. */
  Uni<Answer<String>> importCertificate(
      String name, CertificateBundle certificate, WriteContext context) {
    byte[] body =
        ENVELOPE.body(
            Map.of(
                "name",
                name,
                "certificate",
                certificate.certificate(),
                "certificate_chain",
                certificate.chain(),
                "private_key",
                Objects.requireNonNull(certificate.privateKey()).reveal(),
                // Allows a duplicate, as the parameter's value says, although the parameter's name
                // suggests the opposite.
                "duplicate_check",
                true));
    return client.write(
        "ImportCertificate",
        context,
        api -> api.importCertificate(body),
        ENVELOPE.decoder(root -> text(root, "certificate_id"), "a certificate_id"));
  }

  /** Hands a service of one project a copy of a certificate, and answers with its id. */
  Uni<Answer<String>> push(String id, String service, String project, WriteContext context) {
    Map<String, String> fields = new TreeMap<>(Map.of("target_service", service));
    if (!project.isBlank()) {
      fields.put("target_project", project);
    }
    byte[] body = ENVELOPE.body(fields);
    return client.write(
        "PushCertificate", context, api -> api.pushCertificate(id, body), anyway(id));
  }

  /** Hands a service of several projects a copy; answers with the projects that took none. */
  Uni<Answer<List<String>>> push(
      String id, String service, List<String> projects, WriteContext context) {
    byte[] body = ENVELOPE.body(Map.of("target_projects", projects, "target_service", service));
    return client.write(
        "BatchPushCertificate",
        context,
        api -> api.batchPushCertificate(id, body),
        ENVELOPE.decoder(root -> notPushed(root, projects), "a result for every project"));
  }

  /** With the vendor's words; empty when it does not say what became of every project. */
  private static Optional<List<String>> notPushed(JsonNode root, List<String> projects) {
    List<JsonNode> results = root.path("results").valueStream().toList();
    Set<String> reported =
        results.stream()
            .map(result -> text(result, "project_name").orElse(""))
            .collect(Collectors.toSet());
    return reported.containsAll(new HashSet<>(projects))
        ? Optional.of(
            results.stream()
                .filter(result -> !text(result, "message").orElse("").equals("success"))
                .map(result -> described(result, "project_name", "message"))
                .toList())
        : Optional.empty();
  }

  /** Puts a certificate on resources of a service; answers with those that did not take it. */
  Uni<Answer<List<String>>> deploy(String id, ScmApi.DeployRequest request, WriteContext context) {
    byte[] body = ENVELOPE.body(request);
    return client.write(
        "DeployCertificate",
        context,
        api -> api.deployCertificate(id, body),
        ENVELOPE.decoder(
            root ->
                Optional.of(
                    root.path("failure_list")
                        .valueStream()
                        .map(failed -> described(failed, "resource", "failure_info"))
                        .toList()),
            "an answer"));
  }

  private static String described(JsonNode item, String name, String words) {
    return text(item, name).orElse("") + ": " + text(item, words).orElse("");
  }

  /** Asks which resources of CDN, WAF and ELB a certificate is on. */
  Uni<Answer<ScmDeployed>> deployed(String id, CallContext context) {
    byte[] body =
        ENVELOPE.body(Map.of("certificate_ids", List.of(id), "service_names", List.of("ALL")));
    return client.read(
        "ListDeployedResources",
        context,
        api -> api.listDeployedResources(body),
        ENVELOPE.decoder(root -> ScmDeployed.of(root, id), "a result for certificate " + id));
  }

  /** Accepts any answer that is not an error. */
  private static Decoder<String> anyway(String id) {
    return ENVELOPE.decoder(root -> Optional.of(id), "an answer");
  }

  /** A member as a text without blanks around it; empty for none. */
  static Optional<String> text(JsonNode object, String name) {
    return Optional.ofNullable(Trimmed.orNull(JsonEnvelope.first(object, name)));
  }
}
