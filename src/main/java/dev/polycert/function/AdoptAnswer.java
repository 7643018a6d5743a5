package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.order.Adopted;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.provider.Reference;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of the inventories. */
@RegisterForReflection
public record AdoptAnswer(List<Account> providers) {

  public AdoptAnswer {
    providers = List.copyOf(providers);
  }

  /**
   * @param counts how many items there are of each fate
   * @param next the cursor to give in {@code cursors} to go on; absent when everything was read
   * @param error why it was not read to the end; without a cursor it has to begin again
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Account(
      String provider,
      Map<Adopted.Fate, Integer> counts,
      List<Item> items,
      @Nullable String next,
      @Nullable ErrorView error) {

    public Account {
      counts = Collections.unmodifiableMap(new TreeMap<>(counts));
      items = List.copyOf(items);
    }

    private static Account of(Adopted adopted) {
      Map<Adopted.Fate, Integer> counts = new EnumMap<>(Adopted.Fate.class);
      adopted.items().forEach(item -> counts.merge(item.fate(), 1, Integer::sum));
      return new Account(
          adopted.provider(),
          counts,
          adopted.items().stream().map(Item::of).toList(),
          adopted.next(),
          ErrorView.ofNullable(adopted.error()));
    }
  }

  /**
   * @param domain as the vendor writes it
   * @param state of the order
   * @param notAfter when the certificate ends
   * @param message why it has no order of its own
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      String domain,
      Reference reference,
      Adopted.Fate fate,
      @Nullable OrderId orderId,
      @Nullable OrderState state,
      String vendorStatus,
      @Nullable Instant notAfter,
      @Nullable String message) {

    private static Item of(Adopted.Item item) {
      Order order = item.order();
      return new Item(
          item.told().domain(),
          item.told().reference(),
          item.fate(),
          order == null ? null : order.id(),
          order == null ? null : order.state(),
          item.told().vendorStatus(),
          item.told().facts() == null ? null : item.told().facts().notAfter(),
          item.message());
    }
  }

  static AdoptAnswer of(List<Adopted> adopted) {
    return new AdoptAnswer(adopted.stream().map(Account::of).toList());
  }
}
