package dev.polycert.vendor.ssh;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliveries;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.testing.OpenSsh;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With OpenSSH's own server. */
@RequiresPrograms({"sshd", "ssh-keygen"})
class SshDelivererTest {
  private static final Map<String, String> WEB = Map.of("host", "web", "directory", "tls/www");
  private static final String SETTING = "polycert.deliver.ssh.host.web.";

  @RegisterExtension final Resources resources = new Resources();
  private OpenSsh server;
  private Path base;

  @BeforeEach
  void start() throws IOException {
    server = server("server");
    base = Files.createDirectory(resources.directory().resolve("base")).toRealPath();
  }

  private OpenSsh server(String name, String... more) throws IOException {
    return resources.add(
        new OpenSsh(Files.createDirectory(resources.directory().resolve(name)), more));
  }

  private Deliveries deliveries(Map<String, String> more) throws IOException {
    return new Deliveries(SshMachines.to(server, base, more), WEB);
  }

  private Path live() {
    return base.resolve("tls/www/live");
  }

  @Test
  void aRenewalTakesThePlaceAsAWholeAndARepetitionChangesNothing() throws IOException {
    Deliveries deliveries = deliveries(Map.of());
    CertificateBundle first = issued("www.example.com");
    CertificateBundle second = issued("www.example.com");

    String place = deliveries.delivered(first, null);

    assertThat(place).isEqualTo("web:" + live());
    assertThat(deliveries.intents()).containsExactly("Deliver");
    assertThat(live().resolve("fullchain.pem")).hasContent(first.fullChain());
    assertThat(mode(live().resolve("privkey.pem"))).isEqualTo("rw-------");
    assertThat(mode(live().resolve("cert.pem"))).isEqualTo("rw-r--r--");
    Path before = live().toRealPath();
    assertThat(deliveries.delivered(second, place)).isEqualTo(place);
    assertThat(live().resolve("privkey.pem")).hasContent(second.privateKey().reveal());
    assertThat(live().resolve("fullchain.pem")).hasContent(second.fullChain());
    assertThat(before.resolve("privkey.pem"))
        .as("who has followed the link reads on in the old set")
        .hasContent(first.privateKey().reveal());
    Path after = live().toRealPath();
    deliveries.delivered(second, place);
    assertThat(live().toRealPath()).isEqualTo(after);
  }

  @Test
  void theFormatAndThePermissionsAreThoseOfTheTarget() throws IOException {
    CertificateBundle export = issued("www.example.com");
    Map<String, String> options = new HashMap<>(WEB);
    options.putAll(Map.of("format", "PKCS12", "mode", "0640", "group", group()));
    SshDeliverer deliverer =
        SshMachines.to(server, base, Map.of(SETTING + "store-password", "canary of stores"));

    new Deliveries(deliverer, options).delivered(export, null);

    assertThat(mode(live().resolve("certificate.p12"))).isEqualTo("rw-r-----");
    Path before = live().toRealPath();
    new Deliveries(deliverer, options).delivered(export, null);
    assertThat(live().toRealPath()).as("a repetition changes nothing").isEqualTo(before);
    options.put("mode", "0600");
    new Deliveries(deliverer, options).delivered(export, null);
    assertThat(mode(live().resolve("certificate.p12"))).isEqualTo("rw-------");
  }

  private String group() throws IOException {
    return Files.getAttribute(base, "unix:gid").toString();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aMachineThatShowsAnotherKeyGetsNothing() throws IOException {
    Deliveries deliveries = deliveries(Map.of());
    String pinned = OpenSsh.fingerprint(server.hostKey());
    server.changeHostKey();

    VendorError error = deliveries.refused(issued("www.example.com"), null);

    assertThat(error.code()).isEqualTo("Ssh.HostKey");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.message()).contains(pinned, OpenSsh.fingerprint(server.hostKey()));
    assertThat(base).isEmptyDirectory();
    assertThat(Files.readString(server.log())).doesNotContain("Accepted");
  }

  @Test
  void theKeyMayBePinnedAsKeyscanShowsIt() throws IOException {
    String line =
        "# comment\n[127.0.0.1]:22,web ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDX\n[127.0.0.1]:%d %s"
            .formatted(server.port(), Files.readString(Path.of(server.hostKey() + ".pub")));

    deliveries(Map.of(SETTING + "host-keys", line)).delivered(issued("www.example.com"), null);

    assertThat(live()).exists();
  }

  @Test
  void aMachineMayNotShowTheKeyOfAnotherKnownOne() throws IOException {
    OpenSsh other = server("other");

    String swapped = server.hashed(known(server, other) + known(other, server));
    VendorError error =
        deliveries(Map.of(SETTING + "host-keys", swapped)).refused(issued("www.example.com"), null);

    assertThat(error.code()).isEqualTo("Ssh.HostKey");
    assertThat(error.message())
        .contains(
            "shows the key " + OpenSsh.fingerprint(server.hostKey()),
            "pinned is " + OpenSsh.fingerprint(other.hostKey()));
    assertThat(base).isEmptyDirectory();
    String right = server.hashed(known(other, other) + known(server, server));
    assertThat(right).contains("|1|").doesNotContain("127.0.0.1");
    deliveries(Map.of(SETTING + "host-keys", right)).delivered(issued("www.example.com"), null);
    assertThat(live()).exists();
  }

  @Test
  void anyKeyOfAMachineMayBePinnedWhicheverItShowsFirst() throws IOException {
    for (String type : new String[] {"ecdsa", "rsa"}) {
      Path key = server.newKey("host-" + type, type);
      OpenSsh several = server("several-" + type, "HostKey " + key);
      Map<String, String> settings = new HashMap<>(SshMachines.machine("web", several));
      String line = "[127.0.0.1]:" + several.port() + " " + Files.readString(Path.of(key + ".pub"));

      for (String pinned : new String[] {OpenSsh.fingerprint(key), line}) {
        settings.put(SETTING + "host-keys", pinned);
        assertThat(deliveries(settings).delivered(issued("www.example.com"), null))
            .as(pinned)
            .isEqualTo("web:" + live());
      }
    }
  }

  private static String known(OpenSsh at, OpenSsh shows) throws IOException {
    return "[127.0.0.1]:%d %s"
        .formatted(at.port(), Files.readString(Path.of(shows.hostKey() + ".pub")));
  }

  @Test
  void anotherUserKeyIsRefusedAndAnEncryptedOneOpened() throws IOException {
    Path other = server.newKey("other", "ed25519");
    VendorError error =
        deliveries(Map.of(SETTING + "private-key", Files.readString(other)))
            .refused(issued("www.example.com"), null);
    assertThat(error.code()).isEqualTo("Ssh.Login");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);

    for (String type : new String[] {"ed25519", "ecdsa", "rsa"}) {
      Path encrypted = server.newKey("encrypted-" + type, type, "-N", "canary passphrase");
      Files.writeString(
          server.log().resolveSibling("authorized_keys"),
          Files.readString(Path.of(encrypted + ".pub")));
      deliveries(
              Map.of(
                  SETTING + "private-key",
                  Files.readString(encrypted).replace("\n", "\r\n"),
                  SETTING + "passphrase",
                  "canary passphrase"))
          .delivered(issued("www.example.com"), null);
    }
  }

  @Test
  void theWayMayGoThroughAnotherMachineWhoseKeyIsPinnedToo() throws IOException {
    OpenSsh jump = server("jump");
    OpenSsh closed = server("closed", "AllowTcpForwarding no");
    Map<String, String> settings = new HashMap<>(SshMachines.machine("jump", jump));
    settings.putAll(SshMachines.machine("closed", closed));
    settings.put(SETTING + "jump", "jump");

    deliveries(settings).delivered(issued("www.example.com"), null);
    assertThat(live()).exists();

    settings.put(SETTING + "jump", "closed");
    assertThat(deliveries(settings).refused(issued("www.example.com"), null).code())
        .isEqualTo("Ssh.NotConnected");
    settings.put(SETTING + "jump", "jump");
    settings.put("polycert.deliver.ssh.host.jump.host-keys", OpenSsh.fingerprint(server.hostKey()));
    assertThat(deliveries(settings).refused(issued("www.example.com"), null).message())
        .startsWith("jump shows the key " + OpenSsh.fingerprint(jump.hostKey()));
  }

  @Test
  void theCommandIsRunWithTheDirectoryAndTheDomain() throws IOException {
    Path told = resources.directory().resolve("told");

    deliveries(Map.of(SETTING + "command", "echo {domain} {directory} > " + told))
        .delivered(issued("www.example.com"), null);

    assertThat(told).hasContent("www.example.com " + live());
  }

  @Test
  void aCommandThatFailsIsAFailedDelivery() throws IOException {
    Deliveries deliveries =
        deliveries(Map.of(SETTING + "command", "echo starting; echo no such unit >&2; exit 5"));

    Failure failure = deliveries.failed(issued("www.example.com"), null);

    assertThat(failure.error().code()).isEqualTo("Command.Failed");
    assertThat(failure.error().message()).isEqualTo("exit code 5: no such unit");
    assertThat(failure.error().errorClass().retryable()).isTrue();
  }

  @Test
  void aCommandThatDoesNotEndIsEnded() throws Exception {
    Path file = resources.directory().resolve("pid");
    Deliveries deliveries =
        deliveries(
            Map.of(
                SETTING + "command",
                "echo $$ > " + file + "; exec sleep 60",
                SETTING + "command-timeout",
                "1s"));
    Instant start = Instant.now();

    Failure failure = deliveries.failed(issued("www.example.com"), null);

    assertThat(failure.error().code()).isEqualTo("Command.Timeout");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
    assumeThat(System.getProperty("user.name"))
        .as("sshd passes no signals on in sessions of root")
        .isNotEqualTo("root");
    long pid = Long.parseLong(Files.readString(file).strip());
    for (int tries = 0; tries < 100 && ProcessHandle.of(pid).isPresent(); tries++) {
      Thread.sleep(50);
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void aServerThatCannotReplaceAtOnceGetsNothing() throws IOException {
    server.close();
    server = server("old", "Subsystem sftp internal-sftp -P posix-rename");

    assertThat(deliveries(Map.of()).refused(issued("www.example.com"), null).code())
        .isEqualTo("Sftp.NoPosixRename");
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsRefusedWithTheStep() throws IOException {
    server.close();
    server = server("denying", "Subsystem sftp internal-sftp -P mkdir");

    VendorError error = deliveries(Map.of()).refused(issued("www.example.com"), null);

    assertThat(error.code()).isEqualTo("Sftp.Refused");
    assertThat(error.message()).contains("Permission denied");
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void whatIsThereAlreadyIsLeftAlone() throws IOException {
    Deliveries deliveries = deliveries(Map.of());
    deliveries.delivered(issued("www.example.com"), null);
    CertificateBundle others = issued("other.example.com");
    Path set = live().toRealPath();
    Files.writeString(set.resolve("cert.pem"), others.certificate());

    VendorError error = deliveries.refused(issued("www.example.com"), null);

    assertThat(error.code()).isEqualTo("Sftp.OtherDomain");
    assertThat(error.message()).contains("other.example.com");
    assertThat(live().resolve("cert.pem")).hasContent(others.certificate());
  }

  @Test
  void aLinkThatLeadsElsewhereIsRefused() throws IOException {
    Path outside = Files.createDirectory(resources.directory().resolve("outside"));
    Files.createSymbolicLink(base.resolve("tls"), outside);

    assertThat(deliveries(Map.of()).refused(issued("www.example.com"), null).code())
        .isEqualTo("Sftp.Outside");
    assertThat(outside).isEmptyDirectory();
    assertThat(
            new Deliveries(SshMachines.to(server, base.resolve("none"), Map.of()), WEB)
                .refused(issued("www.example.com"), null)
                .code())
        .isEqualTo("Sftp.NoBase");
  }

  @Test
  void aMachineThatIsDownOrSilentIsTriedAgainLater() throws IOException {
    Deliveries deliveries = deliveries(Map.of());
    server.close();
    VendorError down = deliveries.refused(issued("www.example.com"), null);
    assertThat(down.code()).isEqualTo("Ssh.NotConnected");
    assertThat(down.errorClass().retryable()).isTrue();

    try (ServerSocket silent = new ServerSocket(0)) {
      VendorError error =
          deliveries(Map.of(SETTING + "port", String.valueOf(silent.getLocalPort())))
              .refused(issued("www.example.com"), null);
      assertThat(error.code()).isEqualTo("Ssh.NotConnected");
    }
  }
}
