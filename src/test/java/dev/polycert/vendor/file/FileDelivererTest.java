package dev.polycert.vendor.file;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real file system, with real processes as hooks. */
class FileDelivererTest {
  private static final DomainName DOMAIN = DomainName.parse("www.example.com");
  private static final Map<String, String> WEB = Map.of("directory", "web/www");

  @TempDir Path temporary;
  private Path base;

  @BeforeEach
  void makeBase() throws IOException {
    base = Files.createDirectory(temporary.resolve("base"));
  }

  @Test
  void writesTheSetThatServersRead() throws IOException {
    CertificateBundle export = issued("www.example.com");

    String place = delivered(deliver(deliverer(null), export, WEB));

    Path live = base.toRealPath().resolve("web/www/live");
    assertThat(place).isEqualTo(live.toString());
    assertThat(live.resolve("cert.pem")).hasContent(export.certificate());
    assertThat(live.resolve("chain.pem")).hasContent(export.chain());
    assertThat(live.resolve("privkey.pem")).hasContent(export.privateKey().reveal());
    assertThat(Files.readString(live.resolve("fullchain.pem")))
        .startsWith(export.certificate().strip())
        .endsWith(export.chain());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(live.resolve("privkey.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aRenewalTakesThePlaceAsAWholeAndARepetitionChangesNothing() throws IOException {
    CertificateBundle first = issued("www.example.com");
    CertificateBundle second = issued("www.example.com");
    delivered(deliver(deliverer(null), first, WEB));
    Path live = base.resolve("web/www/live");
    Path before = live.toRealPath();

    delivered(deliver(deliverer(null), second, WEB));

    assertThat(live.resolve("privkey.pem")).hasContent(second.privateKey().reveal());
    assertThat(before.resolve("privkey.pem"))
        .as("who has followed the link reads on in the old set")
        .hasContent(first.privateKey().reveal());
    Path after = live.toRealPath();
    delivered(deliver(deliverer(null), second, WEB));
    assertThat(live.toRealPath()).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({
    "PKCS12, certificate.p12, PKCS12",
    "PKCS12_LEGACY, certificate.p12, PKCS12",
    "JKS, certificate.jks, JKS"
  })
  void writesOneFileWhereTheTargetAsksForIt(String format, String name, String type)
      throws Exception {
    CertificateBundle export = issued("www.example.com");
    Map<String, String> options =
        Map.of("directory", "web/www", "format", format, "mode", "0640", "group", group());

    delivered(deliver(deliverer(null), export, options));

    Path live = base.resolve("web/www/live");
    KeyStore store = KeyStore.getInstance(type);
    try (InputStream file = Files.newInputStream(live.resolve(name))) {
      store.load(file, FileDeliverers.PASSWORD.toCharArray());
    }
    assertThat(store.getCertificateChain("certificate")[0])
        .isEqualTo(Pem.certificate(export.certificate()).orElseThrow());
    assertThat(mode(live.resolve(name))).isEqualTo("rw-r-----");
    assertThat(live.resolve("cert.pem")).hasContent(export.certificate());
    assertThat(mode(live.resolve("cert.pem"))).isEqualTo("rw-r--r--");
    Path before = live.toRealPath();
    delivered(deliver(deliverer(null), export, options));
    assertThat(live.toRealPath()).as("a repetition changes nothing").isEqualTo(before);
    delivered(deliver(deliverer(null), export, WEB));
    assertThat(live.resolve("privkey.pem")).exists();
    assertThat(live.resolve(name)).doesNotExist();
  }

  @Test
  void otherPermissionsAreGivenToTheSameCertificate() throws IOException {
    CertificateBundle export = issued("www.example.com");
    delivered(deliver(deliverer(null), export, WEB));

    delivered(
        deliver(
            deliverer(null),
            export,
            Map.of("directory", "web/www", "mode", "440", "keyFormat", "TRADITIONAL")));

    Path key = base.resolve("web/www/live/privkey.pem");
    assertThat(mode(key)).isEqualTo("r--r-----");
    assertThat(key).content().startsWith("-----BEGIN EC PRIVATE KEY-----");
  }

  @Test
  void anOwnerThatIsNotThereIsNamed() {
    VendorError error =
        error(
            deliver(
                deliverer(null),
                issued("www.example.com"),
                Map.of("directory", "web/www", "owner", "no-such-user")));

    assertThat(error.code()).isEqualTo("File.Owner");
    assertThat(error.message()).contains("no-such-user");
  }

  @Test
  void anOwnerOrGroupThatThisMachineDoesNotKnowIsNamedBeforehand() {
    Map<String, String> options =
        Map.of("directory", "web/www", "owner", "no-such-user", "group", "no-such-group");

    assertThat(deliverer(null).wrong(options))
        .isEqualTo(
            Map.of(
                "owner", "there is no user no-such-user on this machine",
                "group", "there is no group no-such-group on this machine"));
  }

  @Test
  void formatsAreCheckedBeforehand() {
    assertThat(
            deliverer(null)
                .wrong(
                    Map.of(
                        "directory",
                        "www",
                        "format",
                        "pfx",
                        "keyFormat",
                        "DER",
                        "mode",
                        "0644",
                        "owner",
                        "a b",
                        "group",
                        "$")))
        .containsOnlyKeys("format", "keyFormat", "mode", "owner", "group");
    assertThat(
            deliverer(null)
                .wrong(Map.of("directory", "www", "format", "JKS", "keyFormat", "PKCS8")))
        .containsOnlyKeys("keyFormat");
    FileDeliverer without =
        new FileDeliverer(
            FileDeliverers.config(base, null, Duration.ofSeconds(20), null),
            HttpTesting.config(Map.of()),
            Clock.systemUTC(),
            new Random());
    assertThat(without.wrong(Map.of("directory", "www", "format", "JKS")))
        .hasEntrySatisfying(
            "format", why -> assertThat(why).contains("POLYCERT_DELIVER_FILE_STORE_PASSWORD"));
  }

  private String group() throws IOException {
    return Files.readAttributes(base, PosixFileAttributes.class).group().getName();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/ssl",
        "..",
        "a/../../b",
        "a/..",
        "./a",
        "a//b",
        "a/",
        ".hidden",
        "a/live",
        "versions",
        "a\\b",
        "a b",
        "a\u0000b",
        "a/b/c/d/e/f/g/h/i"
      })
  void refusesWhatIsNotPlainlyBelowTheBase(String directory) throws IOException {
    Map<String, String> options = Map.of("directory", directory);

    assertThat(deliverer(null).wrong(options)).containsOnlyKeys("directory");
    assertThat(error(deliver(deliverer(null), issued("www.example.com"), options)).code())
        .isEqualTo("Target.Invalid");
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void refusesALinkThatLeadsElsewhere() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createSymbolicLink(base.resolve("web"), outside);

    VendorError error = error(deliver(deliverer(null), issued("www.example.com"), WEB));

    assertThat(error.code()).isEqualTo("File.Outside");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void doesNotTakeThePlaceOfAnotherDomainsCertificate() throws IOException {
    CertificateBundle others = issued("shop.example.com");
    DomainName shop = DomainName.parse("shop.example.com");
    delivered(deliver(deliverer(null), shop, others, WEB));

    VendorError error = error(deliver(deliverer(null), issued("www.example.com"), WEB));

    assertThat(error.code()).isEqualTo("File.OtherDomain");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.message()).contains("web/www/live is the certificate of shop.example.com;");
    assertThat(base.resolve("web/www/live/cert.pem")).hasContent(others.certificate());
  }

  @Test
  void saysWhatToSetWithoutABase() {
    assertThat(
            new FileDeliverer(
                    FileDeliverers.config(null, null, Duration.ZERO),
                    HttpTesting.config(Map.of()),
                    Clock.systemUTC(),
                    new Random(1))
                .missing())
        .containsExactly("POLYCERT_DELIVER_FILE_BASE");
    assertThat(deliverer(null).missing()).isEmpty();
    assertThat(deliverer(null).wrong(Map.of())).containsOnlyKeys("directory");
  }

  @Test
  void theHookKnowsWhatIsNewAndNothingElseOfOurs() throws IOException {
    Path told = temporary.resolve("told");
    Path hook = script("echo \"$@\" > " + told + "\nenv >> " + told);

    delivered(deliver(deliverer(hook), issued("www.example.com"), WEB));

    String live = base.toRealPath().resolve("web/www/live").toString();
    assertThat(told)
        .content()
        .startsWith(live + " www.example.com\n")
        .contains("POLYCERT_DIRECTORY=" + live, "POLYCERT_DOMAIN=www.example.com");
    assertThat(Files.readAllLines(told).stream().skip(1).map(line -> line.replaceFirst("=.*", "")))
        .as("the rest is what a shell sets by itself")
        .isSubsetOf("PATH", "POLYCERT_DIRECTORY", "POLYCERT_DOMAIN", "PWD", "SHLVL", "_", "OLDPWD");
  }

  @Test
  void aHookThatFailsIsAFailedDeliveryAndRunsAgain() throws IOException {
    Path ready = temporary.resolve("ready");
    Path hook =
        script(
            "echo checking >&2\ntest -e "
                + ready
                + " && exit 0\necho 'no such server' >&2\nexit 3");
    CertificateBundle export = issued("www.example.com");

    VendorError error = error(deliver(deliverer(hook), export, WEB));

    assertThat(error.code()).isEqualTo("Hook.Failed");
    assertThat(error.message()).isEqualTo("exit code 3: no such server");
    Files.createFile(ready);
    delivered(deliver(deliverer(hook), export, WEB));
  }

  @Test
  void aHookThatHangsIsStoppedWithAllThatItStarted() throws IOException {
    Path alive = temporary.resolve("alive");
    Path hook = script("(sleep 2; touch " + alive + ") &\nsleep 60");

    VendorError error =
        error(deliver(deliverer(hook, Duration.ofMillis(300)), issued("www.example.com"), WEB));

    assertThat(error.code()).isEqualTo("Hook.Timeout");
    assertThat(ProcessHandle.current().descendants().filter(child -> isOf(child, hook))).isEmpty();
    assertThat(alive).doesNotExist();
  }

  private static boolean isOf(ProcessHandle child, Path hook) {
    return child.info().commandLine().orElse("").contains(hook.toString());
  }

  @Test
  void aChildThatKeepsTheOutputOpenHoldsNobody() throws IOException, InterruptedException {
    Path pid = temporary.resolve("pid");
    Path hook = script("(sleep 600 & echo $! > " + pid + ")\nexit 0");
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Instant start = Instant.now();

    for (int i = 0; i < 5; i++) {
      delivered(deliver(deliverer(hook), issued("www.example.com"), WEB));
      ProcessHandle child =
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
      assertThat(child.isAlive()).as("what is left running on purpose goes on").isTrue();
      child.destroyForcibly();
    }

    assertThat(Instant.now()).isBefore(start.plusSeconds(10));
    assertThat(Thread.getAllStackTraces().entrySet())
        .filteredOn(thread -> !before.contains(thread.getKey()))
        .noneMatch(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getClassName().equals("java.io.FileInputStream")));
  }

  @Test
  void aHookThatHangsIsStoppedWithThoseThatLeftIt() throws IOException, InterruptedException {
    Path pid = temporary.resolve("pid");
    Path hook = script("(sleep 600 & echo $! > " + pid + "; sleep 0.2)\nsleep 60");

    VendorError error =
        error(deliver(deliverer(hook, Duration.ofMillis(500)), issued("www.example.com"), WEB));

    assertThat(error.code()).isEqualTo("Hook.Timeout");
    long child = Long.parseLong(Files.readString(pid).strip());
    for (int i = 0; i < 50 && isAlive(child); i++) {
      Thread.sleep(20);
    }
    assertThat(isAlive(child)).isFalse();
  }

  /** One that is dead, and that nobody has waited for, has no command any more. */
  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).flatMap(child -> child.info().command()).isPresent();
  }

  @Test
  void aHookMayTalkWithoutEnd() throws IOException {
    Path hook = script("yes | head -c 3000000\nprintf '%5000s' last | tr ' ' x\nexit 1");

    assertThat(error(deliver(deliverer(hook), issued("www.example.com"), WEB)).message())
        .startsWith("exit code 1: xxx")
        .hasSizeLessThanOrEqualTo(500);
  }

  @Test
  void aHookThatIsNotThereIsToldOf() {
    assertThat(
            error(deliver(deliverer(temporary.resolve("none")), issued("www.example.com"), WEB))
                .message())
        .isEqualTo(
            "POLYCERT_DELIVER_FILE_HOOK names " + temporary.resolve("none") + ", which is no file");
  }

  /** Before anything is applied for. */
  @Test
  void aDirectoryWithTheCertificateOfAnotherDomainIsNamed() throws IOException {
    assertThat(deliverer(null).wrong(WEB, DOMAIN)).isEmpty();
    delivered(deliver(deliverer(null), issued("www.example.com"), WEB));

    assertThat(deliverer(null).wrong(WEB, DOMAIN)).isEmpty();
    assertThat(deliverer(null).wrong(WEB, DomainName.parse("www.example.org")))
        .hasEntrySatisfying(
            "directory",
            why -> assertThat(why).contains("web/www/live is the certificate of www.example.com"));
    assertThat(
            deliverer(null)
                .wrong(Map.of("directory", "web/other"), DomainName.parse("www.example.org")))
        .isEmpty();
  }

  /** Before anything is applied for, and without making a directory. */
  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(Files.createDirectories(base.resolve("web")).resolve("www"), "");
    Map<String, String> below = Map.of("directory", "web/www/deeper");

    assertThat(deliverer(null).wrong(WEB, DOMAIN))
        .containsEntry("directory", file + " is a link or no directory");
    assertThat(deliverer(null).wrong(below, DOMAIN))
        .containsEntry("directory", file + " is a link or no directory");
    assertThat(deliverer(null).wrong(Map.of("directory", "web/new/one"), DOMAIN)).isEmpty();
    assertThat(base.resolve("web/new")).doesNotExist();
    assertThat(error(deliver(deliverer(null), issued("www.example.com"), WEB)).message())
        .isEqualTo(file + " is a link or no directory");
  }

  @Test
  void wrongSettingsAreNamed() throws IOException {
    Path plain = Files.writeString(temporary.resolve("plain"), "");

    assertThat(deliverer(plain).wrongSettings())
        .containsExactly("POLYCERT_DELIVER_FILE_HOOK names " + plain + ", which is not executable");
    assertThat(deliverer(Path.of("reload.sh")).wrongSettings())
        .containsExactly("POLYCERT_DELIVER_FILE_HOOK must be an absolute path, not reload.sh");
    assertThat(deliverer(script("exit 0")).wrongSettings()).isEmpty();
  }

  private Path script(String lines) throws IOException {
    Path script = temporary.resolve("hook");
    Files.writeString(script, "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private FileDeliverer deliverer(@Nullable Path hook) {
    return FileDeliverers.below(base, hook);
  }

  private FileDeliverer deliverer(@Nullable Path hook, Duration timeout) {
    return new FileDeliverer(
        FileDeliverers.config(base, hook, timeout),
        HttpTesting.config(Map.of()),
        Clock.systemUTC(),
        new Random());
  }

  private static Answer<String> deliver(
      FileDeliverer deliverer, CertificateBundle export, Map<String, String> options) {
    return deliver(deliverer, DOMAIN, export, options);
  }

  private static Answer<String> deliver(
      FileDeliverer deliverer,
      DomainName domain,
      CertificateBundle export,
      Map<String, String> options) {
    WriteContext context =
        new WriteContext(
            Instant.now().plusSeconds(25), new Object(), operation -> Uni.createFrom().voidItem());
    return deliverer
        .deliver(domain, export, options, null, context)
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  private static String delivered(Answer<String> result) {
    assertThat(result).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<String>) result).value();
  }

  private static VendorError error(Answer<String> result) {
    assertThat(result).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<String>) result).failure().error();
  }
}
