package dev.polycert.provider;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where an issued certificate is to be brought to.
 *
 * @param to the id of the deliverer
 * @param options the deliverer's own options
 */
public record DeliveryTarget(String to, Map<String, String> options) {

  public DeliveryTarget {
    options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
  }
}
