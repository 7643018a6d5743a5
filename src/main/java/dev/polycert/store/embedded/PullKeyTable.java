package dev.polycert.store.embedded;

import dev.polycert.order.PullKey;
import dev.polycert.store.OrderJson;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/** The pull keys, by their ids. */
record PullKeyTable(MVMap<String, byte[]> keys, OrderJson json) {

  PullKey put(PullKey key) {
    keys.put(key.id(), json.write(key));
    return key;
  }

  Optional<PullKey> find(String id) {
    return Optional.ofNullable(keys.get(id)).map(this::key);
  }

  List<PullKey> all() {
    return keys.values().stream()
        .map(this::key)
        .sorted(Comparator.comparing(PullKey::createdAt).thenComparing(PullKey::id))
        .toList();
  }

  boolean remove(String id) {
    return keys.remove(id) != null;
  }

  private PullKey key(byte[] value) {
    return json.read(value, PullKey.class);
  }
}
