package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The records of the sandbox's DNS by name, without trailing dot, in any case. */
@ApplicationScoped
class DnsRecords {
  private static final int CNAME_DEPTH = 8;
  private final SortedMap<String, SortedMap<String, List<String>>> records = new TreeMap<>();

  /** Adds a value beside those that the name has. */
  synchronized void add(String name, String type, String value) {
    List<String> values =
        records
            .computeIfAbsent(key(name), fresh -> new TreeMap<>())
            .computeIfAbsent(type.toUpperCase(Locale.ROOT), fresh -> new ArrayList<>());
    if (!values.contains(value)) {
      values.add(value);
    }
  }

  /** Removes one value. */
  synchronized void remove(String name, String type, String value) {
    Map<String, List<String>> types = records.get(key(name));
    List<String> values = types == null ? null : types.get(type.toUpperCase(Locale.ROOT));
    if (types != null && values != null) {
      values.remove(value);
      types.values().removeIf(List::isEmpty);
      dropEmpty(name, types);
    }
  }

  /** Removes all values of the type, or those of all types when it is {@code ANY}. */
  synchronized void removeAll(String name, String type) {
    Map<String, List<String>> types = records.get(key(name));
    if (types != null) {
      types.keySet().removeIf(held -> type.equals("ANY") || held.equalsIgnoreCase(type));
      dropEmpty(name, types);
    }
  }

  private void dropEmpty(String name, Map<String, List<String>> types) {
    if (types.isEmpty()) {
      records.remove(key(name));
    }
  }

  /** The values at exactly that name. */
  synchronized List<String> get(String name, String type) {
    return List.copyOf(
        records
            .getOrDefault(key(name), new TreeMap<>())
            .getOrDefault(type.toUpperCase(Locale.ROOT), List.of()));
  }

  /** The values at the name or where its CNAMEs lead to. */
  List<String> resolve(String name, String type) {
    String at = name;
    for (int depth = 0; depth < CNAME_DEPTH; depth++) {
      List<String> values = get(at, type);
      List<String> aliases = get(at, "CNAME");
      if (!values.isEmpty() || aliases.isEmpty()) {
        return values;
      }
      at = aliases.getFirst();
    }
    return List.of();
  }

  /** Whether the name has records or is above one that has (RFC 8020). */
  synchronized boolean exists(String name) {
    String key = key(name);
    return records.containsKey(key)
        || records.keySet().stream().anyMatch(held -> held.endsWith("." + key));
  }

  /** All records, for people to read. */
  synchronized Map<String, Map<String, List<String>>> all() {
    Map<String, Map<String, List<String>>> copy = new TreeMap<>();
    records.forEach(
        (name, types) -> {
          Map<String, List<String>> values = new TreeMap<>();
          types.forEach((type, held) -> values.put(type, List.copyOf(held)));
          copy.put(name, values);
        });
    return copy;
  }

  synchronized void reset() {
    records.clear();
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
