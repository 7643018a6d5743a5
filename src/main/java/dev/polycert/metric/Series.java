package dev.polycert.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One metric with its dimensions, such as {@code Orders} of a provider and a state.
 *
 * @param dimensions values by name; never more than three, and each value one of a few
 */
record Series(String metric, Map<String, String> dimensions) {

  Series {
    dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
  }

  static Series of(String metric) {
    return new Series(metric, Map.of());
  }

  Series with(String dimension, String value) {
    Map<String, String> more = new LinkedHashMap<>(dimensions);
    more.put(dimension, value);
    return new Series(metric, more);
  }
}
