package dev.polycert.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a vendor's certificates are followed by new ones.
 *
 * @param opens how long before the end of a certificate its renewal can begin at the earliest; null
 *     when the vendor does not mind
 * @param byVendor whether the vendor renews by itself, so that looking is enough; an application of
 *     our own is then the last resort, near the end
 */
public record Renewal(@Nullable Duration opens, boolean byVendor) {

  /** A new application, at any time. */
  public static final Renewal ANY_TIME = new Renewal(null, false);
}
