package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.VendorError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an issued certificate is on its way to one target.
 *
 * @param target where to
 * @param place what the target calls the certificate, once delivered; of the generation before
 *     until then
 * @param attempts how often it was tried since it was due
 * @param error why it has not worked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
    DeliveryTarget target,
    State state,
    @Nullable String place,
    int attempts,
    @Nullable VendorError error,
    Instant at) {

  /** How far it is. */
  public enum State {
    /** To be done, or to be tried again. */
    WAITING,
    DELIVERED
  }
}
