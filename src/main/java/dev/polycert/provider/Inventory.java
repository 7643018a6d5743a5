package dev.polycert.provider;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the certificates and applications at an account.
 *
 * @param next the cursor of the next page; null on the last one
 * @param note for people, above all about items that the vendor does not show; or null
 */
public record Inventory(List<Item> items, @Nullable String next, @Nullable String note) {

  /** The error code for a cursor that no page ended with. */
  public static final String UNKNOWN_CURSOR = "Cursor.Invalid";

  public Inventory {
    items = List.copyOf(items);
  }

  public Inventory(List<Item> items, @Nullable String next) {
    this(items, next, null);
  }

  /** The answer to a cursor that no page ended with. */
  public static Answer<Inventory> unknownCursor(String cursor) {
    return Answer.refused(
        new VendorError(
            ErrorClass.FINAL,
            UNKNOWN_CURSOR,
            "cursor: '" + VendorText.clean(cursor) + "' is none that a page ended with"));
  }

  /**
   * One certificate or application.
   *
   * @param domain its main name as the vendor writes it; empty when it has none yet
   * @param names all names as the vendor lists them
   * @param facts null while it is not issued
   * @param vendorStatus the vendor's status verbatim
   * @param uploaded whether its owner put it there, and no application at the vendor made it
   * @param options the provider options of an application for the same
   * @param lost the names that no such application can ask for, so that a renewal would lose them
   */
  public record Item(
      String domain,
      List<String> names,
      Reference reference,
      Phase phase,
      @Nullable CertificateFacts facts,
      String vendorStatus,
      boolean uploaded,
      Map<String, String> options,
      List<String> lost) {

    public Item {
      names = List.copyOf(names);
      vendorStatus = VendorText.clean(vendorStatus);
      options = Map.copyOf(options);
      lost = List.copyOf(lost);
    }

    /**
     * An item that an application at the vendor has made, or will make, and that needs no options.
     */
    public Item(
        String domain,
        List<String> names,
        Reference reference,
        Phase phase,
        @Nullable CertificateFacts facts,
        String vendorStatus) {
      this(domain, names, reference, phase, facts, vendorStatus, false, Map.of(), List.of());
    }

    /** The same, put there by its owner or not. */
    public Item withUploaded(boolean itIs) {
      return new Item(domain, names, reference, phase, facts, vendorStatus, itIs, options, lost);
    }

    /** The same, whose application takes these options. */
    public Item withOptions(Map<String, String> given) {
      return new Item(domain, names, reference, phase, facts, vendorStatus, uploaded, given, lost);
    }

    /** The same; its renewal would lose these names. */
    public Item losing(List<String> some) {
      return new Item(
          domain, names, reference, phase, facts, vendorStatus, uploaded, options, some);
    }
  }
}
