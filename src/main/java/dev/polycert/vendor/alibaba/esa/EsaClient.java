package dev.polycert.vendor.alibaba.esa;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Decoder;
import dev.polycert.call.Paging;
import dev.polycert.call.Signing;
import dev.polycert.call.Caller;
import dev.polycert.domain.DomainName;
import dev.polycert.call.Account;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.alibaba.AlibabaEnvelope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls ESA's operations, with typed answers that hold what was asked for. */
final class EsaClient {
  private static final int ALL_PAGES = Integer.MAX_VALUE;
  private static final int SITES_A_PAGE = 500;
  private static final int CERTIFICATES_A_PAGE = 50;

  private final Account account;
  private final Caller calls;
  private final EsaApi api;
  private final AlibabaEnvelope envelope;

  EsaClient(Account account, Caller calls, EsaApi api, AlibabaEnvelope envelope) {
    this.account = account;
    this.calls = calls;
    this.api = api;
    this.envelope = envelope;
  }

  /** Lists the sites whose names end in the suffix; all of them without one. */
  Uni<Answer<Paging.Page<EsaSite>>> sites(@Nullable String suffix, CallContext context) {
    String searchType = suffix == null ? null : "suffix";
    return Paging.all(
        ALL_PAGES,
        index ->
            read(
                "ListSites",
                context,
                () -> api.listSites(suffix, searchType, index + 1, SITES_A_PAGE),
                envelope.decoder(
                    EsaSite.Listing.class, told -> page(told.total(), told.sites()), "Sites")));
  }

  /** Lists the site's certificates, in any state, that a search for the keyword finds. */
  Uni<Answer<Paging.Page<EsaCertificate>>> certificates(
      String siteId, @Nullable String keyword, CallContext context) {
    return Paging.all(
        ALL_PAGES,
        index ->
            read(
                "ListCertificates",
                context,
                () -> api.listCertificates(siteId, keyword, index + 1, CERTIFICATES_A_PAGE),
                envelope.decoder(
                    EsaCertificate.Listing.class,
                    told -> page(told.total(), told.result()),
                    "Result")));
  }

  /** Asks how many free certificates are left. */
  Uni<Answer<Quota>> quota(String siteId, CallContext context) {
    return read(
        "GetCertificateQuota",
        context,
        () -> api.getCertificateQuota(siteId, "free"),
        envelope.decoder(Quota.Told.class, Quota.Told::quota, "Quota and QuotaUsage"));
  }

  /** Applies for one certificate; a write. */
  Uni<Answer<Applied.Entry>> apply(
      String siteId, DomainName domain, String type, CallContext context) {
    Decoder<Applied.Entry> decoder =
        envelope.decoder(
            Applied.class,
            applied -> applied.entry(domain),
            "an entry with an Id for " + domain.ascii());
    return write(
        "ApplyCertificate",
        context,
        () -> api.applyCertificate(siteId, domain.ascii(), type),
        decoder);
  }

  /** Shows one certificate. */
  Uni<Answer<EsaCertificate>> certificate(String siteId, String id, CallContext context) {
    return read(
        "GetCertificate",
        context,
        () -> api.getCertificate(siteId, id),
        envelope.decoder(
            EsaCertificate.Detail.class,
            detail -> detail.certificate(id),
            "a Result with a Status for certificate " + id));
  }

  /** Gives out one certificate's PEM, as far as ESA has it. */
  Uni<Answer<EsaExported>> export(String siteId, String id, CallContext context) {
    return read(
        "GetCertificate",
        context,
        () -> api.getCertificate(siteId, id),
        envelope.decoder(
            EsaCertificate.Detail.class,
            detail -> detail.exported(id),
            "a Result with a Status for certificate " + id));
  }

  /** Lists the valid certificates of the site that match a name, by the vendor's own matching. */
  Uni<Answer<List<EsaCertificate>>> validFor(String siteId, String name, CallContext context) {
    return read(
        "ListCertificatesByRecord",
        context,
        () -> api.listCertificatesByRecord(siteId, name, true, true),
        envelope.decoder(
            EsaMatches.class, told -> told.of(name), "the certificates that match " + name));
  }

  /** Deletes one certificate or application; a write. */
  Uni<Answer<EsaDeleted>> delete(String siteId, String id, CallContext context) {
    return write(
        "DeleteCertificate",
        context,
        () -> api.deleteCertificate(siteId, id),
        envelope.decoder(EsaDeleted.class, Optional::of, "an answer"));
  }

  /**
   * Uploads a certificate with its key; a write. Answers with its id.
   *
   * @param replaced the uploaded certificate whose place it takes; null for none
   */
  Uni<Answer<String>> upload(
      String siteId,
      DomainName domain,
      CertificateBundle certificate,
      @Nullable String replaced,
      CallContext context) {
    Map<String, String> form = new TreeMap<>();
    form.put("SiteId", siteId);
    form.put("Type", "upload");
    form.put("Name", domain.ascii());
    form.put("Certificate", certificate.fullChain());
    form.put("PrivateKey", Objects.requireNonNull(certificate.privateKey()).reveal());
    if (replaced != null) {
      form.put("Id", replaced);
    }
    byte[] body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + Signing.percentEncode(field.getValue()))
            .collect(Collectors.joining("&"))
            .getBytes(UTF_8);
    return write(
        "SetCertificate",
        context,
        () -> api.setCertificate(body),
        envelope.decoder(EsaSet.class, EsaSet::found, "an Id"));
  }

  /** Has ESA look whether the site may be activated, and activate it; a write. */
  Uni<Answer<Boolean>> verify(String siteId, CallContext context) {
    return write(
        "VerifySite",
        context,
        () -> api.verifySite(siteId),
        envelope.decoder(
            EsaSite.Verified.class, told -> Optional.ofNullable(told.passed()), "Passed"));
  }

  private <T> Uni<Answer<T>> write(
      String operation, CallContext context, Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return Answer.ifConfigured(account, () -> calls.write(operation, context, call, decoder));
  }

  private <T> Uni<Answer<T>> read(
      String operation, CallContext context, Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return Answer.ifConfigured(account, () -> calls.read(operation, context, call, decoder));
  }

  /** A listing without items is one only when it says that there are none. */
  private static <T> Optional<Paging.Page<T>> page(@Nullable Long total, @Nullable List<T> items) {
    if (items == null) {
      return total != null && total == 0
          ? Optional.of(new Paging.Page<>(List.of(), 0))
          : Optional.empty();
    }
    return Optional.of(new Paging.Page<>(items, total == null ? items.size() : total));
  }
}
