package dev.polycert.whole.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A request recorded from a vendor's own SDK, with a fake key.
 *
 * @param name of the file
 * @param headers by lower-case name
 */
public record Capture(
    String name,
    String method,
    String path,
    String query,
    Map<String, String> headers,
    byte[] body) {
  public static final String KEY_ID = "FAKEAKEXAMPLE0000000";
  public static final String SECRET = "fake-secret-key-for-tests-only";
  public static final String TOKEN = "fake-session-token";

  private static final Path FOLDER = Path.of("src/test/resources/captures");

  /** The vendor whose SDK sent it. */
  public enum Vendor {
    TENCENT("x-tc-action"),
    ALIBABA("x-acs-action"),
    HUAWEI("x-sdk-date");

    private final String header;

    Vendor(String header) {
      this.header = header;
    }
  }

  /** All that were recorded for a vendor. */
  public static List<Capture> of(Vendor vendor) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .sorted()
          .map(Capture::read)
          .filter(capture -> capture.headers.containsKey(vendor.header))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one in that file. */
  public static Capture named(String name) {
    return read(FOLDER.resolve(name));
  }

  private static Capture read(Path file) {
    try {
      JsonNode json = new ObjectMapper().readTree(file.toFile());
      Map<String, String> headers = new TreeMap<>();
      json.get("headers")
          .forEach(
              header ->
                  headers.put(
                      header.get(0).asText().toLowerCase(Locale.ROOT), header.get(1).asText()));
      return new Capture(
          file.getFileName().toString(),
          json.get("method").asText(),
          json.get("path").asText(),
          json.get("query").asText(),
          headers,
          json.get("body").asText().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The header's value; a test that asks for one that is not there is wrong. */
  public String header(String header) {
    String value = headers.get(header);
    if (value == null) {
      throw new AssertionError(name + " has no " + header);
    }
    return value;
  }

  /** Whether it was sent with temporary credentials. */
  public boolean withToken() {
    return headers.containsValue(TOKEN);
  }

  @Override
  public String toString() {
    return name;
  }
}
