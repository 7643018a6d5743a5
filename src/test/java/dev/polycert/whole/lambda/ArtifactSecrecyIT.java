package dev.polycert.whole.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.notice.ChannelCanaries;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentSandbox;
import dev.polycert.whole.secrecy.Canaries;
import dev.polycert.whole.secrecy.EchoWatch;
import dev.polycert.whole.secrecy.Needles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is built, deployed and written holds no key: neither one of the build's environment nor a
 * test's.
 */
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

  @RegisterExtension static final RunningSandbox SANDBOX = TencentSandbox.create(Canaries.SECRETS);

  @TempDir static Path temporary;

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
  void theBillOfMaterialsHoldsNoKey() throws IOException {
    assertThat(keysIn(TARGET.resolve("bom.json"))).isEmpty();
  }

  /** What the tests have printed, with the properties that they ran with. */
  @ParameterizedTest
  @ValueSource(strings = {"surefire-reports", "failsafe-reports"})
  void noReportTellsACanary(String name) throws IOException {
    Path reports = TARGET.resolve(name);
    assumeThat(reports).as("there is a report only of tests that have run").isDirectory();

    assertThat(keysIn(reports)).isEmpty();
  }

  /** With all keys set, at the level of most words, while the vendor repeats what it is sent. */
  @Test
  void aProcessPrintsAndAnswersNoKey() throws Exception {
    Map<String, String> environment = new HashMap<>(Canaries.SECRETS);
    environment.put("POLYCERT_HTTP_ENDPOINT", SANDBOX.uri("").toString());
    environment.put("POLYCERT_STORE_PATH", temporary.resolve("orders.mv").toString());
    environment.put("POLYCERT_ACME_CA_CANARY_DIRECTORY", SANDBOX.uri("/none").toString());
    environment.put("POLYCERT_ACME_CA_CANARY_EAB_KEY_ID", "kid-1");
    environment.put("POLYCERT_METRICS_EMF", "true");
    environment.put("QUARKUS_LOG_LEVEL", "TRACE");
    environment.putAll(ChannelCanaries.settings(SANDBOX.uri("").toString()));
    Artifact artifact = Artifact.unpack(temporary.resolve("task"));
    for (String json : List.of("true", "false")) {
      environment.put("POLYCERT_LOG_JSON", json);
      try (LambdaFunction apply = new LambdaFunction(artifact, "apply", environment, List.of())) {
        String domain = "log-" + json + ".example.com";
        SANDBOX.control(
            "POST",
            "faults",
            """
            {"operation": "ApplyCertificate", "kind": "ECHO", "code": "FailedOperation", "times": 1}
            """);
        String answers =
            apply.answer(request(domain, "tencent-ssl")).toString()
                + apply.answer(request(domain, "tencent-edgeone"))
                + apply.answer(request(domain, "acme"));

        assertThat(answers).contains("authorization: ", "Signature=***", "PENDING_VALIDATION");
        assertThat(answers).contains("HTTP.404");
        assertThat(EchoWatch.tells(answers)).as(answers).isFalse();
        assertThat(apply.log()).contains("DEBUG", "\"_aws\"", "Signature=***");
        assertThat(EchoWatch.tells(apply.log())).as(apply.log()).isFalse();
      }
      try (LambdaFunction test =
          new LambdaFunction(artifact, "notify-test", environment, List.of())) {
        String answer = test.answer(LambdaFunction.MAPPER.createObjectNode()).toString();

        assertThat(answer).contains("slack", "smtp");
        assertThat(EchoWatch.tells(answer)).as(answer).isFalse();
        assertThat(test.log()).contains("DEBUG");
        assertThat(EchoWatch.tells(test.log())).as(test.log()).isFalse();
      }
    }
  }

  private static JsonNode request(String domain, String provider) throws IOException {
    return LambdaFunction.MAPPER.readTree(
        "{\"domains\": [\"%s\"], \"providers\": [\"%s\"]}".formatted(domain, provider));
  }

  @Test
  void aCanaryThatIsWrittenSomewhereIsSeen(@TempDir Path directory) throws IOException {
    for (String written : Needles.written(Canaries.of("POLYCERT_VAULT_KEY"))) {
      Path file = directory.resolve("output.txt");
      Files.writeString(file, "some text\n" + written + "\n");
      assertThat(keysIn(directory)).as(written).containsExactly(file.toString());

      ByteArrayOutputStream jar = new ByteArrayOutputStream();
      zip(jar, "some.properties", ("a=" + written).getBytes(UTF_8));
      ByteArrayOutputStream outer = new ByteArrayOutputStream();
      zip(outer, "lib/inner.jar", jar.toByteArray());
      List<String> found = new ArrayList<>();
      search("outer.zip", new ByteArrayInputStream(outer.toByteArray()), found);
      assertThat(found).containsExactly("outer.zip!lib/inner.jar!some.properties");
    }
  }

  private static void zip(OutputStream out, String name, byte[] content) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
  }

  /** The files with a key in them. */
  private static List<String> keysIn(Path place) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Canaries.NEEDLES.in(Files.readAllBytes(file))) {
          found.add(file.toString());
        }
      }
    }
    return found;
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
          && (isSecret(new String(content, ISO_8859_1)) || Canaries.NEEDLES.in(content))) {
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
