package dev.polycert.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a vendor's certificates are renewed.
 *
 * @param opens how long before the end of a certificate its renewal can begin at the earliest; null
 *     where it can begin at any time
 * @param byVendor whether the vendor renews by itself, so that looks are enough; near the end an
 *     application of our own is the last resort
 */
public record Renewal(@Nullable Duration opens, boolean byVendor) {

  /** A new application, at any time. */
  public static final Renewal ANY_TIME = new Renewal(null, false);
}
