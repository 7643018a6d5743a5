package dev.polycert.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** Requests recorded from the vendors' own SDKs, with fake keys. */
public final class Recorded {
  private static final Path HERE = Path.of("src/test/resources/dev/polycert/sandbox");

  private Recorded() {}

  /** The names of the requests recorded for a vendor. */
  public static List<String> names(String vendor) {
    try (var files = Files.list(HERE.resolve(vendor).resolve("recorded"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static SandboxRequest read(String vendor, String name) {
    try {
      var file = HERE.resolve(vendor).resolve("recorded").resolve(name);
      JsonNode json = new ObjectMapper().readTree(file.toFile());
      var headers = new HashMap<String, String>();
      json.get("headers")
          .forEach(
              header ->
                  headers.put(
                      header.get(0).asText().toLowerCase(Locale.ROOT), header.get(1).asText()));
      return new SandboxRequest(
          json.get("method").asText(),
          json.get("path").asText(),
          json.get("query").asText(),
          headers,
          json.get("body").asText().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
