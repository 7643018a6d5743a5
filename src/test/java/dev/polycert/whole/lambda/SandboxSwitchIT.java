package dev.polycert.whole.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that a caller says to the packaged artifact starts the emulated vendors, or reaches what
 * steers them. One process has both doors: the functions' and the HTTP server's.
 */
class SandboxSwitchIT {
  private static final String KEY = "fake-key-for-the-tests";
  private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+)");
  private static final String FAULT = "{\"provider\":\"tencent-ssl\",\"kind\":\"throttle\"}";
  private static final String APPLY = "\"domains\":[\"www.example.com\"],\"dryRun\":true";

  /** Headers that some framework or other takes settings from. */
  private static final String[] HEADERS = {
    "X-Polycert-Sandbox-Enabled", "true",
    "Polycert.Sandbox.Enabled", "true",
    "X-Sandbox", "on",
    "X-Quarkus-Profile", "dev",
    "X-Original-URL", "/_sandbox/reset",
    "X-HTTP-Method-Override", "PUT"
  };

  @RegisterExtension static final Resources RESOURCES = new Resources();
  @TempDir static Path temporary;
  private static Artifact artifact;
  private static List<Integer> ports;
  private static LambdaFunction function;
  private static URI door;

  @BeforeAll
  static void start() throws Exception {
    artifact = Artifact.unpack(temporary.resolve("task"));
    ports = freePorts();
    function = RESOURCES.add(function(Map.of()));
    Matcher listening = LISTENING.matcher(function.log());
    assertThat(listening.find()).as(function.log()).isTrue();
    door = URI.create(listening.group(1));
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        arguments("POST", "/_sandbox/faults", FAULT, 404),
        arguments("POST", "/_sandbox/reset", "{}", 404),
        arguments("PUT", "/_sandbox/settings", "{\"enabled\":true}", 404),
        arguments("GET", "/_sandbox/ledger", "", 404),
        arguments("POST", "/apply/../_sandbox/faults", FAULT, 404),
        arguments("POST", "/%5fsandbox/faults", FAULT, 404),
        arguments("POST", "/apply", "{" + APPLY + ",\"sandbox\":{\"enabled\":true}}", 400),
        arguments("POST", "/apply", "{" + APPLY + ",\"polycert.sandbox.enabled\":true}", 400),
        arguments("POST", "/apply", "{" + APPLY + ",\"quarkus.profile\":\"dev\"}", 400),
        arguments(
            "POST",
            "/apply?polycert.sandbox.enabled=true",
            "{" + APPLY + ",\"profile\":\"dev\"}",
            400),
        arguments("GET", "/orders?polycert.sandbox.enabled=true", "", 400),
        arguments("GET", "/orders?sandbox=true&quarkus.profile=dev", "", 400));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void noHttpRequestOpensIt(String method, String target, String body, int status)
      throws IOException {
    HttpResponse<String> answer = send(KEY, method, target, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(status == 400 ? "unknown" : "There is nothing at this path");
    assertNothingOpened();
  }

  @Test
  void noRequestWithoutTheKeyOpensIt() throws IOException {
    for (String target : List.of("/_sandbox/faults", "/_sandbox/reset", "/apply?sandbox=true")) {
      assertThat(send("none", "POST", target, FAULT).statusCode()).isEqualTo(401);
    }
    assertNothingOpened();
  }

  @Test
  void noHeaderOfAGoodRequestOpensIt() throws IOException {
    assertThat(send(KEY, "GET", "/health", "").statusCode()).isEqualTo(200);
    assertNothingOpened();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void noEventOfApiGatewayOpensIt(String method, String target, String body, int status)
      throws Exception {
    String[] parts = target.split("\\?", 2);
    ObjectNode event = Events.http(method, parts[0], body);
    ObjectNode query = event.putObject("queryStringParameters");
    if (parts.length > 1) {
      event.put("rawQueryString", parts[1]);
      for (String pair : parts[1].split("&")) {
        query.put(pair.split("=")[0], pair.split("=")[1]);
      }
    }
    event.putObject("stageVariables").put("polycert.sandbox.enabled", "true");
    event.putObject("sandbox").put("enabled", true);
    for (int i = 0; i < HEADERS.length; i += 2) {
      event.withObject("/headers").put(HEADERS[i], HEADERS[i + 1]);
    }

    JsonNode answer = function.answer(event);

    // This function has one route; all that is not on it is not there.
    int expected = target.startsWith("/orders") ? 404 : status;
    assertThat(answer.path("statusCode").intValue()).as("%s", answer).isEqualTo(expected);
    assertNothingOpened();
  }

  @Test
  void noDirectInvocationOpensIt() throws Exception {
    for (String event :
        List.of(
            "{\"sandbox\":{\"enabled\":true}}",
            "{" + APPLY + ",\"sandbox\":{\"enabled\":true}}",
            "{\"polycert.sandbox.enabled\":true}")) {
      assertThat(function.invoke(event.getBytes(StandardCharsets.UTF_8)).failed()).isTrue();
    }
    assertNothingOpened();
  }

  /** So the ports above are the right ones. */
  @Test
  void itsOwnEnvironmentOpensIt() throws Exception {
    try (LambdaFunction started = function(Map.of("POLYCERT_SANDBOX_ENABLED", "true"))) {
      assertThat(started.log()).contains("Sandbox: vendors on");
      for (int port : ports) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          assertThat(socket.isConnected()).isTrue();
        }
      }
    }
  }

  private static void assertNothingOpened() throws IOException {
    for (int port : ports) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        fail("somebody listens on " + socket.getPort());
      } catch (ConnectException nobody) {
        // As it should be.
      }
    }
    assertThat(function.log()).doesNotContain("Sandbox:");
  }

  private static HttpResponse<String> send(String key, String method, String target, String body) {
    String[] headers =
        Stream.concat(Stream.of("X-Api-Key", key), Stream.of(HEADERS)).toArray(String[]::new);
    return new JsonHttp(headers).send(method, URI.create(door + target), body);
  }

  private static LambdaFunction function(Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("POLYCERT_SANDBOX_PORT", "" + ports.get(0));
    environment.put("POLYCERT_SANDBOX_WEB_PORT", "" + ports.get(1));
    environment.put("POLYCERT_SANDBOX_DNS_PORT", "" + ports.get(2));
    environment.put("POLYCERT_SERVER_ENABLED", "true");
    environment.put("POLYCERT_SERVER_PORT", "0");
    environment.put("POLYCERT_SERVER_RENEW_EVERY", "0s");
    environment.put("POLYCERT_API_KEY", KEY);
    environment.put(
        "POLYCERT_STORE_PATH", temporary.resolve("orders" + more.size() + ".mv").toString());
    return new LambdaFunction(artifact, "apply", environment, List.of());
  }

  /** Three that nobody listens on now. */
  private static List<Integer> freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket two = new ServerSocket(0);
        ServerSocket three = new ServerSocket(0)) {
      return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
    }
  }
}
