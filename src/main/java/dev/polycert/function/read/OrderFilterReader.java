package dev.polycert.function.read;

import dev.polycert.call.NamedAccount;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.ClientRecords;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads which orders a caller asks for. */
public final class OrderFilterReader {

  private OrderFilterReader() {}

  /**
   * Reads the members of a filter; each may be left out. Its provider may be an unknown one, see
   * {@link #requireProvider}.
   */
  public static OrderFilter read(Fields fields) {
    return new OrderFilter(
        fields.choice("state", OrderState.class),
        provider(fields),
        domain(fields),
        LabelReader.read(fields),
        fields.instant("expiringBefore"),
        fields.instant("createdSince"));
  }

  private static @Nullable String provider(Fields fields) {
    String text = fields.text("provider");
    return text == null ? null : NamedAccount.withoutDefault(text);
  }

  /**
   * Requires a provider that there is, or one that the caller has orders of: its account may not be
   * configured any more.
   *
   * @param hasOrders whether the caller has orders of a provider
   * @throws InvalidInput as the failure, when the provider is probably misspelt
   */
  public static Uni<Void> requireProvider(
      OrderFilter filter, Catalog catalog, Function<String, Uni<Boolean>> hasOrders) {
    String id = filter.provider();
    List<String> known = new ArrayList<>(catalog.ids());
    known.add(ClientRecords.PROVIDER);
    if (id == null || known.contains(id)) {
      return Uni.createFrom().voidItem();
    }
    return hasOrders
        .apply(id)
        .invoke(
            there -> {
              if (!there) {
                throw InvalidInput.of(
                    "provider",
                    "unknown provider " + Fields.quote(id) + "; " + Nearest.hint(id, known));
              }
            })
        .replaceWithVoid();
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
