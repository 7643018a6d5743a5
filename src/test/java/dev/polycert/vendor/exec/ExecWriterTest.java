package dev.polycert.vendor.exec;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Accounts;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WriterSteps;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With real processes. */
class ExecWriterTest {
  private static final String SECRET = "key/of+a-service\"for-tests";

  @TempDir Path temporary;

  private final DnsRecord record = txt("_acme-challenge.example.com", "-token_of-an-authorization");

  private Path script(String lines) throws IOException {
    Path script = temporary.resolve("program");
    Files.writeString(script, "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private WriterSteps steps(String lines, Map<String, String> settings) throws IOException {
    return new WriterSteps(ExecWriters.of(script(lines), settings), "example.com");
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(temporary.resolve(file));
  }

  @Test
  void theProgramGetsWhatLegoPasses() throws IOException {
    WriterSteps steps = steps("printf '%s\\n' $# \"$@\" >> " + temporary + "/told", Map.of());

    assertThat(steps.find(record)).isEmpty();
    String id = steps.create(record);
    assertThat(steps.remove(record, id)).isTrue();

    assertThat(lines("told"))
        .containsExactly(
            "3",
            "present",
            "_acme-challenge.example.com.",
            "-token_of-an-authorization",
            "3",
            "cleanup",
            "_acme-challenge.example.com.",
            "-token_of-an-authorization");
    assertThat(steps.intents()).containsExactly("present", "cleanup");
  }

  @Test
  void theProgramOfAnAccountGetsTheVariablesOfTheAccount() throws IOException {
    Path program = script("echo \"$A_Key $POLYCERT_RECORD_TYPE\" > " + temporary + "/told");
    Map<String, String> settings =
        Map.of(
            "POLYCERT_ACCOUNT__B__POLYCERT_EXEC_PROGRAM", program.toString(),
            "POLYCERT_ACCOUNT__B__POLYCERT_EXEC_ENVIRONMENT", "A_Key",
            "POLYCERT_ACCOUNT__B__POLYCERT_EXEC_TIMEOUT", "5s",
            "POLYCERT_ACCOUNT__B__A_Key", "that-of-b",
            "A_Key", "that-of-the-default-account");

    ExecWriter writer =
        Accounts.forDomains("b").making(() -> ExecWriters.of(Path.of("/bin/false"), settings));
    new WriterSteps(writer, "example.com").create(record);

    assertThat(writer.id()).isEqualTo("exec@b");
    assertThat(lines("told")).containsExactly("that-of-b TXT");
  }

  @Test
  void aVariableThatTheAccountLacksIsNamedWhole() throws IOException {
    Map<String, String> settings =
        Map.of(
            "POLYCERT_ACCOUNT__B__POLYCERT_EXEC_PROGRAM", script("exit 0").toString(),
            "POLYCERT_ACCOUNT__B__POLYCERT_EXEC_ENVIRONMENT", "A_Key",
            "A_Key", "that-of-the-default-account");

    ExecWriter writer =
        Accounts.forDomains("b").making(() -> ExecWriters.of(Path.of("/bin/false"), settings));

    assertThat(new WriterSteps(writer, "example.com").refused(record).message())
        .isEqualTo(
            "POLYCERT_ACCOUNT__B__POLYCERT_EXEC_ENVIRONMENT names POLYCERT_ACCOUNT__B__A_Key,"
                + " which is not set: set it, or leave it out");
  }

  @Test
  void itsEnvironmentIsWhatIsConfiguredAndNothingElseOfOurs() throws IOException {
    WriterSteps steps =
        steps(
            "env > " + temporary + "/told; echo \"$A_Key\" > " + temporary + "/key",
            Map.of(
                "polycert.exec.environment", "A_Key, B",
                "A_Key", "${not.a.setting} \"quoted\"",
                "B", "2",
                "C", "3"));

    steps.create(record);

    assertThat(lines("told").stream().map(line -> line.replaceFirst("=.*", "")))
        .contains("A_Key", "B")
        .as("the rest is what a shell sets by itself")
        .isSubsetOf(
            "A_Key",
            "B",
            "PATH",
            "HOME",
            "TMPDIR",
            "POLYCERT_ZONE",
            "POLYCERT_RECORD_TYPE",
            "PWD",
            "SHLVL",
            "_",
            "OLDPWD");
    assertThat(lines("told")).contains("POLYCERT_ZONE=example.com", "POLYCERT_RECORD_TYPE=TXT");
    assertThat(lines("key")).containsExactly("${not.a.setting} \"quoted\"");
  }

  @Test
  void whatItKeepsIsGoneAfterwardsAlsoWhenItIsStopped() throws IOException {
    String keeping =
        "mkdir \"$HOME/.config\"; echo key > \"$HOME/.config/key\"; pwd >> "
            + temporary
            + "/homes; ls -ld \"$HOME\" | cut -c1-10 >> "
            + temporary
            + "/rights; ";
    steps(keeping, Map.of()).create(record);

    Failure stopped =
        steps(keeping + "sleep 60", Map.of("polycert.exec.timeout", "300ms")).failed(record);

    assertThat(stopped.error().code()).isEqualTo("Exec.Timeout");
    assertThat(stopped).isInstanceOf(Failure.Unclear.class);
    assertThat(lines("homes")).hasSize(2).doesNotHaveDuplicates();
    assertThat(lines("homes")).allMatch(home -> Files.notExists(Path.of(home)));
    assertThat(lines("rights")).containsOnly("drwx------");
  }

  @Test
  void aFailureIsReportedByItsLastLineAndMayBeRepeated() throws IOException {
    WriterSteps steps =
        steps(
            "echo looking; test -e %1$s/ready && exit 0; echo 'no such zone' >&2; exit 3"
                .formatted(temporary),
            Map.of());

    Failure failure = steps.failed(record);

    assertThat(failure).isInstanceOf(Failure.Unclear.class);
    assertThat(failure.error().code()).isEqualTo("Exec.Failed");
    assertThat(failure.error().message()).isEqualTo("exit code 3: no such zone");
    Files.createFile(temporary.resolve("ready"));
    steps.create(record);
  }

  @ParameterizedTest
  @CsvSource({
    "'echo \"refused: $KEY\"'",
    "'printf \"refused: %s\" \"$KEY\" | base64'",
    "'echo \"refused:\"; printf %s \"$KEY\"'",
    "'echo \"refused: $PEM\"'",
    "'yes | head -c 16380; echo; printf %s \"refused: $KEY\"'"
  })
  void keysAreNotReportedWhateverItPrints(String print) throws IOException {
    WriterSteps steps =
        steps(
            print + "; exit 1",
            Map.of(
                "polycert.exec.environment",
                "KEY,PEM",
                "KEY",
                SECRET,
                "PEM",
                "-----BEGIN KEY-----\nbGluZSBvbmU=\nbGluZSB0d28=\n"));

    VendorError error = steps.failed(record).error();

    assertThat(error.message())
        .startsWith("exit code 1: ")
        .contains("***")
        .doesNotContain("service", "bGluZS", "c2VydmljZ");
  }

  @Test
  void theyRunOneAfterTheOther() throws IOException {
    ExecWriter writer =
        ExecWriters.of(
            script("mkdir %1$s/lock || exit 1; sleep 0.05; rmdir %1$s/lock".formatted(temporary)),
            Map.of());
    WriterSteps steps = new WriterSteps(writer, "example.com");

    List<Answer<String>> answers =
        Uni.join()
            .all(
                IntStream.range(0, 8)
                    .mapToObj(
                        i ->
                            writer.create(
                                "example.com", txt("_a.example.com", "t" + i), steps.context()))
                    .toList())
            .andFailFast()
            .await()
            .indefinitely();

    assertThat(answers).allMatch(Answer.Success.class::isInstance);
  }

  @Test
  void aRunThatGetsNoTurnInTimeIsNotMade() throws IOException {
    ExecWriter writer =
        ExecWriters.of(script("echo $3 >> %s/told; sleep 2".formatted(temporary)), Map.of());
    WriterSteps steps = new WriterSteps(writer, "example.com");
    WriteContext hurried =
        new WriteContext(
            Instant.now().plusMillis(300), new Object(), write -> Uni.createFrom().voidItem());

    List<Answer<String>> answers =
        Uni.join()
            .all(
                writer.create("example.com", record, steps.context()),
                writer.create("example.com", txt("_a.example.com", "later"), hurried))
            .andFailFast()
            .await()
            .indefinitely();

    assertThat(answers.getFirst()).isInstanceOf(Answer.Success.class);
    assertThat(answers.getLast())
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.Deferred.class));
    assertThat(lines("told")).containsExactly(record.value());
  }

  @Test
  void otherTypesAreForProgramsThatWriteThem() throws IOException {
    DnsRecord alias = new DnsRecord("_a.example.com", "CNAME", "there.example.net");
    String tell = "echo $POLYCERT_RECORD_TYPE $3 > " + temporary + "/told";

    VendorError error = steps(tell, Map.of()).refused(alias);
    steps(tell, Map.of("polycert.exec.record-types", "TXT,CNAME")).create(alias);

    assertThat(error.code()).isEqualTo("Dns.OtherType");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.message()).contains("polycert.exec.record-types", "a CNAME");
    assertThat(lines("told")).containsExactly("CNAME there.example.net");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_SET, 'names NOT_SET, which is not set'",
    "POLYCERT_VAULT_KEY, does not pass on",
    "HOME, does not pass on",
    "A=B, must be names"
  })
  void settingsThatAreNoneAreNamed(String names, String said) throws IOException {
    VendorError error =
        steps("exit 0", Map.of("polycert.exec.environment", names, "POLYCERT_VAULT_KEY", SECRET))
            .refused(record);

    assertThat(error.code()).isEqualTo("Configuration");
    assertThat(error.message()).contains("POLYCERT_EXEC_ENVIRONMENT", said).doesNotContain(SECRET);
  }

  @Test
  void aProgramIsNamedByItsAbsolutePathAndHasToBeThere() throws IOException {
    VendorError relative =
        new WriterSteps(ExecWriters.of(Path.of("program"), Map.of()), "example.com")
            .refused(record);
    VendorError none =
        new WriterSteps(ExecWriters.of(temporary.resolve("none"), Map.of()), "example.com")
            .refused(record);

    assertThat(relative.message()).contains("POLYCERT_EXEC_PROGRAM must be an absolute path");
    assertThat(none.code()).isEqualTo("Exec.NotStarted");
    assertThat(none.message()).startsWith("POLYCERT_EXEC_PROGRAM names ").endsWith("is no file");
    assertThat(ExecWriters.of(Path.of("program"), Map.of()).wrongSettings())
        .containsExactly("POLYCERT_EXEC_PROGRAM must be an absolute path, not program");
    assertThat(
            ExecWriters.of(
                    Path.of("program"),
                    Map.of(
                        "polycert.exec.environment", "DNS_KEY, DNS USER",
                        "polycert.exec.record-types", "TXT,cname"))
                .wrongSettings())
        .containsExactly(
            "POLYCERT_EXEC_PROGRAM must be an absolute path, not program",
            "POLYCERT_EXEC_RECORD_TYPES must be of TXT and CNAME, not cname",
            "POLYCERT_EXEC_ENVIRONMENT must be names of variables, not DNS USER");
    assertThat(none.errorClass()).isEqualTo(ErrorClass.FINAL);
  }

  @Test
  void withoutAProgramItNamesTheVariable() {
    ExecWriter writer = ExecWriters.of(Path.of(""), Map.of());

    assertThat(writer.missing()).containsExactly("POLYCERT_EXEC_PROGRAM");
    assertThat(new WriterSteps(writer, "example.com").refused(record).errorClass())
        .isEqualTo(ErrorClass.CREDENTIALS);
  }
}
