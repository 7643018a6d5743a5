package dev.polycert.store.embedded;

import dev.polycert.order.ApiKey;
import dev.polycert.order.KeyRecord;
import dev.polycert.store.OrderJson;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/**
 * The keys, by their ids.
 *
 * @param pullKeys those by which machines pull certificates
 * @param apiKeys those of the API
 */
record KeyTables(MVMap<String, byte[]> pullKeys, MVMap<String, byte[]> apiKeys, OrderJson json) {

  KeyRecord put(KeyRecord key) {
    values(key.getClass()).put(key.id(), json.write(key));
    return key;
  }

  <K extends KeyRecord> Optional<K> find(Class<K> kind, String id) {
    return Optional.ofNullable(values(kind).get(id)).map(value -> json.key(value, kind));
  }

  <K extends KeyRecord> List<K> all(Class<K> kind) {
    return values(kind).values().stream()
        .map(value -> json.key(value, kind))
        .sorted(Comparator.comparing(KeyRecord::createdAt).thenComparing(KeyRecord::id))
        .toList();
  }

  private MVMap<String, byte[]> values(Class<? extends KeyRecord> kind) {
    return kind == ApiKey.class ? apiKeys : pullKeys;
  }
}
