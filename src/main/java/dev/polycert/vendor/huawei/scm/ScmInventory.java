package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Paging;
import dev.polycert.call.UtcTime;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.vendor.huawei.scm.ScmApi.Listed;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists what exists at the account, although ListCertificates shows no more than 150 certificates
 * of any question: an account with more is asked status by status, in several orders.
 */
final class ScmInventory {
  private static final String ALL = "ALL";

  /** What the vendor's list can be filtered by. */
  private static final List<String> STATUSES =
      List.of(
          "ISSUED",
          "UPLOAD",
          "CHECKING",
          "CHECKING_ORG",
          "ISSUING",
          "SUPPLEMENTCHECKING",
          "CANCELSUPPLEMENTING",
          ScmProgress.CANCELCHECKING,
          "UNPASSED",
          "REVOKING",
          "REVOKED",
          "EXPIRED",
          ScmProgress.PAID);

  /** The status that is next, how many were listed before it, and of how many. */
  private static final Pattern CURSOR = Pattern.compile("([A-Z_]+):(\\d{1,9}):(\\d{1,9})");

  private final ScmClient client;

  ScmInventory(ScmClient client) {
    this.client = client;
  }

  Uni<Answer<Inventory>> page(@Nullable String cursor, CallContext context) {
    if (cursor == null) {
      return everything(context);
    }
    Matcher parts = CURSOR.matcher(cursor);
    return parts.matches() && STATUSES.contains(parts.group(1))
        ? inStatus(
            STATUSES.indexOf(parts.group(1)),
            Long.parseLong(parts.group(2)),
            Long.parseLong(parts.group(3)),
            context)
        : Inventory.unknownCursor(cursor).now();
  }

  private Uni<Answer<Inventory>> everything(CallContext context) {
    return Answer.then(
        client.certificates(ALL, context),
        all -> {
          Paging.Page<Listed> shown = all.value();
          return shown.items().size() >= shown.total()
              ? page(shown.items(), null, null, all.requestId())
              : inStatus(0, 0, shown.total(), context);
        });
  }

  private Uni<Answer<Inventory>> inStatus(int index, long before, long total, CallContext context) {
    return Answer.then(
        reach(STATUSES.get(index), 0, Map.of(), context),
        reached -> {
          Paging.Page<Listed> found = reached.value();
          long seen = before + found.items().size();
          boolean last = index + 1 == STATUSES.size();
          String next = last ? null : STATUSES.get(index + 1) + ":" + seen + ":" + total;
          return page(found.items(), next, last ? note(seen, total) : null, reached.requestId());
        });
  }

  private static @Nullable String note(long seen, long total) {
    return seen >= total
        ? null
        : "SCM has " + total + " certificates and its list shows only " + seen + " of them";
  }

  /** Reads one status in order after order, until all of it is there or no order is left. */
  private Uni<Answer<Paging.Page<Listed>>> reach(
      String status, int order, Map<String, Listed> before, CallContext context) {
    ScmClient.Sort[] orders = ScmClient.Sort.values();
    return Answer.then(
        client.certificates(status, orders[order], context),
        listed -> {
          long total = listed.value().total();
          Map<String, Listed> found = new LinkedHashMap<>(before);
          listed.value().items().forEach(each -> found.putIfAbsent(each.id(), each));
          return found.size() < total && order + 1 < orders.length
              ? reach(status, order + 1, found, context)
              : new Answer.Success<>(
                      new Paging.Page<>(List.copyOf(found.values()), total), listed.requestId())
                  .now();
        });
  }

  private static Uni<Answer<Inventory>> page(
      Collection<Listed> listed,
      @Nullable String next,
      @Nullable String note,
      @Nullable String requestId) {
    List<Inventory.Item> items =
        listed.stream().filter(each -> !each.id().isEmpty()).map(ScmInventory::item).toList();
    return new Answer.Success<>(new Inventory(items, next, note), requestId).now();
  }

  /**
   * A product for one name needs no option, even if the CA has added a name such as that with www:
   * it does so again.
   */
  private static Inventory.Item item(Listed listed) {
    Phase phase = ScmProgress.phase(listed.status(), false);
    boolean uploaded = listed.status().equals(ScmProgress.UPLOAD);
    return new Inventory.Item(
            listed.domain(),
            listed.names(),
            ScmProgress.reference(listed.id()),
            phase,
            phase == Phase.ISSUED ? facts(listed) : null,
            listed.status())
        .withUploaded(uploaded)
        .withOptions(
            ScmStock.isOfOneName(listed.domainType()) && !uploaded
                ? Map.of()
                : AlternativeNames.option(listed.domain(), listed.names()));
  }

  private static CertificateFacts facts(Listed listed) {
    return new CertificateFacts(
        listed.domain(),
        listed.names(),
        null,
        null,
        null,
        null,
        null,
        UtcTime.parse(listed.expireTime()));
  }
}
