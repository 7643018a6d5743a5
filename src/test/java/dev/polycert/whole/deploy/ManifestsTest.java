package dev.polycert.whole.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.testing.JsonHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The compose file and the manifests, as far as that goes without an engine. */
class ManifestsTest {
  private static final Path COMPOSE = Path.of("deploy/compose/compose.yml");
  private static final Path KUBERNETES = Path.of("deploy/kubernetes/polycert.yml");
  private static final Pattern VARIABLE = Pattern.compile("POLYCERT_[A-Z0-9_]+");

  private static List<JsonNode> documents(Path file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    new Yaml()
        .loadAll(Files.readString(file))
        .forEach(document -> documents.add(JsonHttp.JSON.valueToTree(document)));
    return documents;
  }

  private static Map<String, JsonNode> kinds() throws IOException {
    Map<String, JsonNode> kinds = new HashMap<>();
    documents(KUBERNETES).forEach(document -> kinds.put(document.at("/kind").asText(), document));
    return kinds;
  }

  @Test
  void everyVariableIsOneThatIsRead() throws IOException {
    String read = Files.readString(Path.of("infra/environment.yml"));
    for (Path file : List.of(COMPOSE, KUBERNETES)) {
      assertThat(VARIABLE.matcher(Files.readString(file)).results().map(it -> it.group()))
          .as("%s", file)
          .isNotEmpty()
          .allSatisfy(name -> assertThat(read).containsPattern("\\b" + name + "\\b"));
    }
  }

  @Test
  void theComposeFileRunsTwoProcessesThatShareTheDatabaseAndTheLimits() throws IOException {
    JsonNode compose = documents(COMPOSE).getFirst();
    JsonNode services = compose.get("services");

    assertThat(services.get("polycert-1")).isEqualTo(services.get("polycert-2"));
    JsonNode polycert = services.get("polycert-1");
    assertThat(Path.of("deploy/compose").resolve(polycert.at("/build/context").asText()))
        .exists()
        .satisfies(
            context ->
                assertThat(context.resolve(polycert.at("/build/dockerfile").asText())).exists());
    assertThat(polycert.at("/environment/POLYCERT_STORE_KIND").asText()).isEqualTo("postgresql");
    assertThat(polycert.at("/environment/POLYCERT_RATE_KIND").asText()).isEqualTo("postgresql");
    assertThat(polycert.at("/environment/POLYCERT_POSTGRESQL_URL").asText())
        .startsWith(
            "postgresql://database:5432/"
                + services.at("/database/environment/POSTGRES_DB").asText());
    for (JsonNode service : services) {
      assertNamed(service.path("networks"), compose.get("networks"));
      assertNamed(service.path("secrets"), compose.get("secrets"));
    }
    assertThat(services.at("/database/ports").isMissingNode()).isTrue();
    assertThat(Files.readString(Path.of("deploy/compose/proxy.conf")))
        .contains("server polycert-1:8080", "server polycert-2:8080", "listen 8443 ssl");
  }

  private static void assertNamed(JsonNode names, JsonNode there) {
    names.forEach(name -> assertThat(there.has(name.asText())).as("%s", name).isTrue());
  }

  @Test
  void whatBelongsToThePodsSelectsThem() throws IOException {
    Map<String, JsonNode> kinds = kinds();
    assertThat(kinds)
        .containsOnlyKeys(
            "Secret", "ConfigMap", "Deployment", "Service", "PodDisruptionBudget", "NetworkPolicy");
    JsonNode labels = kinds.get("Deployment").at("/spec/template/metadata/labels");
    Stream.of(
            kinds.get("Deployment").at("/spec/selector/matchLabels"),
            kinds.get("Service").at("/spec/selector"),
            kinds.get("PodDisruptionBudget").at("/spec/selector/matchLabels"),
            kinds.get("NetworkPolicy").at("/spec/podSelector/matchLabels"))
        .forEach(selector -> assertThat(selector).isEqualTo(labels));
    assertThat(kinds.get("NetworkPolicy").at("/spec").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("podSelector", "policyTypes", "ingress", "egress");
    assertThat(kinds.get("Deployment").at("/spec/replicas").asInt()).isEqualTo(2);
  }

  @Test
  void probesAskForAPathThatTheServerHasAtItsPort() throws IOException {
    JsonNode container = kinds().get("Deployment").at("/spec/template/spec/containers/0");
    String server = "";
    for (String file : List.of("Front", "Instruments")) {
      server += Files.readString(Path.of("src/main/java/dev/polycert/server/" + file + ".java"));
    }
    String image = Files.readString(Path.of("deploy/Containerfile"));

    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      JsonNode get = container.at("/" + probe + "/httpGet");
      assertThat(server).contains('"' + get.get("path").asText() + '"');
      assertThat(get.get("port").asText()).isEqualTo(container.at("/ports/0/name").asText());
    }
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
    assertThat(container.at("/livenessProbe/httpGet/path").asText())
        .as("no restart mends the database")
        .isEqualTo("/health/live");
    assertThat(image).contains("EXPOSE " + container.at("/ports/0/containerPort").asText());
    assertThat(image).contains("USER 65532:65532");
    assertThat(
            kinds().get("Deployment").at("/spec/template/spec/securityContext/runAsUser").asInt())
        .isEqualTo(65532);
  }
}
