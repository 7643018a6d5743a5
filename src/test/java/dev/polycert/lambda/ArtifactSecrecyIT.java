package dev.polycert.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is deployed holds no key: neither one of the build's environment nor a test's. */
class ArtifactSecrecyIT {
  private static final Path TARGET = Path.of("target");

  /** Private keys in PEM with something in them, and the access keys of AWS and the vendors. */
  private static final Pattern KEY =
      Pattern.compile(
          "PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{40}"
              + "|\\bAKIA[0-9A-Z]{16}\\b|\\bAKID[0-9A-Za-z]{32}\\b|\\bLTAI[0-9A-Za-z]{20}\\b");

  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(secret|token|password|passphrase|api_?key|_[as]k$).*");

  private static final int SHORTEST = 8;

  /** Has keys of its own, with which it tries what the JVM can do. */
  private static final String NETTY_PROBES = "io/netty/handler/ssl/";

  @Test
  void noKeyIsPackaged() throws IOException {
    List<Path> artifacts;
    try (Stream<Path> files = Files.list(TARGET)) {
      artifacts =
          files.filter(file -> file.toString().matches(".*(\\.jar|function\\.zip)")).toList();
    }
    assertThat(artifacts).isNotEmpty();
    List<String> found = new ArrayList<>();
    for (Path artifact : artifacts) {
      try (InputStream in = Files.newInputStream(artifact)) {
        search(artifact.getFileName().toString(), in, found);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void aKeyThatIsPackagedIsSeen() {
    assertThat(isSecret("-----BEGIN EC PRIVATE KEY-----\n" + "A".repeat(64))).isTrue();
    assertThat(isSecret("key = AKIA" + "ABCDEFGHIJKLMNOP")).isTrue();
    assertThat(isSecret("-----BEGIN PRIVATE KEY-----")).isFalse();
  }

  /** Looks into archives in archives as well. */
  private static void search(String name, InputStream in, List<String> found) throws IOException {
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      byte[] content = zip.readAllBytes();
      String path = name + "!" + entry.getName();
      if (entry.getName().endsWith(".jar")) {
        search(path, new ByteArrayInputStream(content), found);
      } else if (!entry.getName().startsWith(NETTY_PROBES)
          && isSecret(new String(content, ISO_8859_1))) {
        found.add(path);
      }
    }
  }

  private static boolean isSecret(String content) {
    return KEY.matcher(content).find()
        || System.getenv().entrySet().stream()
            .filter(variable -> SECRET_NAME.matcher(variable.getKey()).matches())
            .anyMatch(
                variable ->
                    variable.getValue().length() >= SHORTEST
                        && content.contains(variable.getValue()));
  }
}
