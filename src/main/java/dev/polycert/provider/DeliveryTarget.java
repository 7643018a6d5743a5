package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an issued certificate is to be brought to.
 *
 * @param to the id of the deliverer
 * @param options the deliverer's own options; {@link #DOMAIN} in a value stands for the domain
 */
public record DeliveryTarget(String to, Map<String, String> options) {
  /** What stands for the domain in an option. */
  public static final String DOMAIN = "{domain}";

  public DeliveryTarget {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /**
   * The options for one domain; the asterisk of a wildcard, which no path likes, is spelt out as no
   * label of a name can be.
   */
  public Map<String, String> optionsFor(DomainName domain) {
    String name = domain.ascii().replace("*", "_wildcard");
    Map<String, String> filled = new TreeMap<>();
    options.forEach((option, value) -> filled.put(option, value.replace(DOMAIN, name)));
    return filled;
  }
}
