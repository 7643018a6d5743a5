package dev.polycert.whole.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.RequiresPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The programs that the compose file and the manifests are for know all of their members: compose
 * refuses those that are not in its schema, and kubectl drops what its types do not have.
 */
@RequiresPrograms({"kubectl", "docker-compose"})
class ManifestsJudgeTest {
  private static final Path COMPOSE = Path.of("deploy/compose/compose.yml");
  private static final Path KUBERNETES = Path.of("deploy/kubernetes/polycert.yml");

  @TempDir Path directory;

  /** The version that Debian has is older than the name of a project. */
  @Test
  void composeTakesTheFile() throws Exception {
    for (String file : List.of("environment", "password", "tls.crt", "tls.key")) {
      Files.createFile(directory.resolve(file));
    }
    Path compose = directory.resolve("compose.yml");
    Files.writeString(compose, Files.readString(COMPOSE).replaceFirst("(?m)^name: .*$", ""));

    Run good = run(List.of("docker-compose", "-f", compose.toString(), "config", "-q"));
    Files.writeString(compose, Files.readString(compose).replace("cap_drop:", "cap_dropped:"));
    Run bad = run(List.of("docker-compose", "-f", compose.toString(), "config", "-q"));

    assertThat(good.status()).as(good.output()).isZero();
    assertThat(bad.output()).contains("cap_dropped");
  }

  /** A change reads the whole object into its type and writes it again. */
  @ParameterizedTest
  @CsvSource({
    "Deployment, set env POLYCERT_SERVER_RENEW_EVERY=15s, /spec/template/spec/containers/0, env",
    "Service, set selector app=other, /spec, selector"
  })
  void kubectlKnowsEachMember(String kind, String change, String at, String changed)
      throws Exception {
    JsonNode ours = ours(kind);
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(change.split(" ")));
    command.addAll(List.of("--local", "-o", "json", "-f", file(ours)));

    JsonNode theirs = JsonHttp.read(run(command).output());

    ((ObjectNode) ours.at(at)).remove(changed);
    assertHasAll(kind, ours, theirs);
  }

  @ParameterizedTest
  @CsvSource({
    "PodDisruptionBudget, poddisruptionbudget polycert --selector=app=polycert --min-available=1",
    "ConfigMap, configmap polycert"
  })
  void kubectlMakesTheSame(String kind, String made) throws Exception {
    JsonNode ours = ours(kind);
    // The kubectl that Debian has makes an earlier version of the first one, of the same members.
    ((ObjectNode) ours).remove("apiVersion");
    List<String> command = new ArrayList<>(List.of("kubectl", "create"));
    command.addAll(List.of(made.split(" ")));
    ours.path("data")
        .properties()
        .forEach(it -> command.add("--from-literal=" + it.getKey() + "=" + it.getValue().asText()));
    command.addAll(List.of("--dry-run=client", "-o", "json"));

    assertHasAll(kind, ours, JsonHttp.read(run(command).output()));
  }

  private static JsonNode ours(String kind) throws IOException {
    for (Object document : new Yaml().loadAll(Files.readString(KUBERNETES))) {
      JsonNode json = JsonHttp.JSON.valueToTree(document);
      if (json.path("kind").asText().equals(kind)) {
        return json;
      }
    }
    throw new AssertionError("no " + kind);
  }

  private String file(JsonNode document) throws IOException {
    return Files.writeString(directory.resolve("document.json"), document.toString()).toString();
  }

  private static void assertHasAll(String at, JsonNode ours, JsonNode theirs) {
    if (ours.isObject()) {
      ours.properties()
          .forEach(
              it -> assertHasAll(at + "/" + it.getKey(), it.getValue(), theirs.path(it.getKey())));
    } else if (ours.isArray()) {
      assertThat(theirs.size()).as(at).isEqualTo(ours.size());
      for (int i = 0; i < ours.size(); i++) {
        assertHasAll(at + "/" + i, ours.get(i), theirs.path(i));
      }
    } else {
      assertThat(theirs.asText()).as(at).isEqualTo(ours.asText());
    }
  }

  private record Run(int status, String output) {}

  private Run run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", directory.toString());
    Path none = Files.writeString(directory.resolve("none"), "apiVersion: v1\nkind: Config\n");
    builder.environment().put("KUBECONFIG", none.toString());
    builder.environment().put("POLYCERT_POSTGRESQL_PASSWORD", "fake-password-for-tests");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output);
  }
}
