package dev.polycert.provider;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a provider takes the applicant's own certificate request, so that the applicant keeps the
 * private key.
 *
 * @param taken whether it takes one at all
 * @param onlyWith the option without which it makes the key itself; null where it always takes one
 * @param namedBySubject whether it reads the domain from the request's common name
 */
public record OwnCsr(boolean taken, @Nullable String onlyWith, boolean namedBySubject) {
  /** The provider makes every key itself. */
  public static final OwnCsr NEVER = new OwnCsr(false, null, false);

  /** Whether it takes one with these options of a request. */
  public boolean takenWith(Map<String, String> options) {
    return taken && (onlyWith == null || options.containsKey(onlyWith));
  }
}
