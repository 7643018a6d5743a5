package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.World;
import java.net.URI;

/**
 * One of the ways to prove control of a name, an item of {@code DCV}.
 *
 * @param key of {@code DNS} the name of a TXT record, of {@code HTTP} a whole URL
 * @param value the record's text or the file's content
 */
record Challenge(String id, Kind kind, String key, String value) {

  enum Kind {
    DNS,
    HTTP
  }

  boolean satisfied(World world) {
    return switch (kind) {
      case DNS -> world.dns(key, "TXT").contains(value);
      case HTTP -> {
        var url = URI.create(key);
        yield world
            .file(url.getHost(), url.getPath())
            .map(String::strip)
            .filter(value::equals)
            .isPresent();
      }
    };
  }
}
