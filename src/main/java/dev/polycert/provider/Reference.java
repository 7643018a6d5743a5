package dev.polycert.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The vendor's name of the order: one or more named ids ({@code certificateId}; {@code siteId} and
 * {@code id}; {@code zoneId} and {@code domain}).
 */
public record Reference(@JsonValue Map<String, String> ids) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Reference(Map<String, String> ids) {
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("a reference needs at least one id");
    }
    this.ids = Collections.unmodifiableMap(new TreeMap<>(ids));
  }

  public static Reference of(String name, String id) {
    return new Reference(Map.of(name, id));
  }

  public static Reference of(String name, String id, String name2, String id2) {
    return new Reference(Map.of(name, id, name2, id2));
  }

  /** The id of that name; asking for a name that is not there is a bug. */
  public String id(String name) {
    String id = ids.get(name);
    if (id == null) {
      throw new IllegalArgumentException("no " + name + " in reference " + ids);
    }
    return id;
  }

  /** One text that is equal for equal references, for use as a key. */
  public String key() {
    return ids.toString();
  }
}
