package dev.polycert.vendor.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.ChannelSftp;
import dev.polycert.deliver.CertificateFiles;
import dev.polycert.deliver.CertificateFiles.OneFile;
import dev.polycert.deliver.FileForm;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.domain.DomainName;
import dev.polycert.testing.OpenSsh;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reader of the other machine finds when the writer dies anywhere. */
@RequiresPrograms({"sshd", "ssh-keygen"})
class RemoteDirectoryTest {
  private static final DomainName DOMAIN = DomainName.parse("www.example.com");

  @RegisterExtension final Resources resources = new Resources();
  private final CertificateFiles old = set();
  private final CertificateFiles renewed = set();
  private final Random random = new Random(1);
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private Path base;
  private ChannelSftp sftp;

  @BeforeEach
  void connect() throws Exception {
    OpenSsh server =
        resources.add(new OpenSsh(Files.createDirectory(resources.directory().resolve("server"))));
    base = Files.createDirectory(resources.directory().resolve("base"));
    Map<String, String> settings = new HashMap<>(SshMachines.machine("web", server));
    settings.put("polycert.deliver.ssh.host.web.base", base.toString());
    Machines machines = new Machines(SshMachines.config(settings));
    Machine machine = ((Machines.Found.Usable) machines.find("web")).machine();
    Connection connection =
        resources.add(Connection.open(machine, Instant.now().plusSeconds(120), Clock.systemUTC()));
    sftp = (ChannelSftp) connection.session().openChannel("sftp");
    sftp.connect();
  }

  @Test
  void aReaderFindsTheOldSetOrTheNewOneWhereverTheWriterDies() throws Exception {
    List<String> steps = new ArrayList<>();
    write(old, steps::add, "counted");
    assertThat(steps).hasSize(9);

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
  void keepsTheLastSetAndRemovesWhatIsOver() throws Exception {
    for (CertificateFiles set : List.of(old, renewed, set())) {
      now = now.plus(Duration.ofDays(60));
      assertThatThrownBy(() -> write(set, dying("replace link"), "www"))
          .isInstanceOf(KilledException.class);
      now = now.plus(Duration.ofHours(2));
      write(set, step -> {}, "www");
    }

    assertThat(names("www/versions")).hasSize(2);
    assertThat(names("www")).containsExactlyInAnyOrder("live", "versions");
  }

  @Test
  void aSetThatCannotBeCompletedIsNotLeftThereAndTheFailureNamesItsStep() throws Exception {
    write(old, step -> {}, "www");
    now = now.plus(Duration.ofDays(60));

    assertThatThrownBy(() -> write(renewed, this::obstructed, "www"))
        .isInstanceOfSatisfying(
            SshFailure.class,
            failure ->
                assertThat(failure.error().message()).startsWith("upload chain.pem: SSH_FX_"));

    assertThat(live("www")).isEqualTo(content(old));
    assertThat(names("www/versions")).hasSize(1);
    write(renewed, step -> {}, "www");
    assertThat(live("www")).isEqualTo(content(renewed));
  }

  /** A link that leads nowhere cannot be written to, by root either. */
  private void obstructed(String step) {
    if (step.equals("upload chain.pem")) {
      try (Stream<Path> versions = Files.list(base.resolve("www/versions"))) {
        Files.createSymbolicLink(
            versions.max(Comparator.naturalOrder()).orElseThrow().resolve("chain.pem"),
            Path.of("/none/such"));
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
      throws SshFailure {
    new RemoteDirectory(sftp, Clock.fixed(now, ZoneOffset.UTC), random, steps)
        .write(base.toString(), directory, set, FileForm.PLAIN);
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
