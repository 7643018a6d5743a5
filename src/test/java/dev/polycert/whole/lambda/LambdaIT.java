package dev.polycert.whole.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentSandbox;
import dev.polycert.testing.OwnClasses;
import io.quarkus.funqy.Funq;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
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
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged artifact as Lambda runs it, every function in a process of its own. */
class LambdaIT {
  private static final String SECRET = TencentSandbox.CREDENTIALS.get("TENCENTCLOUD_SECRET_KEY");
  private static final byte[] APPLY =
      bytes("{\"domains\":[\"www.example.com\"],\"providers\":[\"tencent-ssl\"]}");

  /** What infra/environment.yml sets from the secret and from parameters. */
  private static final Pattern EMPTY =
      Pattern.compile("^  ([A-Z0-9_]+): .*(?:\\{\\{resolve:|\\$\\{param:)", Pattern.MULTILINE);

  @RegisterExtension static final RunningSandbox SANDBOX = TencentSandbox.create();

  @TempDir static Path temporary;
  private static Artifact artifact;

  @TempDir Path orders;

  @BeforeAll
  static void unpack() throws Exception {
    artifact = Artifact.unpack(temporary.resolve("task"));
  }

  static Stream<String> functions() {
    return OwnClasses.all()
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.isAnnotatedWith(Funq.class))
        .map(method -> method.getAnnotationOfType(Funq.class).value())
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void answersEverySenderInItsOwnWayAndSurvivesWhatItCannotRead(String name) throws Exception {
    try (LambdaFunction function = start(name)) {
      for (byte[] malformed : malformed()) {
        assertThat(function.invoke(malformed).failed()).isTrue();
      }
      for (String event : Events.names()) {
        RuntimeApi.Outcome outcome = function.invoke(bytes(Events.read(event).toString()));
        JsonNode answer = LambdaFunction.MAPPER.readTree(outcome.body());
        assertThat(outcome.body()).as(event).doesNotContain("Something unexpected");
        if (event.startsWith("api-gateway")) {
          assertThat(answer.path("statusCode").isInt()).as("%s: %s", event, answer).isTrue();
        } else if (event.equals("queue-batch")) {
          assertThat(answer.path("batchItemFailures").isArray()).as("%s", answer).isTrue();
        } else {
          assertThat(answer.has("statusCode")).as("%s: %s", event, answer).isFalse();
          assertThat(outcome.failed()).isEqualTo(answer.has("errorMessage"));
        }
      }
      JsonNode answer = function.answer(Events.http("GET", "/nothing", ""));
      assertThat(answer.path("statusCode").intValue()).isEqualTo(404);
      assertThat(function.log()).doesNotContain(SECRET);
    }
  }

  private static List<byte[]> malformed() {
    return List.of(
        new byte[0],
        new byte[] {(byte) 0xff, (byte) 0xfe, 0},
        bytes("{\"a\":"),
        bytes("[".repeat(5000)),
        bytes("\"text\""));
  }

  @Test
  void appliesAndReadsTheOrderFromTheNextInstance() throws Exception {
    ObjectNode event = Events.read("api-gateway-stage-base64");
    event.put("rawPath", "/prod/apply").put("body", Base64.getEncoder().encodeToString(APPLY));
    String order;
    try (LambdaFunction apply = start("apply")) {
      JsonNode answer = apply.answer(event);
      assertThat(answer.path("statusCode").intValue()).as("%s", answer).isEqualTo(200);
      JsonNode entry = Events.body(answer).at("/entries/0");
      assertThat(entry.path("state").textValue()).isEqualTo("PENDING_VALIDATION");
      order = entry.path("orderId").textValue();

      JsonNode again = apply.answer(LambdaFunction.MAPPER.readTree(APPLY));
      assertThat(again.at("/entries/0/orderId").textValue()).isEqualTo(order);
    }

    try (LambdaFunction orders = start("orders")) {
      JsonNode one = orders.answer(get("/orders/" + order));
      assertThat(Events.body(one).path("domain").textValue()).isEqualTo("www.example.com");
      JsonNode all = orders.answer(get("/orders"));
      assertThat(Events.body(all).findValuesAsText("id")).containsExactly(order);
    }
  }

  @Test
  void schedulesRunWhatIsDueAndPushedEventsAreOpened() throws Exception {
    try (LambdaFunction check = start("check-verification")) {
      for (String schedule : List.of("eventbridge-rule", "eventbridge-scheduler")) {
        assertThat(check.answer(Events.read(schedule)).path("orders").isArray()).isTrue();
      }
      for (String pushed : List.of("alidns", "dnspod", "dnspod-data-as-text", "huawei-dns")) {
        ObjectNode event =
            Events.http("POST", "/check-verification", Events.read(pushed).toString());
        JsonNode answer = check.answer(event);

        assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
        assertThat(Events.body(answer).findValuesAsText("field"))
            .as("what the event carries, not its envelope")
            .isNotEmpty()
            .doesNotContain("specversion");
      }
    }
  }

  @Test
  void writesItsLogAndItsMetricsAsJson() throws Exception {
    Map<String, String> environment = environment();
    environment.put("POLYCERT_LOG_JSON", "true");
    environment.put("POLYCERT_METRICS_EMF", "true");
    LambdaFunction ended;
    try (LambdaFunction apply = new LambdaFunction(artifact, "apply", environment, List.of())) {
      ended = apply;
      apply.answer(LambdaFunction.MAPPER.readTree(APPLY));

      List<JsonNode> lines = new ArrayList<>();
      for (String line : apply.log().lines().filter(text -> text.startsWith("{")).toList()) {
        lines.add(LambdaFunction.MAPPER.readTree(line));
      }
      assertThat(lines)
          .filteredOn(line -> line.path("state").asText().equals("PENDING_VALIDATION"))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.path("provider").asText()).isEqualTo("tencent-ssl");
                assertThat(line.path("orderId").asText()).startsWith("ord_");
                assertThat(line.path("vendorRequestId").asText()).isNotEmpty();
                assertThat(line.path("traceId").asText()).startsWith("1-00000000-");
              });
      assertThat(lines)
          .filteredOn(line -> line.has("_aws"))
          .extracting(line -> line.at("/_aws/CloudWatchMetrics/0/Metrics/0/Name").asText())
          .contains("Orders", "VendorCallTime", "TokenWait", "FanOutTime");
    }
    assertThat(ended.log()).as("up to its end").doesNotContain("LogManager error");
  }

  /**
   * Lambda takes the snapshot of an instance before it asks for its first event. It takes none of
   * an executable: SnapStart is for AWS's own runtimes.
   */
  @Test
  void startsFromASnapshot() throws Exception {
    Map<String, String> environment = environment();
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    try (LambdaFunction function = new LambdaFunction(artifact, "orders", environment, List.of())) {
      JsonNode answer = function.answer(get("/orders"));

      assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
      assertThat(function.asked())
          .startsWith(artifact.isNative() ? "invocation/next" : "restore/next");
    }
  }

  /** All members of the secret are there, and parameters have defaults. */
  @Test
  void takesWhatADeploymentLeavesEmptyAsNotSet() throws Exception {
    Map<String, String> environment = environment();
    Matcher left = EMPTY.matcher(Files.readString(Path.of("infra/environment.yml")));
    left.results().forEach(variable -> environment.put(variable.group(1), ""));
    assertThat(environment).containsEntry("POLYCERT_ACME_CA_MAIN_EAB_HMAC", "");
    environment.put("POLYCERT_VAULT_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    environment.put("POLYCERT_ACME_CA_MAIN_DIRECTORY", SANDBOX.uri("/no-directory").toString());
    try (LambdaFunction apply = new LambdaFunction(artifact, "apply", environment, List.of())) {
      JsonNode answer =
          apply.answer(
              LambdaFunction.MAPPER.readTree(
                  """
                  {"domains": ["www.example.com"], "providers": ["acme"], "dryRun": true}
                  """));

      assertThat(answer.at("/entries/0/error/code").textValue())
          .as("the CA was asked: %s", answer)
          .isEqualTo("HTTP.404");
    }
  }

  @Test
  void loadsNothingThatOnlySomeRequestsNeedBeforeItIsAsked() throws Exception {
    assumeThat(artifact.isNative()).as("a native executable loads no classes").isFalse();
    List<String> classLoading = List.of("-Xlog:class+load:stdout:tags");
    try (LambdaFunction function =
        new LambdaFunction(artifact, "apply", environment(), classLoading)) {

      assertThat(function.log()).contains(" dev.polycert.function.ApplyFunction ");
      assertThat(function.log().lines().filter(LambdaIT::isForSomeRequestsOnly)).isEmpty();
    }
  }

  /** Libraries and clients that take their time, and servers, which a Lambda never has. */
  private static boolean isForSomeRequestsOnly(String line) {
    return Stream.of(
            " com.google.common.",
            " com.ibm.icu.",
            " org.bouncycastle.",
            " org.h2.",
            " org.xbill.",
            // Quarkus prepares the client's builder at start; a client is made when it is needed.
            " software.amazon.awssdk.services.dynamodb.DefaultDynamoDbAsyncClient ",
            " io.vertx.core.http.impl.HttpServer",
            " io.vertx.core.datagram.impl.")
        .anyMatch(line::contains);
  }

  private LambdaFunction start(String name) throws Exception {
    return new LambdaFunction(artifact, name, environment(), List.of());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(TencentSandbox.CREDENTIALS);
    environment.put("POLYCERT_HTTP_ENDPOINT", SANDBOX.uri("").toString());
    environment.put("POLYCERT_STORE_PATH", orders.resolve("orders.mv").toString());
    return environment;
  }

  private static ObjectNode get(String path) throws IOException {
    ObjectNode event = Events.read("api-gateway-minimal");
    event.put("rawPath", path).withObject("/requestContext/http").put("path", path);
    return event;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
