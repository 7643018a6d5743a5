package dev.polycert.order;

import dev.polycert.call.VendorError;
import dev.polycert.provider.Inventory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the inventory of one provider account, as far as it was read.
 *
 * @param next the cursor to go on from; null when everything was read, or nothing was
 * @param error why it was not read to the end
 */
public record Adopted(
    String provider, List<Item> items, @Nullable String next, @Nullable VendorError error) {

  public Adopted {
    items = List.copyOf(items);
  }

  /** What became of one certificate or application at the vendor. */
  public enum Fate {
    /** It has an order now. */
    ADOPTED,
    /** It had an order before. */
    EXISTING,
    /** The domain's present order is about something later; that one stays. */
    OUTDATED,
    /** It cannot be an order. */
    REFUSED
  }

  /**
   * One certificate or application at the vendor.
   *
   * @param order its own order; for {@link Fate#OUTDATED} the one that the domain has instead
   * @param message why it has no order of its own
   */
  public record Item(
      Inventory.Item told, Fate fate, @Nullable Order order, @Nullable String message) {}
}
