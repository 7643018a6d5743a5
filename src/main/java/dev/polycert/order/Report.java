package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.VendorError;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor last reported of an order.
 *
 * @param vendorStatus its status verbatim
 * @param message its explanation
 * @param error the last error, kept until a step succeeds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Report(
    @Nullable String vendorStatus, @Nullable String message, @Nullable VendorError error) {

  /** The beginning of the error code of an order that ended at its deadline. */
  public static final String DEADLINE = "Deadline.";

  /** The error code of an issued order whose renewal lacks a CNAME. */
  public static final String DELEGATION_MISSING = "Delegation.Missing";

  /** The vendor was not asked yet. */
  public static Report none() {
    return new Report(null, null, null);
  }

  public Report withVendorStatus(@Nullable String vendorStatus) {
    return new Report(vendorStatus, message, error);
  }

  public Report withMessage(@Nullable String message) {
    return new Report(vendorStatus, message, error);
  }

  public Report withError(@Nullable VendorError error) {
    return new Report(vendorStatus, message, error);
  }
}
