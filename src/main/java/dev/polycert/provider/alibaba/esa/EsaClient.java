package dev.polycert.provider.alibaba.esa;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Account;
import dev.polycert.provider.CallContext;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.VendorError;
import dev.polycert.provider.alibaba.AlibabaEnvelope;
import dev.polycert.provider.http.Answer;
import dev.polycert.provider.http.Decoder;
import dev.polycert.provider.http.Paging;
import dev.polycert.provider.http.VendorCalls;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls ESA's operations, with typed answers that hold what was asked for. */
final class EsaClient {
  private static final int ALL_PAGES = Integer.MAX_VALUE;
  private static final int SITES_A_PAGE = 500;
  private static final int CERTIFICATES_A_PAGE = 50;

  private final Account account;
  private final VendorCalls calls;
  private final EsaApi api;
  private final AlibabaEnvelope envelope;

  EsaClient(Account account, VendorCalls calls, EsaApi api, AlibabaEnvelope envelope) {
    this.account = account;
    this.calls = calls;
    this.api = api;
    this.envelope = envelope;
  }

  /** Lists the sites whose names end in the suffix. */
  Uni<Answer<Paging.Page<EsaSite>>> sites(String suffix, CallContext context) {
    return Paging.all(
        ALL_PAGES,
        index ->
            read(
                "ListSites",
                context,
                () -> api.listSites(suffix, "suffix", index + 1, SITES_A_PAGE),
                envelope.decoder(
                    EsaSite.Listing.class, told -> page(told.total(), told.sites()), "Sites")));
  }

  /** Lists the site's certificates, in any state, that a keyword search finds for the domain. */
  Uni<Answer<Paging.Page<EsaCertificate>>> certificates(
      String siteId, DomainName domain, CallContext context) {
    return Paging.all(
        ALL_PAGES,
        index ->
            read(
                "ListCertificates",
                context,
                () -> api.listCertificates(siteId, domain.ascii(), index + 1, CERTIFICATES_A_PAGE),
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
    return usable(
        () ->
            calls.write(
                "ApplyCertificate",
                context,
                () -> api.applyCertificate(siteId, domain.ascii(), type),
                decoder));
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

  private <T> Uni<Answer<T>> read(
      String operation, CallContext context, Supplier<Uni<Response>> call, Decoder<T> decoder) {
    return usable(() -> calls.read(operation, context, call, decoder));
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
