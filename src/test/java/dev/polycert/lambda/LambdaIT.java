package dev.polycert.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentSandbox;
import io.quarkus.funqy.Funq;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged artifact as Lambda runs it, every function in a process of its own. */
class LambdaIT {
  private static final String DOMAINS = "{\"domains\":[\"www.example.com\"]}";
  private static final String CHECK = "/check-verification";

  @RegisterExtension static final RunningSandbox SANDBOX = TencentSandbox.create();

  @TempDir static Path temporary;
  private static Artifact artifact;

  @TempDir Path orders;

  @BeforeAll
  static void unpack() throws Exception {
    artifact = Artifact.unpack(temporary.resolve("task"));
  }

  static Stream<String> functions() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.polycert.function");
    return classes.stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.isAnnotatedWith(Funq.class))
        .map(method -> method.getAnnotationOfType(Funq.class).value())
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void answersEverySenderInItsOwnWayAndSurvives(String name) throws Exception {
    try (LambdaFunction function = start(name)) {
      for (String event : Events.names()) {
        RuntimeApi.Outcome outcome =
            function.invoke(Events.read(event).toString().getBytes(StandardCharsets.UTF_8));
        JsonNode answer = LambdaFunction.MAPPER.readTree(outcome.body());
        if (event.startsWith("api-gateway")) {
          assertThat(answer.path("statusCode").isInt()).as("%s: %s", event, answer).isTrue();
        } else if (event.equals("queue-batch")) {
          assertThat(answer.path("batchItemFailures").isArray()).as("%s", answer).isTrue();
        } else {
          assertThat(answer.has("statusCode")).as("%s: %s", event, answer).isFalse();
          assertThat(outcome.failed()).isEqualTo(answer.has("errorMessage"));
        }
        assertThat(outcome.body()).as(event).doesNotContain("Something unexpected");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void reportsWhatItCannotReadAndAnswersTheNext(String name) throws Exception {
    try (LambdaFunction function = start(name)) {
      for (byte[] malformed :
          List.of(
              new byte[0],
              new byte[] {(byte) 0xff, (byte) 0xfe, 0},
              "{\"a\":".getBytes(StandardCharsets.UTF_8),
              "[".repeat(5000).getBytes(StandardCharsets.UTF_8),
              "\"text\"".getBytes(StandardCharsets.UTF_8))) {
        assertThat(function.invoke(malformed).failed()).isTrue();
      }

      JsonNode answer = function.answer(Events.http("GET", "/nothing", ""));

      assertThat(answer.path("statusCode").intValue()).isEqualTo(404);
      assertThat(function.log()).doesNotContain("fake-secret-key-for-tests-only");
    }
  }

  @Test
  void appliesAndReadsTheOrderFromTheNextInstance() throws Exception {
    ObjectNode event = Events.read("api-gateway-stage-base64");
    event.put("rawPath", "/prod/apply");
    event.put(
        "body", base64("{\"domains\":[\"www.example.com\"],\"providers\":[\"tencent-ssl\"]}"));
    String order;
    try (LambdaFunction apply = start("apply")) {
      JsonNode answer = apply.answer(event);
      assertThat(answer.path("statusCode").intValue()).as("%s", answer).isEqualTo(200);
      JsonNode entry = Events.body(answer).at("/entries/0");
      assertThat(entry.path("state").textValue()).isEqualTo("PENDING_VALIDATION");
      order = entry.path("orderId").textValue();

      JsonNode again = apply.answer(LambdaFunction.MAPPER.readTree(DOMAINS));
      assertThat(again.at("/entries").findValuesAsText("orderId")).contains(order);
    }

    try (LambdaFunction orders = start("orders")) {
      JsonNode one =
          orders.answer(withPath(Events.read("api-gateway-minimal"), "/orders/" + order));
      assertThat(Events.body(one).at("/order/domain").textValue()).isEqualTo("www.example.com");
      JsonNode all = orders.answer(withPath(Events.read("api-gateway-minimal"), "/orders"));
      assertThat(Events.body(all).findValuesAsText("id")).contains(order);
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void schedulesOfBothKindsRunWhatIsDue(String event) throws Exception {
    try (LambdaFunction check = start("check-verification")) {
      assertThat(check.answer(Events.read(event)).path("orders").isArray()).isTrue();
    }
  }

  static Stream<String> schedules() {
    return Stream.of("eventbridge-rule", "eventbridge-scheduler");
  }

  @ParameterizedTest
  @MethodSource("pushed")
  void cloudEventsComeInHttpBodies(String event) throws Exception {
    try (LambdaFunction check = start("check-verification")) {
      JsonNode answer = check.answer(Events.http("POST", CHECK, Events.read(event).toString()));

      assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
      assertThat(Events.body(answer).path("errors")).isNotEmpty();
    }
  }

  static Stream<String> pushed() {
    return Stream.of("alidns", "dnspod", "dnspod-data-as-text", "huawei-dns", "huawei-dns-batch");
  }

  /** Lambda takes the snapshot of an instance before it asks for its first event. */
  @Test
  void startsFromASnapshot() throws Exception {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    try (LambdaFunction function = new LambdaFunction(artifact, "orders", environment, List.of())) {
      JsonNode answer = function.answer(withPath(Events.read("api-gateway-minimal"), "/orders"));

      assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
      assertThat(function.asked()).startsWith("restore/next", "invocation/next");
    }
  }

  @Test
  void startsNeitherServerNorSandbox() throws Exception {
    try (LambdaFunction function =
        new LambdaFunction(
            artifact, "orders", environment(), List.of("-Xlog:class+load:stdout:tags"))) {
      function.answer(withPath(Events.read("api-gateway-minimal"), "/orders"));

      assertThat(function.log().lines().filter(line -> line.contains(" dev.polycert.")).sorted())
          .containsExactly("");
    }
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

  private static ObjectNode withPath(ObjectNode event, String path) {
    event.put("rawPath", path);
    event.withObject("/requestContext/http").put("path", path);
    return event;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
