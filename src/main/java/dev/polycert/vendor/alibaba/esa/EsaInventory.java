package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Paging;
import dev.polycert.domain.DnsNames;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.vendor.alibaba.esa.EsaApi.Certificate;
import dev.polycert.vendor.alibaba.esa.EsaApi.Site;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists what exists at the account, a number of sites a page. Sites go by their ids, so that a page
 * can be asked for by the last site before it, whatever comes and goes meanwhile.
 */
final class EsaInventory {
  private static final int SITES_A_PAGE = 20;

  /** The codes for a site that was removed, or ceased to be active, since it was listed. */
  private static final Set<String> GONE = Set.of("SiteNotFound", "SiteNotActivated");

  private final EsaClient client;

  EsaInventory(EsaClient client) {
    this.client = client;
  }

  Uni<Answer<Inventory>> page(@Nullable String cursor, CallContext context) {
    if (cursor != null && !cursor.matches("\\d{1,18}")) {
      return Inventory.unknownCursor(cursor).now();
    }
    long after = cursor == null ? 0 : Long.parseLong(cursor);
    return Answer.then(
        client.sites(null, context),
        listed -> {
          List<Long> ids =
              listed.value().items().stream()
                  .flatMap(EsaInventory::id)
                  .filter(id -> id > after)
                  .distinct()
                  .sorted(Comparator.naturalOrder())
                  .toList();
          List<Long> page = ids.subList(0, Math.min(ids.size(), SITES_A_PAGE));
          String next = page.size() < ids.size() ? page.getLast().toString() : null;
          return collect(page.iterator(), new ArrayList<>(), next, listed.requestId(), context);
        });
  }

  /** A site that was never active can have no certificates. */
  private static Stream<Long> id(Site site) {
    return site.siteId().matches("\\d{1,18}") && !site.pending()
        ? Stream.of(Long.valueOf(site.siteId()))
        : Stream.empty();
  }

  private Uni<Answer<Inventory>> collect(
      Iterator<Long> sites,
      List<Inventory.Item> items,
      @Nullable String next,
      @Nullable String requestId,
      CallContext context) {
    if (!sites.hasNext()) {
      return new Answer.Success<>(new Inventory(items, next), requestId).now();
    }
    String siteId = sites.next().toString();
    return Answer.then(
        client.certificates(siteId, null, context).map(EsaInventory::orNoneIfGone),
        listed -> {
          listed.value().items().stream()
              .filter(certificate -> certificate.id() != null)
              .map(certificate -> item(siteId, certificate))
              .forEach(items::add);
          return collect(sites, items, next, listed.requestId(), context);
        });
  }

  private static Answer<Paging.Page<Certificate>> orNoneIfGone(
      Answer<Paging.Page<Certificate>> answer) {
    return answer.recover(
        error -> GONE.contains(error.code()), new Paging.Page<Certificate>(List.of(), 0));
  }

  private static Inventory.Item item(String siteId, Certificate certificate) {
    Phase phase = EsaProgress.phase(certificate);
    return new Inventory.Item(
            certificate.domain(),
            certificate.names(),
            EsaProgress.reference(siteId, Objects.requireNonNull(certificate.id())),
            phase,
            phase == Phase.ISSUED ? EsaProgress.facts(certificate.domain(), certificate) : null,
            Objects.requireNonNullElse(certificate.status(), ""))
        .withUploaded(certificate.uploaded())
        .losing(certificate.uploaded() ? others(certificate) : List.of());
  }

  /** ESA applies for one domain a certificate. */
  private static List<String> others(Certificate certificate) {
    return certificate.names().stream()
        .filter(name -> !DnsNames.same(name, certificate.domain()))
        .toList();
  }
}
