package dev.polycert.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.VendorText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a CA suggests that a certificate be renewed (RFC 9773, section 4.2).
 *
 * @param start the beginning of the suggested window
 * @param end its end, after the start
 * @param explanation a page that says why, where the CA gives one
 * @param nextLook when to ask again, in case the suggestion changes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RenewalWindow(
    Instant start, Instant end, @Nullable String explanation, Instant nextLook) {

  public RenewalWindow {
    explanation = VendorText.cleanOrNull(explanation);
  }
}
