package dev.polycert.function;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.HttpRouter;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Parts;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Order;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.testing.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every route with every scope, for orders of the caller's own and of others. */
class AccessTest {
  private static final List<String> BY_ORDERS =
      List.of("/cancel", "/check-served", "/check-verification", "/deploy", "/submit-information");

  private static final List<String> WHOLE = List.of("/dns-changed", "/renew");

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final ScriptedProvider second = new ScriptedProvider("second");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor, second));
  private final List<Operation> operations = DeskDoors.of(desk);

  /**
   * A caller with every scope but admin, limited to names below example.com and to its accounts.
   */
  private final Principal team =
      new Principal(
          "team",
          Set.of(Scope.READ, Scope.APPLY, Scope.DELIVER, Scope.EXPORT_KEY),
          List.of(DomainName.parse("example.com")),
          List.of("vendor", desk.deliverer.service().id()));

  private final Principal byDomain =
      new Principal("domain", team.scopes(), team.suffixes(), List.of());
  private final Principal byAccount =
      new Principal("account", team.scopes(), List.of(), List.of("vendor"));

  private Order own;
  private Order foreign;
  private Order elsewhere;

  @BeforeEach
  void orders() {
    vendor.export = exported("fake-private-key");
    own = pending(vendor, "vendor", "www.example.com");
    foreign = pending(vendor, "vendor", "www.example.net");
    elsewhere = pending(second, "second", "www.example.com");
  }

  private Order pending(ScriptedProvider at, String id, String domain) {
    at.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, domain));
    desk.advance(Duration.ofSeconds(1));
    return desk.applyAt(id, domain);
  }

  @Test
  void everyRouteNeedsWhatTheTableSays() {
    assertThat(routes()).containsExactlyInAnyOrderEntriesOf(DeskDoors.SCOPES);
  }

  private Map<String, Scope> routes() {
    Map<String, Scope> routes = new LinkedHashMap<>();
    operations.stream()
        .flatMap(operation -> operation.routes().stream())
        .forEach(route -> routes.put(route.method() + " " + route.path(), route.scope()));
    return routes;
  }

  @Test
  void aRouteIsOpenToItsScopeAndToAdministratorsAlone() {
    for (Operation operation : operations) {
      for (Route route : operation.routes()) {
        for (Scope scope : Scope.values()) {
          Principal caller = new Principal("one", Set.of(scope), List.of(), List.of());
          // Wrong in every reader, so that nothing is done where the caller gets in.
          int status = call(caller, route.method(), route.path(), "{\"?\": 0}").status();

          boolean in = scope == route.scope() || scope == Scope.ADMIN;
          assertThat(status == 403).as("%s with %s", route, scope).isEqualTo(!in);
        }
        Principal none = new Principal("none", Set.of(), List.of(), List.of());
        assertThat(call(none, route.method(), route.path(), "{}").status())
            .as("%s", route)
            .isEqualTo(403);
      }
    }
  }

  @Test
  void aForeignOrderIsToItsCallerAsOneThatIsNotThere() {
    for (String path : BY_ORDERS) {
      for (Order other : List.of(foreign, elsewhere)) {
        JsonNode entry =
            json(call(team, "POST", path, "{\"orders\": [\"" + other.id() + "\"]" + more(path)))
                .at("/orders/0");

        assertThat(entry.at("/error/code").asText()).as(path).isEqualTo("Order.Unknown");
        assertThat(entry.has("domain") || entry.has("state")).as(path).isFalse();
      }
    }
    assertThat(desk.find(foreign.id())).isEqualTo(foreign);
    assertThat(desk.find(elsewhere.id())).isEqualTo(elsewhere);
    assertThat(call(team, "GET", "/orders/" + foreign.id(), "").body())
        .isEqualTo(
            call(team, "GET", "/orders/ord_" + "0".repeat(32), "")
                .body()
                .replace("ord_" + "0".repeat(32), foreign.id().value()));
    assertThat(export(team, foreign).status()).isEqualTo(404);
    assertThat(export(team, own).status()).isEqualTo(409);
  }

  private static String more(String path) {
    return path.equals("/submit-information")
        ? ", \"information\": {\"organization\": {\"name\": \"Example\"}}}"
        : "}";
  }

  @Test
  void aMemberOfABatchThatIsForeignChangesNothingForTheOthers() {
    JsonNode orders =
        json(call(
                team,
                "POST",
                "/cancel",
                "{\"orders\": [\"%s\", \"%s\"], \"action\": \"REVOKE\"}"
                    .formatted(foreign.id(), own.id())))
            .path("orders");

    assertThat(orders.at("/0/error/code").asText()).isEqualTo("Order.Unknown");
    assertThat(orders.at("/1/orderId").asText()).isEqualTo(own.id().value());
    assertThat(orders.at("/1/error/code").asText()).isEqualTo("Conflict");
  }

  @Test
  void aListShowsItsCallersOwnOrdersAlone() {
    assertThat(listed(team)).containsExactly(own.id().value());
    assertThat(listed(byDomain)).containsExactly(own.id().value(), elsewhere.id().value());
    assertThat(listed(byAccount)).containsExactly(own.id().value(), foreign.id().value());
    assertThat(listed(Principal.PROCESS)).hasSize(3);
    assertThat(ids(json(call(team, "GET", "/orders?domain=www.example.net", "")))).isEmpty();
  }

  @Test
  void aSortedListAndASummaryHaveTheirCallersOwnOrdersAlone() {
    assertThat(ids(json(call(team, "GET", "/orders?sort=-domain", ""))))
        .containsExactly(own.id().value());
    assertThat(ids(json(call(Principal.PROCESS, "GET", "/orders?sort=-domain", "")))).hasSize(3);
    JsonNode summary = json(call(team, "GET", "/orders/summary", ""));
    assertThat(summary.path("orders").asInt()).isEqualTo(1);
    assertThat(summary.path("providers").properties()).hasSize(1);
    assertThat(json(call(byAccount, "GET", "/orders/summary", "")).path("orders").asInt())
        .isEqualTo(2);
  }

  @Test
  void aPageWithoutAnythingOfTheCallersIsPassedOver() {
    JsonNode first = json(call(byDomain, "GET", "/orders?limit=1", ""));
    JsonNode next =
        json(call(byDomain, "GET", "/orders?limit=1&cursor=" + first.path("next").asText(), ""));

    assertThat(ids(first)).containsExactly(own.id().value());
    assertThat(ids(next)).containsExactly(elsewhere.id().value());
  }

  @Test
  void nothingIsAppliedForBeyondTheLimits() {
    assertRefused(team, "/apply", domains("www.example.com", "www.example.net"), "domains");
    assertRefused(team, "/apply", domains("notexample.com"), "domains");
    assertRefused(
        team,
        "/apply",
        "{\"domains\": [\"a.example.com\"], \"providers\": [\"second\"]}",
        "providers");
    assertRefused(team, "/apply", "{\"domains\": [\"a.example.com\"]}", "providers");
    assertThat(desk.all()).hasSize(3);
  }

  @Test
  void aCertificateThatIsForNamesOfOthersAsWellIsNotTheCallers() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, issued("c9", desk.now().plus(Duration.ofDays(90)), "www.example.net"));
    Order shared = desk.applyAt("vendor", "shop.example.com");

    assertThat(call(team, "GET", "/orders/" + shared.id(), "").status()).isEqualTo(404);
    assertThat(export(team, shared).status()).isEqualTo(404);
    assertRefused(
        team,
        "/apply",
        "{\"domains\": [\"shop.example.com\"], \"providers\": [\"vendor\"], \"deliver\": [%s]}"
            .formatted("{\"to\": \"" + desk.deliverer.service().id() + "\"}"),
        "domains");
    assertThat(desk.find(shared.id())).isEqualTo(shared);
  }

  @Test
  void nothingIsAskedOfForeignDomainsOrHosts() {
    assertRefused(team, "/delegations", domains("www.example.net"), "domains");
    assertRefused(team, "/check-verification", "{\"domains\": [\"www.example.net\"]}", "domains");
    assertRefused(team, "/check-verification", "{\"due\": true}", "due");
    for (String host :
        List.of(
            "www.example.net",
            "169.254.169.254:80",
            "[::1]:8080",
            "www.example.com@10.0.0.1:443")) {
      assertRefused(team, "/check-served", "{\"hosts\": [\"" + host + "\"]}", "hosts");
    }
    assertRefused(team, "/adopt", "{\"providers\": [\"second\"]}", "providers");
    assertRefused(byAccount, "/adopt", "{\"providers\": [\"second\"]}", "providers");
  }

  @Test
  void ofAnAccountOnlyWhatIsTheCallersOwnIsAdopted() {
    inventory(
        item("own", "shop.example.com"),
        item("spelled", "SHOP2.Example.COM", "shop2.example.com"),
        item("foreign", "secret.example.net"),
        item("shared", "mine.example.com", "mine.example.com", "secret.example.net"),
        item("shared2", "secret.example.net", "mine.example.com"),
        item("unread", "cut.example.com").losing(List.of("the names that the list does not show")),
        item("noname", "secret name"),
        item("empty", ""));

    HttpRouter.Reply reply =
        call(team, "POST", "/adopt", "{\"providers\": [\"vendor\"], \"renew\": true}");

    JsonNode account = json(reply).at("/providers/0");
    assertThat(account.path("items").findValuesAsText("certificateId"))
        .containsExactly("own", "spelled");
    assertThat(account.path("counts").toString()).isEqualTo("{\"ADOPTED\":2}");
    assertThat(reply.body()).doesNotContain("secret", "cut");
    assertThat(desk.all()).hasSize(5);
    assertThat(listed(team)).hasSize(3);
    assertThat(
            json(call(Principal.PROCESS, "POST", "/adopt", "{\"providers\": [\"vendor\"]}"))
                .at("/providers/0/items"))
        .hasSize(8);
  }

  @Test
  void whatIsPartOfAnOrderOfOthersIsRefusedWithoutTheOrder() {
    vendor
        .on(PREPARE, ready())
        .on(PLACE, issued("c9", desk.now().plus(Duration.ofDays(90)), "www.example.net"));
    Order shared = desk.applyAt("vendor", "shop.example.com");
    inventory(item("c9", "shop.example.com"), item("later", "shop.example.com"));

    HttpRouter.Reply reply = call(team, "POST", "/adopt", "{\"providers\": [\"vendor\"]}");

    assertThat(json(reply).at("/providers/0/items").findValuesAsText("fate"))
        .containsExactly("REFUSED", "REFUSED");
    assertThat(reply.body()).doesNotContain(shared.id().value(), "example.net");
    assertThat(desk.find(shared.id())).isEqualTo(shared);
    assertThat(desk.all()).hasSize(4);
  }

  @Test
  void theVendorsMessageAboutAnAccountIsNotForCallersOfSomeDomains() {
    vendor.pages.put(
        "null",
        Answer.refused(
            new VendorError(
                ErrorClass.FINAL, "SiteBroken", "secret.example.net is locked", "r1", null)));
    String body = "{\"providers\": [\"vendor\"]}";

    JsonNode error = json(call(team, "POST", "/adopt", body)).at("/providers/0/error");

    assertThat(error.path("code").asText()).isEqualTo("SiteBroken");
    assertThat(error.toString()).contains("r1").doesNotContain("secret");
    assertThat(call(byAccount, "POST", "/adopt", body).body()).contains("secret.example.net");
  }

  @Test
  void whatAnInventoryDoesNotShowIsNotedForWhoMaySeeTheWholeAccount() {
    vendor.pages.put("null", Answer.of(new Inventory(List.of(), null, "shows 3 of 5")));

    assertThat(json(call(byAccount, "POST", "/adopt", "{}")).at("/providers"))
        .singleElement()
        .satisfies(
            account -> {
              assertThat(account.path("provider").asText()).isEqualTo("vendor");
              assertThat(account.path("notes").path(0).asText()).isEqualTo("shows 3 of 5");
            });
    assertThat(call(team, "POST", "/adopt", "{}").body()).doesNotContain("3 of 5");
  }

  private void inventory(Inventory.Item... items) {
    vendor.pages.put("null", Answer.of(new Inventory(List.of(items), null)));
  }

  private static Inventory.Item item(String id, String domain, String... names) {
    return new Inventory.Item(
        domain, List.of(names), Reference.of("certificateId", id), Phase.ISSUED, null, "issued");
  }

  @Test
  void ofADomainOnlyTheOrdersAtTheCallersAccountsAreChecked() {
    vendor.on(ScriptedProvider.Call.CHECK, progress(Phase.PENDING_VALIDATION, "www.example.com"));

    JsonNode orders =
        json(call(team, "POST", "/check-verification", "{\"domains\": [\"www.example.com\"]}"))
            .path("orders");

    assertThat(orders.findValuesAsText("provider")).containsExactly("vendor");
    assertThat(second.calls).doesNotContain(ScriptedProvider.Call.CHECK);
  }

  @Test
  void certificatesGoToNoTargetThatIsNotTheCallers() {
    String target = "{\"to\": \"%s\"%s}";
    String deliverer = desk.deliverer.service().id();
    String add = "{\"orders\": [\"" + own.id() + "\"], \"deliver\": [%s]}";

    assertRefused(byDomain, "/deliver", add.formatted(target.formatted(deliverer, "")), "deliver");
    assertRefused(byAccount, "/deliver", add.formatted(target.formatted(deliverer, "")), "deliver");
    assertRefused(
        team,
        "/deliver",
        add.formatted(target.formatted(deliverer, ", \"serves\": [\"10.0.0.1:443\"]")),
        "deliver.serves");
    assertRefused(
        team,
        "/deliver",
        add.formatted(target.formatted(deliverer, ", \"serves\": [\"{domain}.example.net\"]")),
        "deliver.serves");
    Principal applies = new Principal("applies", Set.of(Scope.APPLY), List.of(), List.of());
    assertRefused(
        applies,
        "/apply",
        "{\"domains\": [\"a.example.com\"], \"providers\": [\"vendor\"], \"deliver\": [%s]}"
            .formatted(target.formatted(deliverer, "")),
        "deliver");
    assertRefused(byDomain, "/deploy", "{\"orders\": [\"" + own.id() + "\"]}", "deployOptions");
    assertThat(desk.find(own.id())).isEqualTo(own);
  }

  @Test
  void privateKeysNeedTheirOwnScope() {
    Principal reads = new Principal("reads", Set.of(Scope.READ), List.of(), List.of());

    assertThat(export(reads, own).status()).isEqualTo(403);
    assertThat(json(export(reads, own)).at("/errors/0/field").asText())
        .isEqualTo("includePrivateKey");
    assertThat(call(reads, "POST", "/export", "{\"order\": \"" + own.id() + "\"}").status())
        .isEqualTo(409);
  }

  @Test
  void whatIsForAllOrdersIsNotForLimitedCallers() {
    for (String path : WHOLE) {
      assertThat(call(team, "POST", path, "{}").status()).as(path).isEqualTo(403);
    }
  }

  @Test
  void aPullKeyReachesNoFurtherThanItsMaker() {
    assertRefused(team, "/pull-keys", "{\"domain\": \"www.example.net\"}", "domain");
    assertRefused(team, "/pull-keys", "{\"suffix\": \"example.net\"}", "suffix");
    String wide = pullKey(Principal.PROCESS);
    String ofTeam = pullKey(team);
    String ofDomain = pullKey(byDomain);

    assertThat(pullKeys(team)).containsExactly(ofTeam);
    assertThat(pullKeys(byDomain)).containsExactlyInAnyOrder(ofTeam, ofDomain);
    assertThat(pullKeys(byAccount)).isEmpty();
    assertThat(pullKeys(Principal.PROCESS)).containsExactlyInAnyOrder(wide, ofTeam, ofDomain);
    for (String other : List.of(wide, ofDomain)) {
      assertThat(json(call(team, "DELETE", "/pull-keys/" + other, "")).path("revoked").asBoolean())
          .isFalse();
    }
    assertThat(json(call(team, "DELETE", "/pull-keys/" + ofTeam, "")).path("revoked").asBoolean())
        .isTrue();
    assertThat(pullKeys(Principal.PROCESS)).containsExactlyInAnyOrder(wide, ofDomain);
  }

  private String pullKey(Principal maker) {
    return json(call(maker, "POST", "/pull-keys", "{\"suffix\": \"www.example.com\"}"))
        .path("id")
        .asText();
  }

  private List<String> pullKeys(Principal caller) {
    return json(call(caller, "GET", "/pull-keys", "")).path("pullKeys").findValuesAsText("id");
  }

  @Test
  void theProvidersAreThoseOfTheCaller() {
    JsonNode seen = json(call(team, "GET", "/providers", ""));

    assertThat(seen.path("providers").findValuesAsText("id")).containsExactly("vendor");
    assertThat(json(call(byDomain, "GET", "/providers", "")).path("deliverers")).isEmpty();
  }

  private static String domains(String... names) {
    return "{\"domains\": [%s], \"providers\": [\"vendor\"]}"
        .formatted(String.join(", ", Stream.of(names).map(name -> '"' + name + '"').toList()));
  }

  private void assertRefused(Principal caller, String path, String body, String field) {
    HttpRouter.Reply reply = call(caller, "POST", path, body);

    assertThat(reply.status()).as("%s %s: %s", path, body, reply.body()).isEqualTo(403);
    assertThat(json(reply).path("errors").findValuesAsText("field"))
        .as(reply.body())
        .contains(field);
  }

  private HttpRouter.Reply export(Principal caller, Order order) {
    return call(
        caller,
        "POST",
        "/export",
        "{\"order\": \"" + order.id() + "\", \"includePrivateKey\": true}");
  }

  private List<String> listed(Principal caller) {
    return ids(json(call(caller, "GET", "/orders", "")));
  }

  private static List<String> ids(JsonNode page) {
    return page.path("orders").findValuesAsText("id");
  }

  private HttpRouter.Reply call(Principal caller, String method, String path, String body) {
    String[] parts = path.split("\\?", 2);
    Map<String, String> query = new LinkedHashMap<>();
    if (parts.length > 1) {
      Stream.of(parts[1].split("&"))
          .map(pair -> pair.split("=", 2))
          .forEach(pair -> query.put(pair[0], pair[1]));
    }
    HttpRouter.Request request =
        new HttpRouter.Request(
            method,
            parts[0],
            Map.of("content-type", "application/json"),
            query,
            body.getBytes(StandardCharsets.UTF_8));
    return Parts.router()
        .answer(operations, request, caller, desk.now().plus(Duration.ofSeconds(25)))
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  private static JsonNode json(HttpRouter.Reply reply) {
    return Doors.json(reply.body());
  }
}
