package dev.polycert.whole.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Nothing that is deployed holds a class of the sandbox or a setting of it, so that no request and
 * no environment can start it.
 */
class NoSandboxIT {
  /** For our own code, which never uses the word but in the {@link #CONSOLE}. */
  private static final Pattern THE_WORD = Pattern.compile("sandbox", Pattern.CASE_INSENSITIVE);

  /** For libraries and the executable, in which the word alone means nothing. */
  private static final Pattern OURS =
      Pattern.compile("polycert[./_]sandbox", Pattern.CASE_INSENSITIVE);

  /** Names the setting by which the console says that the vendors are emulated. */
  private static final Pattern CONSOLE =
      Pattern.compile(
          ".*!(settings\\.txt|console/.+|dev/polycert/server/(Console|ServerConfig)[^/]*\\.class)");

  private static final Pattern COPIED = Pattern.compile("(?m)^(?:COPY|ADD) (.+) \\S+$");

  /** What images may copy: the files that are opened here, and those of deploy/. */
  private static final Pattern SEARCHED =
      Pattern.compile(
          "target/(lib|lambda-runtime|polycert-\\*-runner\\.jar)|deploy/(dns|\\w+\\.\\w+)");

  @Test
  void noArtifactHoldsAnyOfIt() throws IOException {
    List<Path> artifacts = artifacts();
    assertThat(artifacts).contains(Artifact.ZIP);
    List<String> found = new ArrayList<>();
    for (Path artifact : artifacts) {
      search(Artifact.TARGET.relativize(artifact).toString(), Files.readAllBytes(artifact), found);
    }
    assertThat(found).isEmpty();
  }

  /** The zip for Lambda, the runner (a jar or an executable), and the libraries of both. */
  private static List<Path> artifacts() throws IOException {
    List<Path> artifacts = new ArrayList<>();
    for (String directory : List.of("", "lib", "lambda-runtime")) {
      String deployed = directory.isEmpty() ? ".*(\\.zip|-runner|-runner\\.jar)" : ".*\\.jar";
      Path place = Artifact.TARGET.resolve(directory);
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.list(place)) {
          files.filter(file -> file.toString().matches(deployed)).forEach(artifacts::add);
        }
      }
    }
    return artifacts;
  }

  @Test
  void imagesCopyOnlyWhatIsSearchedHere() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("deploy"))) {
      List<Path> images =
          files.filter(file -> file.getFileName().toString().startsWith("Containerfile")).toList();
      assertThat(images).isNotEmpty();
      for (Path image : images) {
        Matcher copied = COPIED.matcher(Files.readString(image));
        assertThat(copied.results().map(copy -> copy.group(1)))
            .as(image.toString())
            .isNotEmpty()
            .allMatch(sources -> SEARCHED.matcher(sources).matches());
      }
    }
  }

  @Test
  void aSandboxThatIsPackagedIsFound() throws IOException {
    assertThat(found("some.jar", "dev/polycert/Some.class", "has a Sandbox")).hasSize(1);
    assertThat(found("some.jar", "dev/polycert/sandbox/World.class", "")).hasSize(1);
    assertThat(found("some.jar", "application.properties", "%dev.sandbox=1")).hasSize(1);
    assertThat(found("lib/some.jar", "Some.class", "a sandbox of its own")).isEmpty();
    assertThat(found("lib/some.jar", "dev/polycert/sandbox/World.class", "")).hasSize(1);
    assertThat(found("some.zip", "bootstrap", "POLYCERT_SANDBOX_PORT")).hasSize(1);
  }

  private static List<String> found(String archive, String entry, String content)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(UTF_8));
    }
    List<String> found = new ArrayList<>();
    search(archive, bytes.toByteArray(), found);
    return found;
  }

  /** Looks into archives in archives as well. */
  private static void search(String path, byte[] content, List<String> found) throws IOException {
    if (path.endsWith(".jar") || path.endsWith(".zip")) {
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          search(path + "!" + entry.getName(), zip.readAllBytes(), found);
        }
      }
      return;
    }
    boolean foreign = path.matches("lambda-runtime/.*|(.*[/!])?lib/.*|.*bootstrap|.*-runner");
    String text = path + "\n" + new String(content, ISO_8859_1);
    boolean shown = CONSOLE.matcher(path).matches();
    if ((foreign || shown ? OURS : THE_WORD).matcher(text).find()) {
      found.add(path);
    }
  }
}
