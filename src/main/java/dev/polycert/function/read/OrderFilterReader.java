package dev.polycert.function.read;

import dev.polycert.call.NamedAccount;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.ClientRecords;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which orders a caller asks for. */
public final class OrderFilterReader {

  private OrderFilterReader() {}

  /** Reads the members of a filter; each may be left out. */
  public static OrderFilter read(Fields fields, Catalog catalog) {
    return new OrderFilter(
        fields.choice("state", OrderState.class),
        provider(fields, catalog),
        domain(fields),
        LabelReader.read(fields),
        fields.instant("expiringBefore"),
        fields.instant("createdSince"));
  }

  private static @Nullable String provider(Fields fields, Catalog catalog) {
    String text = fields.text("provider");
    String id = text == null ? null : NamedAccount.withoutDefault(text);
    List<String> known = new ArrayList<>(catalog.ids());
    known.add(ClientRecords.PROVIDER);
    // Orders of an account that is no longer configured are still there.
    boolean account = id != null && known.contains(NamedAccount.service(id));
    if (id != null && !account && !known.contains(id)) {
      fields.error(
          "provider", "unknown provider " + Fields.quote(id) + "; " + Nearest.hint(id, known));
    }
    return id;
  }

  private static @Nullable DomainName domain(Fields fields) {
    String text = fields.text("domain");
    try {
      return text == null ? null : DomainName.ofHost(text);
    } catch (IllegalArgumentException e) {
      fields.error("domain", String.valueOf(e.getMessage()));
      return null;
    }
  }
}
