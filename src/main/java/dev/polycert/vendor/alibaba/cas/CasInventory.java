package dev.polycert.vendor.alibaba.cas;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists the instances that have a certificate or an application. Uploads are left out: deliveries
 * put them there.
 */
final class CasInventory {
  private final CasClient client;

  CasInventory(CasClient client) {
    this.client = client;
  }

  /**
   * @param cursor the index of a page
   */
  Uni<Answer<Inventory>> page(@Nullable String cursor, CallContext context) {
    if (cursor != null && !cursor.matches("[1-9]\\d{0,5}")) {
      return Inventory.unknownCursor(cursor).now();
    }
    int index = cursor == null ? 0 : Integer.parseInt(cursor);
    return client
        .page(Map.of(), index, context)
        .map(
            answer ->
                answer.map(
                    page -> {
                      boolean more = (index + 1L) * CasClient.PAGE < page.total();
                      List<Inventory.Item> items =
                          page.items().stream()
                              .filter(each -> !each.isInactive() && !each.names().isEmpty())
                              .map(CasInventory::item)
                              .toList();
                      return new Inventory(items, more ? String.valueOf(index + 1) : null);
                    }));
  }

  private static Inventory.Item item(CasInstance instance) {
    boolean hasCertificate = instance.certificateId() != null;
    Phase phase = phase(instance);
    return new Inventory.Item(
            instance.names().getFirst(),
            instance.names(),
            CasProgress.reference(instance),
            phase,
            phase == Phase.ISSUED ? facts(instance) : null,
            hasCertificate ? instance.certificateStatus() : instance.status())
        .withOptions(AlternativeNames.option(instance.names().getFirst(), instance.names()));
  }

  static Phase phase(CasInstance instance) {
    if (instance.certificateId() != null) {
      return CasProgress.phase(instance.certificateStatus());
    }
    return switch (instance.status()) {
      case CasInstance.PENDING -> Phase.PENDING_VALIDATION;
      case "normal", "willExpire", "expired", "refund", "closed" -> Phase.CANCELLED;
      default -> Phase.UNKNOWN;
    };
  }

  private static CertificateFacts facts(CasInstance instance) {
    return new CertificateFacts(
        instance.names().getFirst(),
        instance.names(),
        null,
        null,
        null,
        instance.keyAlgorithm().isEmpty() ? null : instance.keyAlgorithm(),
        null,
        instance.notAfter());
  }
}
