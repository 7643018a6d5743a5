package dev.polycert.whole.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.Ports;
import dev.polycert.testing.RequiresPrograms;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code deploy/polycert} at a running Polycert, in a shell that knows POSIX alone. */
@RequiresPrograms({"curl", "dash"})
@QuarkusTest
@TestProfile(UnhurriedProfile.class)
class CommandTest {
  private static final Pattern ORDER = Pattern.compile("ord_[0-9a-f]+");

  @BeforeEach
  void reset() {
    Api.reset();
  }

  @Test
  void aPersonAppliesPublishesWaitsAndExports() throws Exception {
    Ran applied =
        run(
            "apply",
            "one.command.example.net",
            "two.command.example.net",
            "--provider",
            "alibaba-esa");
    assertThat(applied.said)
        .contains("one.command.example.net alibaba-esa PENDING_VALIDATION ord_")
        .contains("  publish: _");
    assertThat(applied.status).isZero();
    List<Map<String, Object>> orders =
        Api.orders().stream()
            .filter(order -> order.get("domain").toString().endsWith(".command.example.net"))
            .toList();
    assertThat(orders).hasSize(2);
    Api.publish(orders);

    Ran waited = run("check", "one.command.example.net", "two.command.example.net", "--wait");

    assertThat(waited.said).endsWith("2 of 2 issued\n");
    assertThat(waited.status).isZero();
    assertThat(
            run("orders", "--domain", "two.command.example.net", "--fields", "domain,state").said)
        .isEqualTo("domain,state\r\ntwo.command.example.net,ISSUED\r\n");
    assertThat(run("summary", "--provider", "alibaba-esa").said).contains("\"issued\":");
    Ran exported = run("export", first(applied));
    assertThat(exported.said).startsWith("-----BEGIN CERTIFICATE-----\n").doesNotContain("PRIVATE");
    assertThat(run("wait", first(applied)).status).isZero();
  }

  @Test
  void whatFailedIsSaidAndIsTheExitStatus() throws Exception {
    Ran applied = run("apply", "gone.command.example.net", "--provider", "alibaba-esa");
    Api.post("/cancel", Map.of("orders", List.of(first(applied))));

    Ran waited = run("wait", first(applied));

    assertThat(waited.said).contains("gone.command.example.net alibaba-esa CANCELLED");
    assertThat(waited.said).endsWith("0 of 1 issued\n");
    assertThat(waited.status).isEqualTo(1);
  }

  @Test
  void anOrderThatDiffersFromWhatIsAskedForIsNoSuccess() throws Exception {
    String name = "differs.command.example.net";
    String[] first = {"apply", name, "--provider", "tencent-ssl", "--key-algorithm", "RSA_2048"};
    String[] other = {"apply", name, "--provider", "tencent-ssl", "--key-algorithm", "EC_P256"};
    assertThat(run(first).status).isZero();

    Ran again = run(other);

    assertThat(again.said)
        .contains("  differs: keyAlgorithm: asked EC_P256, has RSA_2048\n")
        .contains("\n  note: ");
    assertThat(again.status).isEqualTo(1);
    assertThat(run(first).status).isZero();
  }

  @Test
  void anOrderThatNeedsInformationSaysWhichAndIsNotWaitedFor() throws Exception {
    Ran applied = run("apply", "info.command.example.net", "--provider", "huawei-scm", "--wait");

    assertThat(applied.said)
        .contains("info.command.example.net huawei-scm PENDING_INFORMATION ord_")
        .containsPattern("\n  .*information")
        .endsWith("0 of 1 issued\n");
    assertThat(applied.status).isEqualTo(1);
  }

  @Test
  void aDryRunShowsThePlan() throws Exception {
    Ran ran = run("apply", "plan.command.example.net", "--provider", "huawei-scm", "--dry-run");

    assertThat(ran.said).startsWith("plan.command.example.net huawei-scm -").contains("\n  plan: ");
    assertThat(ran.status).isZero();
  }

  @Test
  void anOrderThatIsNotIssuedInTimeIsNamed() throws Exception {
    Ran applied = run("apply", "late.command.example.net", "--provider", "alibaba-esa");

    Ran waited = run("wait", first(applied), "--timeout", "0");

    assertThat(waited.said).startsWith(first(applied) + " is not issued yet\n");
    assertThat(waited.status).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "3, domains[0], apply|not a name",
    "3, 404, wait|ord_00000000000000000000000000000000",
    "3, cannot be sorted by, orders|--sort|colour",
    "2, needs names, apply|--provider|acme",
    "2, no option --key, apply|a.example|--key|secret",
    "2, there is no command, destroy",
    "2, apply has no option -x, apply|-x|a.example",
    "2, wait has no option -x, wait|-x",
    "2, -x is no order, order|-x",
    "0, usage: polycert, apply|-h",
    "0, usage: polycert, check|--help"
  })
  void aMistakeIsSaidByName(int status, String says, String arguments) throws Exception {
    Ran ran = run(arguments.split("\\|"));

    assertThat(ran.said).contains(says);
    assertThat(ran.status).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://polycert.example.com", "http://localhost:8080@192.0.2.1"})
  void theKeyGoesToNobodyElseInTheClear(String address) throws Exception {
    ProcessBuilder command = command("orders");
    command.environment().put("POLYCERT_URL", address);
    command.environment().put("POLYCERT_API_KEY", "fake-key-for-the-tests");

    Ran ran = run(command);

    assertThat(ran.said).contains("POLYCERT_URL").doesNotContain("fake-key");
    assertThat(ran.status).isEqualTo(2);
  }

  @Test
  void aPauseThatIsNoNumberIsAWrongCommand() throws Exception {
    ProcessBuilder command = command("wait", "ord_00000000000000000000000000000000");
    command.environment().put("POLYCERT_PAUSE", "abc");

    Ran ran = run(command);

    assertThat(ran.said).contains("POLYCERT_PAUSE must be a number of seconds");
    assertThat(ran.status).isEqualTo(2);
  }

  private static String first(Ran applied) {
    Matcher order = ORDER.matcher(applied.said);
    assertThat(order.find()).as(applied.said).isTrue();
    return order.group();
  }

  /** What a run said, on either output, and its exit status. */
  private record Ran(String said, int status) {}

  private static Ran run(String... arguments) throws IOException, InterruptedException {
    return run(command(arguments));
  }

  private static ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("dash", Path.of("deploy/polycert").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("POLYCERT_URL", Ports.polycert());
    process.environment().put("POLYCERT_PAUSE", "0.2");
    return process;
  }

  private static Ran run(ProcessBuilder command) throws IOException, InterruptedException {
    Process process = command.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ran(said, process.waitFor());
  }
}
