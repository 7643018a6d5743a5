package dev.polycert.vendor.kubernetes;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.VendorServer;
import dev.polycert.deliver.Deliveries;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kubernetes' own client asks for the same. */
@QuarkusTest
@RequiresPrograms("kubectl")
class KubernetesJudgeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** More than the client asks before it applies. */
  private static final int MOST_CALLS = 20;

  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer server = resources.add(new VendorServer());

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void kubectlAppliesTheSameSecretTheSameWay(boolean force) throws Exception {
    for (int i = 0; i < MOST_CALLS; i++) {
      server.then(KubernetesJudgeTest::answer);
    }
    new Deliveries(
            Kubernetes.at(server.uri(), null, resources.vertx()),
            Map.of("namespace", "web", "name", "www", "force", String.valueOf(force)))
        .delivered(issued("www.example.com"), null);
    VendorServer.Seen ours = server.seen().getLast();

    kubectl(ours.body(), force);

    VendorServer.Seen theirs = server.seen().getLast();
    assertThat(ours.method()).isEqualTo(theirs.method()).isEqualTo("PATCH");
    assertThat(path(ours)).isEqualTo(path(theirs));
    assertThat(ours.headers().get("content-type")).isEqualTo(theirs.headers().get("content-type"));
    assertThat(JSON.readTree(ours.body())).isEqualTo(JSON.readTree(theirs.body()));
    TreeSet<String> query = query(ours);
    // What it says besides is what holds without it.
    query.add("force=" + force);
    query.addAll(query(theirs).stream().filter(it -> it.startsWith("fieldValid")).toList());
    assertThat(query).isEqualTo(query(theirs));
  }

  private static String path(VendorServer.Seen seen) {
    return seen.uri().replaceFirst("\\?.*", "");
  }

  private static TreeSet<String> query(VendorServer.Seen seen) {
    return new TreeSet<>(List.of(seen.uri().replaceFirst(".*\\?", "").split("&")));
  }

  private void kubectl(String secret, boolean force) throws Exception {
    Path home = resources.directory();
    Path file = Files.writeString(home.resolve("secret.json"), secret);
    List<String> command =
        new ArrayList<>(
            List.of(
                "kubectl",
                "--server=" + server.uri(),
                "--cache-dir=" + home.resolve("cache"),
                "--kubeconfig=" + kubeconfig(home),
                "apply",
                "--server-side",
                "--field-manager=polycert",
                "--force-conflicts=" + force,
                "--validate=false",
                "-f",
                file.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    Process process = builder.start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
  }

  private static Path kubeconfig(Path home) throws Exception {
    return Files.writeString(
        home.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        users: [{name: polycert, user: {}}]
        clusters: [{name: test, cluster: {server: "http://127.0.0.1"}}]
        contexts: [{name: test, context: {cluster: test, user: polycert}}]
        current-context: test
        """);
  }

  private static void answer(HttpServerRequest request) {
    String path = request.path();
    String json =
        switch (path) {
          case "/version" -> "{\"major\":\"1\",\"minor\":\"32\",\"gitVersion\":\"v1.32.0\"}";
          case "/api" -> "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}";
          case "/apis" -> "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[]}";
          case "/api/v1" ->
              """
              {"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"secrets",
              "singularName":"secret","namespaced":true,"kind":"Secret","verbs":["get","patch"]}]}
              """;
          default -> Kubernetes.answer("applySecret.applied");
        };
    request.response().putHeader("Content-Type", "application/json").end(json);
  }
}
