package dev.polycert.function;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.order.use.Reports;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Resources;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers that API Gateway let in by a token, with the rights of its claims. */
class TokenCallersTest {
  private static final Map<String, String> SCOPES = Map.of("scopes-claim", "scope");
  private static final Map<String, String> LIMITS =
      Map.of("suffixes-claim", "domains", "accounts-claim", "accounts");

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  private JsonNode list(Map<String, String> oidc, Map<String, String> claims) {
    OrdersFunction orders =
        new OrdersFunction(
            Parts.invocation(oidc),
            desk.catalog,
            desk.book,
            desk.own,
            Reports.sorted(desk.book, Parts.CLOCK),
            Parts.MAPPER);
    return orders
        .orders(with(claims, Doors.http("GET", "/orders", "")))
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  private JsonNode apply(Map<String, String> oidc, Map<String, String> claims, String domain) {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, domain));
    ApplyFunction apply =
        new ApplyFunction(
            Parts.invocation(oidc),
            desk.catalog,
            Doors.VAULT,
            desk.apply,
            desk.own,
            Clock.systemUTC());
    String body = "{\"domains\": [\"%s\"], \"providers\": [\"vendor\"]}".formatted(domain);
    return apply
        .apply(with(claims, Doors.http("POST", "/apply", body)))
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  private static ObjectNode with(Map<String, String> claims, ObjectNode event) {
    ObjectNode context = (ObjectNode) event.get("requestContext");
    ObjectNode shown = context.putObject("authorizer").putObject("jwt").putObject("claims");
    claims.forEach(shown::put);
    return event;
  }

  private static int status(JsonNode answer) {
    return answer.path("statusCode").asInt();
  }

  @Test
  void aTokenMayDoWhatItsScopesSayAndTheHistoryNamesItsSubject() {
    Map<String, String> reader = Map.of("sub", "alice", "scope", "openid polycert:read");
    Map<String, String> applicant = Map.of("sub", "bob", "scope", "polycert:apply");

    assertThat(status(list(SCOPES, reader))).isEqualTo(200);
    JsonNode refused = apply(SCOPES, reader, "www.example.com");
    assertThat(status(refused)).isEqualTo(403);
    assertThat(Doors.body(refused).path("detail").asText()).contains("apply", "read");
    assertThat(status(list(SCOPES, applicant))).isEqualTo(403);
    assertThat(status(apply(SCOPES, applicant, "www.example.com")) / 100).isEqualTo(2);

    assertThat(desk.history(desk.latest("www.example.com").id()))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.by()).isEqualTo("subject bob"));
  }

  @Test
  void aClaimThatIsAListArrivesInBrackets() {
    Map<String, String> listed = Map.of("sub", "alice", "groups", "[staff polycert:read]");

    assertThat(status(list(Map.of("scopes-claim", "groups"), listed))).isEqualTo(200);
    assertThat(status(list(SCOPES, listed))).as("no scopes").isEqualTo(403);
  }

  @Test
  void aTokenReachesNothingBeyondItsLimits() {
    apply(Map.of(), Map.of("sub", "root"), "www.example.net");
    Map<String, String> team =
        Map.of(
            "sub", "alice",
            "scope", "polycert:read polycert:apply",
            "domains", "[example.com example.org]",
            "accounts", "vendor");

    assertThat(status(apply(LIMITS, team, "www.example.com")) / 100).isEqualTo(2);
    assertThat(status(apply(LIMITS, team, "shop.example.net"))).isEqualTo(403);
    assertThat(Doors.body(list(LIMITS, team)).path("orders"))
        .extracting(order -> order.path("domain").asText())
        .containsExactly("www.example.com");
  }

  @Test
  void aTokenWithoutAClaimThatIsNamedIsRefused() {
    Map<String, String> lacks = Map.of("sub", "alice", "scope", "polycert:read");

    JsonNode answer = list(LIMITS, lacks);

    assertThat(status(answer)).isEqualTo(403);
    assertThat(Doors.body(answer).path("detail").asText()).contains("lacks a claim");
    assertThat(status(list(SCOPES, Map.of("scope", "polycert:read")))).as("no sub").isEqualTo(403);
    assertThat(status(list(LIMITS, Map.of("sub", "root", "scope", "polycert:admin"))))
        .isEqualTo(200);
  }

  @Test
  void whereNoClaimIsNamedEveryCallerMayDoEverything() {
    JsonNode answer = apply(Map.of(), Map.of("sub", "alice"), "www.example.com");

    assertThat(status(answer) / 100).isEqualTo(2);
    assertThat(desk.history(desk.latest("www.example.com").id()))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.by()).isEqualTo("subject alice"));
  }
}
