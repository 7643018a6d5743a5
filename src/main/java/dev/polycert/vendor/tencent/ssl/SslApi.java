package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.call.Paging;
import dev.polycert.call.Paging.Page;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.RevocationReason;
import dev.polycert.vendor.tencent.TencentClient;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations of the SSL API that orders and deliveries need. */
@RegisterForReflection
final class SslApi {
  static final TencentClient.Product PRODUCT =
      new TencentClient.Product("ssl", "2019-12-05", TencentSslErrors.table());

  /** A tenth of what the vendor allows: a thousand certificates would be a very large answer. */
  private static final int PAGE = 100;

  private static final int MOST_PAGES = 100;

  private final TencentClient client;

  SslApi(TencentClient client) {
    this.client = client;
  }

  Uni<Answer<Accepted>> apply(Map<String, @Nullable Object> request, WriteContext context) {
    return client.write("ApplyCertificate", context, request, Accepted.class);
  }

  Uni<Answer<SslCertificate>> describe(String certificateId, CallContext context) {
    return read("DescribeCertificate", certificateId, SslCertificate.class, context);
  }

  /** The same answer, but absent where the vendor did not find the certificate. */
  static <T> Answer<T> orAbsent(Answer<T> answer) {
    return answer.recover(
        failure ->
            new Answer.Failed<>(
                failure.isRefused(TencentSslErrors.CERTIFICATE_NOT_FOUND)
                    ? new Failure.Absent(failure.error().requestId())
                    : failure));
  }

  /** Finds all certificates whose own name is that domain: the vendor's search alone is fuzzy. */
  Uni<Answer<List<SslCertificate>>> named(DomainName domain, CallContext context) {
    return Paging.all(
            MOST_PAGES,
            index ->
                list(domain.base(), index * PAGE, context)
                    .map(
                        answer ->
                            answer.map(page -> new Page<>(page.certificates(), page.totalCount()))))
        .map(
            answer ->
                answer.map(
                    all -> all.items().stream().filter(one -> one.isMainly(domain)).toList()));
  }

  /**
   * Lists certificates of the account from an offset on.
   *
   * @param searchKey matched anywhere in ids, aliases and domains; null for all
   */
  Uni<Answer<Certificates>> list(@Nullable String searchKey, int offset, CallContext context) {
    return client.read(
        "DescribeCertificates",
        context,
        new DescribeCertificatesRequest(searchKey, offset, PAGE),
        Certificates.class);
  }

  /** Reads a certificate itself; the answer holds the private key. */
  Uni<Answer<CertificateDetail>> detail(String certificateId, CallContext context) {
    return read("DescribeCertificateDetail", certificateId, CertificateDetail.class, context);
  }

  Uni<Answer<Verifications>> verification(String certificateId, CallContext context) {
    return read("CheckCertificateDomainVerification", certificateId, Verifications.class, context);
  }

  /** Asks the CA to validate now: a trigger that may be repeated at will. */
  Uni<Answer<Accepted>> complete(String certificateId, CallContext context) {
    return read("CompleteCertificate", certificateId, Accepted.class, context);
  }

  Uni<Answer<Accepted>> submit(Map<String, @Nullable Object> request, WriteContext context) {
    return client.write("SubmitCertificateInformation", context, request, Accepted.class);
  }

  Uni<Answer<Committed>> commit(String certificateId, String verifyType, WriteContext context) {
    return client.write(
        "CommitCertificateInformation",
        context,
        Map.of("CertificateId", certificateId, "VerifyType", verifyType),
        Committed.class);
  }

  Uni<Answer<Accepted>> cancelOrder(String certificateId, WriteContext context) {
    return client.write(
        "CancelCertificateOrder", context, Map.of("CertificateId", certificateId), Accepted.class);
  }

  Uni<Answer<Accepted>> cancelAudit(String certificateId, WriteContext context) {
    return client
        .write(
            "CancelAuditCertificate",
            context,
            Map.of("CertificateId", certificateId),
            AuditCancelled.class)
        .map(answer -> answer.map(cancelled -> new Accepted(certificateId)));
  }

  /**
   * Deletes, unless the vendor finds a cloud resource that uses the certificate: it looks for them
   * first, and deletes in a task whose id it gives.
   */
  Uni<Answer<Deleted>> delete(String certificateId, WriteContext context) {
    return client.write(
        "DeleteCertificate",
        context,
        Map.of("CertificateId", certificateId, "IsCheckResource", true),
        Deleted.class);
  }

  Uni<Answer<DeleteTasks>> deleteTask(String taskId, CallContext context) {
    return client.read(
        "DescribeDeleteCertificatesTaskResult",
        context,
        Map.of("TaskIds", List.of(taskId)),
        DeleteTasks.class);
  }

  Uni<Answer<Revoked>> revoke(String certificateId, RevocationReason reason, WriteContext context) {
    return client.write(
        "RevokeCertificate",
        context,
        Map.of("CertificateId", certificateId, "Reason", reason.name()),
        Revoked.class);
  }

  Uni<Answer<Uploaded>> upload(Map<String, @Nullable Object> request, WriteContext context) {
    return client.write("UploadCertificate", context, request, Uploaded.class);
  }

  private <T> Uni<Answer<T>> read(
      String operation, String certificateId, Class<T> type, CallContext context) {
    return client.read(operation, context, Map.of("CertificateId", certificateId), type);
  }

  /** DescribeCertificates: input parameters. */
  record DescribeCertificatesRequest(@Nullable String searchKey, int offset, int limit) {}

  /** DescribeCertificates: output parameters. */
  record Certificates(Integer totalCount, List<SslCertificate> certificates) {

    Certificates {
      Objects.requireNonNull(totalCount, "TotalCount");
    }
  }

  /** What most operations answer with. */
  record Accepted(String certificateId) {

    Accepted {
      Objects.requireNonNull(certificateId, "CertificateId");
    }
  }

  /**
   * The output of DescribeCertificateDetail that an export needs.
   *
   * @param certificatePublicKey the certificate and its chain in PEM; null before it is issued
   * @param certificatePrivateKey null when the applicant made it
   */
  record CertificateDetail(
      String certificateId,
      @Nullable String certificatePublicKey,
      @Nullable PrivateKeyPem certificatePrivateKey) {

    CertificateDetail {
      Objects.requireNonNull(certificateId, "CertificateId");
    }
  }

  /** CheckCertificateDomainVerification: output parameters. */
  record Verifications(List<DomainVerification> verificationResults) {}

  /** CommitCertificateInformation: output parameters. */
  record Committed(@Nullable String orderId, Integer status) {

    Committed {
      Objects.requireNonNull(status, "Status");
    }
  }

  /** CancelAuditCertificate: output parameters. */
  record AuditCancelled(@Nullable Boolean result) {}

  /** DeleteCertificate: output parameters. */
  record Deleted(@Nullable Boolean deleteResult, @Nullable String taskId) {}

  /** DescribeDeleteCertificatesTaskResult: output parameters. */
  record DeleteTasks(List<DeleteTask> deleteTaskResult) {}

  /**
   * One deletion.
   *
   * @param status 0 under way, 1 done, 2 failed, 3 the service role is not authorised, 4 a cloud
   *     resource uses the certificate, 5 looking for resources took too long
   */
  record DeleteTask(@Nullable String taskId, @Nullable Integer status, @Nullable String error) {}

  /**
   * RevokeCertificate: output parameters.
   *
   * @param revokeDomainValidateAuths what has to be published before the CA revokes; mostly nothing
   */
  record Revoked(List<RevocationAuth> revokeDomainValidateAuths) {

    /** The same in the form that applications have it in. */
    SslCertificate.DvAuthDetail detail() {
      return new SslCertificate.DvAuthDetail(
          null,
          null,
          null,
          null,
          revokeDomainValidateAuths.stream().map(RevocationAuth::dvAuth).toList());
    }
  }

  /** What has to be published for one domain before the CA revokes. */
  record RevocationAuth(
      @Nullable String domainValidateAuthKey,
      @Nullable String domainValidateAuthValue,
      @Nullable String domainValidateAuthDomain,
      @Nullable String domainValidateAuthPath) {

    private SslCertificate.DvAuth dvAuth() {
      return new SslCertificate.DvAuth(
          domainValidateAuthKey,
          domainValidateAuthValue,
          domainValidateAuthDomain,
          domainValidateAuthPath,
          null);
    }
  }

  /**
   * UploadCertificate: output parameters.
   *
   * @param repeatCertId the certificate that was there already and that nothing was added to
   */
  record Uploaded(@Nullable String certificateId, @Nullable String repeatCertId) {

    Uploaded {
      if (isBlank(certificateId) && isBlank(repeatCertId)) {
        throw new IllegalArgumentException("an upload without CertificateId");
      }
    }

    String id() {
      String id = isBlank(repeatCertId) ? certificateId : repeatCertId;
      return id == null ? "" : id;
    }

    private static boolean isBlank(@Nullable String text) {
      return text == null || text.isBlank();
    }
  }
}
