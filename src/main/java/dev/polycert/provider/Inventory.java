package dev.polycert.provider;

import dev.polycert.call.VendorText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the certificates and applications at an account.
 *
 * @param next the cursor of the next page; null on the last one
 * @param note for people, above all about items that the vendor does not show; or null
 */
public record Inventory(List<Item> items, @Nullable String next, @Nullable String note) {

  public Inventory {
    items = List.copyOf(items);
  }

  public Inventory(List<Item> items, @Nullable String next) {
    this(items, next, null);
  }

  /**
   * One certificate or application.
   *
   * @param domain its main name as the vendor writes it; empty when it has none yet
   * @param names all names as the vendor lists them
   * @param facts null while it is not issued
   * @param vendorStatus the vendor's status verbatim
   */
  public record Item(
      String domain,
      List<String> names,
      Reference reference,
      Phase phase,
      @Nullable CertificateFacts facts,
      String vendorStatus) {

    public Item {
      names = List.copyOf(names);
      vendorStatus = VendorText.clean(vendorStatus);
    }
  }
}
