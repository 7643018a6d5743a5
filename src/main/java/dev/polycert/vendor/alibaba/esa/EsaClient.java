package dev.polycert.vendor.alibaba.esa;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.JsonEnvelope.first;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Decoder;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Paging;
import dev.polycert.call.Signing;
import dev.polycert.call.Trimmed;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.alibaba.AlibabaEnvelope;
import dev.polycert.vendor.alibaba.esa.EsaApi.Certificate;
import dev.polycert.vendor.alibaba.esa.EsaApi.Site;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls ESA's operations, with typed answers that hold what was asked for. */
final class EsaClient {
  /** The codes of ApplyCertificate's page beside the common ones. */
  static final ErrorTable ERRORS =
      AlibabaEnvelope.commonErrors()
          // Answered with HTTP 400, and "please try again later".
          .put(RETRY, "InternalException", "QuotaCheckFailed")
          // "You have already submitted a certificate application for the domain name."
          .put(ALREADY_APPLIED, "InvalidParameter.Domains")
          .put(QUOTA, "QuotaExceed.RecordCount")
          // Of SetCertificate, when the site has as many uploads as its plan allows.
          .put(QUOTA, "CertQuotaCheckFailed")
          .put(FINAL, "SiteNotFound", "SiteNotActivated", "MissingSiteId", "InvalidParameter.Type")
          .build();

  private static final AlibabaEnvelope ENVELOPE = new AlibabaEnvelope(ERRORS);

  private static final int ALL_PAGES = Integer.MAX_VALUE;
  private static final int SITES_A_PAGE = 500;
  private static final int CERTIFICATES_A_PAGE = 50;

  private final Client<EsaApi> client;

  EsaClient(Client<EsaApi> client) {
    this.client = client;
  }

  /**
   * A certificate as GetCertificate shows it.
   *
   * @param pem with its chain; null when there is none, as before it is issued
   */
  record Shown(Certificate certificate, @Nullable String pem) {}

  /** Lists the sites whose names end in the suffix; all of them without one. */
  Uni<Answer<Paging.Page<Site>>> sites(@Nullable String suffix, CallContext context) {
    String searchType = suffix == null ? null : "suffix";
    Decoder<Paging.Page<Site>> decoder =
        ENVELOPE.decoder(
            EsaApi.Sites.class, listed -> page(listed.totalCount(), listed.sites()), "Sites");
    return Paging.all(
        ALL_PAGES,
        index ->
            client.read(
                "ListSites",
                context,
                api -> api.listSites(suffix, searchType, index + 1, SITES_A_PAGE),
                decoder));
  }

  /** Lists the site's certificates, in any state, that a search for the keyword finds. */
  Uni<Answer<Paging.Page<Certificate>>> certificates(
      String siteId, @Nullable String keyword, CallContext context) {
    Decoder<Paging.Page<Certificate>> decoder =
        ENVELOPE.decoder(
            EsaApi.Certificates.class,
            listed -> page(listed.totalCount(), listed.result()),
            "Result");
    return Paging.all(
        ALL_PAGES,
        index ->
            client.read(
                "ListCertificates",
                context,
                api -> api.listCertificates(siteId, keyword, index + 1, CERTIFICATES_A_PAGE),
                decoder));
  }

  /** Asks how many free certificates are left. */
  Uni<Answer<EsaApi.Quota>> quota(String siteId, CallContext context) {
    return client.read(
        "GetCertificateQuota",
        context,
        api -> api.getCertificateQuota(siteId, "free"),
        ENVELOPE.decoder(
            EsaApi.Quota.class,
            quota -> Optional.of(quota).filter(EsaApi.Quota::complete),
            "Quota and QuotaUsage"));
  }

  /** Applies for one certificate. */
  Uni<Answer<EsaApi.Entry>> apply(
      String siteId, DomainName domain, String type, WriteContext context) {
    return client.write(
        "ApplyCertificate",
        context,
        api -> api.applyCertificate(siteId, domain.ascii(), type),
        ENVELOPE.decoder(
            EsaApi.Applied.class,
            applied -> applied.entry(domain),
            "an entry with an Id for " + domain.ascii()));
  }

  /** Shows one certificate, with its PEM as far as ESA has it. */
  Uni<Answer<Shown>> certificate(String siteId, String id, CallContext context) {
    return client.read(
        "GetCertificate",
        context,
        api -> api.getCertificate(siteId, id),
        ENVELOPE.decoder(
            EsaApi.Detail.class,
            detail -> detail.of(id).map(shown -> new Shown(shown, detail.certificate())),
            "a Result with a Status for certificate " + id));
  }

  /** Lists the valid certificates of the site that match a name, by the vendor's own matching. */
  Uni<Answer<List<Certificate>>> validFor(String siteId, String name, CallContext context) {
    return client.read(
        "ListCertificatesByRecord",
        context,
        api -> api.listCertificatesByRecord(siteId, name, true, true),
        ENVELOPE.decoder(
            EsaApi.Matches.class,
            matches -> matches.of(name),
            "the certificates that match " + name));
  }

  /** Deletes one certificate or application, and answers with its id. */
  Uni<Answer<String>> delete(String siteId, String id, WriteContext context) {
    return client.write(
        "DeleteCertificate",
        context,
        api -> api.deleteCertificate(siteId, id),
        ENVELOPE.decoder(root -> Optional.of(id), "an answer"));
  }

  /**
   * Uploads a certificate with its key, and answers with its id.
   *
   * @param replaced the uploaded certificate whose place it takes; null for none
   */
  Uni<Answer<String>> upload(
      String siteId,
      DomainName domain,
      CertificateBundle certificate,
      @Nullable String replaced,
      WriteContext context) {
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
    return client.write(
        "SetCertificate",
        context,
        api -> api.setCertificate(body),
        ENVELOPE.decoder(root -> Optional.ofNullable(Trimmed.orNull(first(root, "Id"))), "an Id"));
  }

  /** Has ESA look whether the site may be activated, and activate it. */
  Uni<Answer<Boolean>> verify(String siteId, WriteContext context) {
    return client.write(
        "VerifySite",
        context,
        api -> api.verifySite(siteId),
        ENVELOPE.decoder(
            root -> Optional.ofNullable(first(root, "Passed")).map("true"::equals), "Passed"));
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
