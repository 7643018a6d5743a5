package dev.polycert.vendor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.deliver.CertificateFiles;
import dev.polycert.deliver.CertificateFiles.OneFile;
import dev.polycert.deliver.FileForm;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.domain.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader finds when the writer dies anywhere. */
class VersionedDirectoryTest {
  private static final DomainName DOMAIN = DomainName.parse("www.example.com");

  private final CertificateFiles old = set();
  private final CertificateFiles renewed = set();
  private final Random random = new Random(1);
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path base;

  @Test
  void aReaderFindsTheOldSetOrTheNewOneWhereverTheWriterDies() throws IOException {
    List<String> steps = new ArrayList<>();
    write(old, steps::add, "counted");
    assertThat(steps).hasSizeGreaterThan(8);

    for (String deadly : steps) {
      String directory = "www-" + deadly.replace(' ', '-');
      write(old, step -> {}, directory);
      now = now.plus(Duration.ofDays(60));
      assertThatThrownBy(() -> write(renewed, dying(deadly), directory))
          .isInstanceOf(KilledException.class);

      assertThat(live(directory)).as(deadly).isIn(content(old), content(renewed));

      write(renewed, step -> {}, directory);
      assertThat(live(directory)).as("the next try after " + deadly).isEqualTo(content(renewed));
    }
  }

  @Test
  void aFirstDeliveryThatDiesShowsNothing() throws IOException {
    assertThatThrownBy(() -> write(old, dying("replace link"), "www"))
        .isInstanceOf(KilledException.class);

    assertThat(base.resolve("www/live")).doesNotExist();
  }

  @Test
  void keepsTheLastSetAndRemovesWhatIsOver() throws IOException {
    Files.createDirectories(base.resolve("www"));
    Files.createFile(base.resolve("www/.of-somebody-else"));
    List<CertificateFiles> sets = List.of(old, renewed, set());
    for (CertificateFiles set : sets) {
      now = now.plus(Duration.ofDays(60));
      assertThatThrownBy(() -> write(set, dying("replace link"), "www"))
          .isInstanceOf(KilledException.class);
      now = now.plus(Duration.ofHours(2));
      write(set, step -> {}, "www");
    }

    assertThat(names("www/versions")).hasSize(2);
    assertThat(names("www")).containsExactlyInAnyOrder("live", "versions", ".of-somebody-else");
  }

  @Test
  void leavesAloneWhatAnotherDeliveryMayBeAt() throws IOException {
    assertThatThrownBy(() -> write(old, dying("force version"), "www"))
        .isInstanceOf(KilledException.class);

    write(renewed, step -> {}, "www");

    assertThat(names("www/versions")).hasSize(2);
  }

  @Test
  void aSetThatCannotBeCompletedIsNotLeftThere() throws IOException {
    write(old, step -> {}, "www");
    now = now.plus(Duration.ofDays(60));

    assertThatThrownBy(() -> write(renewed, this::obstructed, "www"))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(live("www")).isEqualTo(content(old));
    assertThat(names("www/versions")).hasSize(1);
  }

  private void obstructed(String step) {
    if (step.equals("write chain.pem")) {
      try (Stream<Path> versions = Files.list(base.resolve("www/versions"))) {
        Files.createFile(
            versions.max(Comparator.naturalOrder()).orElseThrow().resolve("chain.pem"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class KilledException extends RuntimeException {}

  private static Consumer<String> dying(String deadly) {
    return step -> {
      if (step.equals(deadly)) {
        throw new KilledException();
      }
    };
  }

  private static CertificateFiles set() {
    return CertificateFiles.of(
            DOMAIN, IssuedCertificates.issued(DOMAIN.ascii()), FileForm.PLAIN, "")
        .orElseThrow();
  }

  private void write(CertificateFiles set, Consumer<String> steps, String directory)
      throws IOException {
    new VersionedDirectory(Clock.fixed(now, ZoneOffset.UTC), random, steps)
        .write(base, directory, set, FileForm.PLAIN);
  }

  private List<String> live(String directory) throws IOException {
    List<String> found = new ArrayList<>();
    for (OneFile file : old.files()) {
      found.add(Files.readString(base.resolve(directory).resolve("live").resolve(file.name())));
    }
    return found;
  }

  private static List<String> content(CertificateFiles set) {
    return set.files().stream()
        .map(file -> new String(file.content(), StandardCharsets.UTF_8))
        .toList();
  }

  private List<String> names(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(base.resolve(directory))) {
      return entries.map(path -> path.getFileName().toString()).toList();
    }
  }
}
