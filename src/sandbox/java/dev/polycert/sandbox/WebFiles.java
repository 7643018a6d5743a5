package dev.polycert.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files that the sandbox's web serves, by host and path. */
@ApplicationScoped
class WebFiles {
  private final Map<String, String> contents = new ConcurrentHashMap<>();

  /**
   * @param host without port
   * @param path with or without the leading slash
   */
  void put(String host, String path, String content) {
    contents.put(key(host, path), content);
  }

  Optional<String> get(String host, String path) {
    return Optional.ofNullable(contents.get(key(host, path)));
  }

  void reset() {
    contents.clear();
  }

  private static String key(String host, String path) {
    return host.toLowerCase(Locale.ROOT) + (path.startsWith("/") ? path : "/" + path);
  }
}
