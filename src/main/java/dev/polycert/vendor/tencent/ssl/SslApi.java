package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Failure;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Paging;
import dev.polycert.call.Paging.Page;
import dev.polycert.domain.DomainName;
import dev.polycert.vendor.tencent.TencentClient;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations of the SSL API that an order needs. */
final class SslApi {
  /** A tenth of what the vendor allows: a thousand certificates would be a very large answer. */
  private static final int PAGE = 100;

  private static final int MOST_PAGES = 100;

  private final TencentClient client;

  SslApi(TencentClient client) {
    this.client = client;
  }

  Uni<Answer<CertificateIdAnswer>> apply(ApplyCertificateRequest request, CallContext context) {
    return client.write("ApplyCertificate", context, request, CertificateIdAnswer.class);
  }

  Uni<Answer<SslCertificate>> describe(String certificateId, CallContext context) {
    return client.read(
        "DescribeCertificate",
        context,
        new CertificateIdRequest(certificateId),
        SslCertificate.class);
  }

  /** Finds all certificates whose own name is that domain: the vendor's search alone is fuzzy. */
  Uni<Answer<List<SslCertificate>>> named(DomainName domain, CallContext context) {
    return Paging.all(MOST_PAGES, index -> page(domain, index, context))
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<Page<SslCertificate>>(var all, var requestId) ->
                      new Answer.Success<>(
                          all.items().stream().filter(one -> one.isMainly(domain)).toList(),
                          requestId);
                  case Answer.Failed<Page<SslCertificate>>(Failure failure) ->
                      new Answer.Failed<>(outcome);
                });
  }

  private Uni<Answer<Page<SslCertificate>>> page(
      DomainName domain, int index, CallContext context) {
    return list(domain.base(), index * PAGE, context)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<DescribeCertificatesAnswer>(var page, var requestId) ->
                      new Answer.Success<>(
                          new Page<>(page.certificates(), page.totalCount()), requestId);
                  case Answer.Failed<DescribeCertificatesAnswer>(Failure failure) ->
                      new Answer.Failed<>(outcome);
                });
  }

  /** Lists certificates of the account from an offset on. */
  Uni<Answer<DescribeCertificatesAnswer>> list(
      @Nullable String searchKey, int offset, CallContext context) {
    return client.read(
        "DescribeCertificates",
        context,
        new DescribeCertificatesRequest(searchKey, offset, PAGE),
        DescribeCertificatesAnswer.class);
  }

  /** Reads a certificate itself; the answer holds the private key. */
  Uni<Answer<CertificateDetail>> detail(String certificateId, CallContext context) {
    return client.read(
        "DescribeCertificateDetail",
        context,
        new CertificateIdRequest(certificateId),
        CertificateDetail.class);
  }

  Uni<Answer<DomainVerificationAnswer>> verification(String certificateId, CallContext context) {
    return client.read(
        "CheckCertificateDomainVerification",
        context,
        new CertificateIdRequest(certificateId),
        DomainVerificationAnswer.class);
  }

  /** Asks the CA to validate now: a trigger that may be repeated at will. */
  Uni<Answer<CertificateIdAnswer>> complete(String certificateId, CallContext context) {
    return client.read(
        "CompleteCertificate",
        context,
        new CertificateIdRequest(certificateId),
        CertificateIdAnswer.class);
  }

  Uni<Answer<CertificateIdAnswer>> submit(SubmitInformationRequest request, CallContext context) {
    return client.write(
        "SubmitCertificateInformation", context, request, CertificateIdAnswer.class);
  }

  Uni<Answer<CommitInformationAnswer>> commit(
      CommitInformationRequest request, CallContext context) {
    return client.write(
        "CommitCertificateInformation", context, request, CommitInformationAnswer.class);
  }
}
