package dev.polycert.order;

import dev.polycert.call.VendorError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of information for one order.
 *
 * @param missing what the vendor still needs, as JSON paths of the request ({@code
 *     information.organization.city}); empty when it was sent, or is being sent
 * @param sent whether the vendor took it now
 * @param error why not, when everything was there
 */
public record Submitted(
    Order order, List<String> missing, boolean sent, @Nullable VendorError error) {

  public Submitted {
    missing = List.copyOf(missing);
  }
}
