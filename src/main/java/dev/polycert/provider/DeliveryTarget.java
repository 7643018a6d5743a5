package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A place to deliver issued certificates to.
 *
 * @param to the id of the deliverer
 * @param options the deliverer's own options; {@link #DOMAIN} in a value stands for the domain
 */
public record DeliveryTarget(String to, Map<String, String> options) {
  /** The placeholder for the domain in an option. */
  public static final String DOMAIN = "{domain}";

  public DeliveryTarget {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /**
   * The options for one domain. Paths dislike the asterisk of a wildcard, so it becomes a label
   * that no host has; and the colons of an IPv6 address, which become dashes.
   */
  public Map<String, String> optionsFor(DomainName domain) {
    String name = domain.ascii().replace("*", "_wildcard").replace(':', '-');
    Map<String, String> filled = new TreeMap<>();
    options.forEach((option, value) -> filled.put(option, value.replace(DOMAIN, name)));
    return filled;
  }
}
