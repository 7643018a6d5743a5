package dev.polycert.whole.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.VendorServer;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the command {@code deploy/polycert} sends: it can say all that the API takes. */
@RequiresPrograms({"curl", "dash"})
class CommandRequestsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "{\"to\": \"file\", \"directory\": \"www\"}";

  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer server = resources.add(new VendorServer());
  @TempDir private Path directory;

  /**
   * A route with commands that together send each member of its request. A person adds each new
   * member here, and an option for it to the command.
   */
  private record Sent(String path, List<List<String>> commands) {
    static Sent by(String path, String... commands) {
      return new Sent(
          path, Stream.of(commands).map(command -> List.of(command.split("\\|"))).toList());
    }

    @Override
    public String toString() {
      return path;
    }
  }

  static Stream<Sent> routes() {
    return Stream.of(
        Sent.by(
            "/apply",
            "apply|a.example|--provider|acme|--strategy|FIRST|--validation|DNS|--key-algorithm"
                + "|EC_P256|--label|l|--provider-options|{\"acme\": {\"profile\": \"tlsserver\"}}"
                + "|--information|INFORMATION|--deliver|"
                + FILE
                + "|--reissue|--reissue-before|2026-11-30T00:00:00Z|--dry-run"),
        Sent.by("/check-verification", "check|ord_0", "check|a.example", "check|--due"),
        Sent.by("/submit-information", "submit|ord_0|--information|INFORMATION|ord_1"),
        Sent.by("/cancel", "cancel|ord_0|--action|REVOKE|--reason|KEY_COMPROMISE|ord_1"),
        Sent.by(
            "/deliver", "deliver|ord_0|--deliver|" + FILE + "|--remove|{\"to\": \"file\"}|--retry"),
        Sent.by("/adopt", "adopt|--provider|acme|--renew|--cursor|acme=a=b|--cursor|x=y"),
        Sent.by("/delegations", "delegations|a.example|b.example|--provider|acme"));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void eachMemberOfARequestHasAnOption(Sent sent) throws Exception {
    String help = run("help").said;
    Set<String> members = new TreeSet<>();
    for (List<String> command : sent.commands) {
      members.addAll(sent(sent.path, command).propertyStream().map(Map.Entry::getKey).toList());
      assertThat(help).contains("  " + command.getFirst() + " ");
      command.stream()
          .filter(argument -> argument.startsWith("--"))
          .forEach(option -> assertThat(help).contains(option));
    }

    assertThat(members).isEqualTo(described(sent.path));
  }

  private static Set<String> described(String path) throws IOException {
    try (InputStream description = CommandRequestsTest.class.getResourceAsStream("/openapi.json")) {
      JsonNode root = JSON.readTree(description);
      String schema =
          root.path("paths")
              .path(path)
              .at("/post/requestBody/content/application~1json/schema/$ref")
              .asText();
      JsonNode properties = root.at(schema.substring(1)).path("properties");
      return new TreeSet<>(properties.propertyStream().map(Map.Entry::getKey).toList());
    }
  }

  private JsonNode sent(String path, List<String> command) throws Exception {
    Path information = directory.resolve("information.json");
    Files.writeString(information, "{\n  \"organization\": {\"name\": \"Example\"}\n}\n");
    server.thenJson(200, "{\"entries\": [], \"orders\": []}");
    int before = server.seen().size();

    Ran ran =
        run(
            command.stream()
                .map(it -> it.equals("INFORMATION") ? information.toString() : it)
                .toArray(String[]::new));

    assertThat(ran.status).as(ran.said).isZero();
    VendorServer.Seen seen = server.seen().get(before);
    assertThat(seen.method() + " " + seen.uri()).isEqualTo("POST " + path);
    return JSON.readTree(seen.body());
  }

  @Test
  void whatIsGivenIsWhatIsSent() throws Exception {
    assertThat(
            sent(
                "/apply",
                List.of(
                    "apply",
                    "a.example",
                    "--information",
                    "INFORMATION",
                    "b.example",
                    "--deliver",
                    FILE,
                    "--deliver",
                    "{\"to\": \"kubernetes\"}",
                    "--reissue-before",
                    "2026-11-30T00:00:00Z")))
        .isEqualTo(
            JSON.readTree(
                """
                {"domains": ["a.example", "b.example"],
                 "information": {"organization": {"name": "Example"}},
                 "reissueBefore": "2026-11-30T00:00:00Z",
                 "deliver": [{"to": "file", "directory": "www"}, {"to": "kubernetes"}]}
                """));
    assertThat(sent("/cancel", List.of("cancel", "ord_0", "--reason", "SUPERSEDED", "ord_1")))
        .isEqualTo(
            JSON.readTree("{\"orders\": [\"ord_0\", \"ord_1\"], \"reason\": \"SUPERSEDED\"}"));
    assertThat(sent("/adopt", List.of("adopt", "--cursor", "aws-acm=a=b")))
        .isEqualTo(JSON.readTree("{\"cursors\": {\"aws-acm\": \"a=b\"}}"));
    assertThat(sent("/deploy", List.of("post", "/deploy", "INFORMATION")))
        .isEqualTo(JSON.readTree("{\"organization\": {\"name\": \"Example\"}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          0; CANCELLED; cancel|ord_0; {"orders": [{"orderId": "ord_0", "state": "CANCELLED", "done": true}]}
          1; no such; cancel|ord_0; {"orders": [{"orderId": "ord_0", "error": {"code": "Order.Unknown", "message": "no such", "retryable": false}}]}
          1; missing: organization.name; submit|ord_0|--information|/dev/null; {"orders": [{"orderId": "ord_0", "missing": ["organization.name"]}]}
          1; deliver to file: full; deliver|ord_0; {"orders": [{"orderId": "ord_0", "state": "ISSUED", "deliveries": [{"to": "file", "error": {"code": "Disk", "message": "full"}}]}]}
          1; Locked; adopt; {"providers": [{"provider": "acme", "items": [], "error": {"code": "Locked", "message": "no"}}]}
          0; refused; adopt; {"providers": [{"provider": "acme", "items": [{"domain": "a.example", "message": "refused"}]}]}
          """)
  void anAnswerIsShownAndItsFailureIsTheExitStatus(
      int status, String says, String command, String answer) throws Exception {
    server.thenJson(200, answer);

    Ran ran = run(command.split("\\|"));

    assertThat(ran.said).contains(says);
    assertThat(ran.status).as(ran.said).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "needs --information, submit|ord_0",
    "No such file, submit|ord_0|--information|/nowhere",
    "No such file, apply|a.example|--information|/nowhere",
    "cancel needs orders, cancel|--reason|SUPERSEDED",
    "--reason needs a value, cancel|ord_0|--reason",
    "deliver has no option --to, deliver|ord_0|--to|file",
    "PROVIDER=CURSOR, adopt|--cursor|acme",
    "delegations needs names, delegations|--provider|acme",
    "or --due, check|--due|ord_0",
    "is no path, post|orders|/dev/null",
    "is no path, post|/orders?x|/dev/null",
    "post needs a path and a file, post|/deploy"
  })
  void aMistakeIsSaidByNameAndNothingIsSent(String says, String command) throws Exception {
    Ran ran = run(command.split("\\|"));

    assertThat(ran.said).contains(says);
    assertThat(ran.status).isNotZero();
    assertThat(server.seen()).isEmpty();
  }

  /** What a run said, on either output, and its exit status. */
  private record Ran(String said, int status) {}

  private Ran run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("dash", "deploy/polycert"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("POLYCERT_URL", server.uri().toString());
    builder.environment().remove("POLYCERT_API_KEY");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ran(said, process.waitFor());
  }
}
