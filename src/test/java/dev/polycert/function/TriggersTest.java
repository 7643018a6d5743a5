package dev.polycert.function;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.NoChannels;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Phase;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an event to the order, and back to the answer that its sender expects. */
class TriggersTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @ParameterizedTest
  @ValueSource(strings = {"route53", "alidns", "dnspod", "dnspod-data-as-text", "huawei-dns"})
  void anEventOfEveryCloudMovesTheOrderThatWaitedForIt(String event) {
    Order order = pending("www.example.com");
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    JsonNode answer = dnsChanged(Parts.event(event));

    assertThat(answer.path("orders")).hasSize(1);
    assertThat(answer.at("/orders/0/orderId").asText()).isEqualTo(order.id().value());
    assertThat(answer.at("/orders/0/state").asText()).isEqualTo("ISSUED");
  }

  @Test
  void eventsOfOtherCloudsComeOverHttpAndInBatches() {
    Order order = pending("www.example.com");
    vendor
        .on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))))
        .on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    ArrayNode batch = Parts.MAPPER.createArrayNode();
    batch.add(Parts.event("alidns")).add(Parts.event("dnspod"));

    assertThat(overHttp(Parts.event("huawei-dns-batch")).path("results")).hasSize(2);
    assertThat(overHttp(batch).path("results")).hasSize(2);
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  /** A service may send the attributes as headers. */
  @ParameterizedTest
  @ValueSource(strings = {"alidns", "dnspod", "huawei-dns"})
  void anEventMayComeInBinaryMode(String name) {
    Order order = pending("www.example.com");
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    JsonNode event = Parts.event(name);
    ObjectNode http = (ObjectNode) Parts.event("api-gateway");
    http.put("rawPath", "/dns-changed").put("body", event.get("data").toString());
    for (String attribute : List.of("specversion", "id", "source", "type")) {
      http.withObject("/headers").put("ce-" + attribute, event.get(attribute).asText());
    }

    assertThat(dnsChanged(http).path("statusCode").asInt()).isEqualTo(200);
    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.3", "1.1", "2.0", ""})
  void anEventOfAnotherVersionIsRefusedByName(String version) {
    ObjectNode event = ((ObjectNode) Parts.event("alidns")).put("specversion", version);
    ObjectNode binary = Doors.http("POST", "/dns-changed", event.get("data").toString());
    ((ObjectNode) binary.get("headers"))
        .put("ce-specversion", version.isEmpty() ? "0" : version)
        .put("ce-type", "t")
        .put("ce-source", "s");

    assertThat(overHttp(event).at("/errors/0/field").asText()).isEqualTo("specversion");
    assertThat(Doors.body(dnsChanged(binary)).at("/errors/0/field").asText())
        .isEqualTo("ce-specversion");
  }

  @Test
  void eachNameThatIsNoneIsReported() {
    JsonNode answer =
        Doors.body(
            dnsChanged(
                Doors.http(
                    "POST",
                    "/dns-changed",
                    """
                    {"names": ["https://www.example.com/", "www.example.com", "a b.example", "-",
                     "www..example.com", "_acme-challenge.B\u00fccher.Example.", "*.example.com"]}
                    """)));

    assertThat(answer.path("errors").findValuesAsText("field"))
        .containsExactly("names[0]", "names[2]", "names[3]", "names[4]");
    assertThat(answer.at("/errors/0/message").asText()).contains("is no name of a DNS record");
  }

  @ParameterizedTest
  @ValueSource(strings = {" WWW.Example.COM. ", "\uff37\uff37\uff37.example.com"})
  void anOrderIsFoundByEachSpellingOfItsName(String name) {
    Order order = pending("www.example.com");
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    dnsChanged(Doors.http("POST", "/dns-changed", "{\"names\": [\"" + name + "\"]}"));

    assertThat(desk.find(order.id()).state()).isEqualTo(OrderState.ISSUED);
  }

  @Test
  void anEventThatHintsAtNothingSaysWhy() {
    ObjectNode event = (ObjectNode) Parts.event("route53");
    ((ObjectNode) event.get("detail")).put("errorCode", "AccessDenied");

    JsonNode answer = dnsChanged(event);

    assertThat(answer.path("orders")).isEmpty();
    assertThat(answer.path("note").asText()).isEqualTo("ignored: the call has failed");
  }

  @Test
  void anEventWithoutNamesTakesTheStepsThatAreDue() {
    pending("www.example.com");
    ObjectNode event = (ObjectNode) Parts.event("alidns");
    ((ObjectNode) event.get("data")).put("eventName", "SetDomainRecordStatus");
    JsonNode nothing = dnsChanged(event);
    assertThat(nothing.path("orders")).isEmpty();
    assertThat(nothing.path("note").asText()).isEqualTo("no order waits for what has changed");

    desk.advance(Duration.ofSeconds(20));
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    assertThat(dnsChanged(event).path("orders")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"names\":[\"a.example.com\"],\"due\":true}", "{\"due\":false}"})
  void aRequestWithoutAHintIsRejected(String input) {
    assertThatThrownBy(() -> dnsChanged(Doors.json(input)))
        .hasMessageMatching("Expected names .*|due: can only be true");
  }

  @Test
  void aMemberOfARequestThatHasNoneIsNamed() {
    RenewFunction renew = new RenewFunction(Parts.invocation(), desk.renew);

    assertThatThrownBy(() -> wait(renew.renew(Doors.json("{\"x\":1}"))))
        .hasMessage("x: unknown; nothing is expected here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eventbridge-rule", "eventbridge-scheduler"})
  void theScheduleSweeps(String event) {
    RenewFunction renew = new RenewFunction(Parts.invocation(), desk.renew);
    assertThat(wait(renew.renew(Parts.event(event))).path("orders")).isEmpty();

    pending("www.example.com");
    desk.advance(Duration.ofSeconds(20));
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));

    JsonNode answer = wait(renew.renew(Parts.event(event)));
    assertThat(answer.at("/orders/0/state").asText()).isEqualTo("ISSUED");
  }

  @Test
  void anOrderThatCannotBeSentInTimeIsAnsweredWith202() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    assertThat(apply("a.example.com").path("statusCode").intValue()).isEqualTo(200);

    desk.advance(Duration.ofMinutes(1));
    JsonNode late = apply("a.example.com\",\"b.example.com");

    assertThat(late.path("statusCode").intValue()).isEqualTo(202);
    assertThat(Doors.body(late).at("/entries/1/state").asText()).isEqualTo("REQUESTED");
  }

  @Test
  void onePoisonRecordOfTheStreamLosesNoneOfTheOthers() {
    Order left = desk.applyWithoutTime("www.example.com").getFirst().order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    ObjectNode event = (ObjectNode) Parts.event("dynamodb-stream");
    ArrayNode records = (ArrayNode) event.get("Records");
    ObjectNode good = records.get(0).deepCopy();
    ((ObjectNode) good.get("dynamodb")).put("SequenceNumber", "100000000000000000000003");
    ((ObjectNode) good.at("/dynamodb/NewImage/id")).put("S", left.id().value());
    records.add(good);

    assertThat(work(event))
        .isEqualTo(failures("100000000000000000000001", "100000000000000000000002"));
    assertThat(desk.find(left.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);

    assertThat(work(event)).as("delivered again").hasSize(1);
    assertThat(vendor.calls).containsExactly(PREPARE, PLACE);
  }

  @Test
  void onePoisonMessageOfTheQueueLosesNoneOfTheOthers() {
    Order left = desk.applyWithoutTime("www.example.com").getFirst().order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    ObjectNode event = (ObjectNode) Parts.event("queue-batch");
    ((ObjectNode) event.at("/Records/2")).put("body", "{\"id\":\"" + left.id() + "\"}");

    assertThat(work(event)).isEqualTo(failures("m-1", "m-2"));
    assertThat(desk.find(left.id()).state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }

  @Test
  void aPipeGetsTheNoticesOfTheLastTransitions() {
    vendor.on(PREPARE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    Order order = desk.apply("www.example.com");
    ArrayNode records = Parts.MAPPER.createArrayNode();
    JsonNode unknown = Parts.event("dynamodb-stream").at("/Records/0");
    JsonNode removed = Parts.event("dynamodb-stream").at("/Records/1");
    records.add(unknown).add(removed).add(record(order, 1)).add(record(order, order.version()));

    JsonNode notices =
        wait(new NotifyFunction(Parts.invocation(), desk.notify, NoChannels.HERE).notices(records));

    assertThat(notices).hasSize(1);
    assertThat(notices.at("/0/type").asText()).isEqualTo("dev.polycert.order.issued");
    assertThat(notices.at("/0/data/orderId").asText()).isEqualTo(order.id().value());
  }

  private static JsonNode record(Order order, long version) {
    JsonNode record = Parts.event("dynamodb-stream").at("/Records/0");
    ObjectNode image = (ObjectNode) record.at("/dynamodb/NewImage");
    image.putObject("id").put("S", order.id().value());
    image.putObject("version").put("N", String.valueOf(version));
    return record;
  }

  private Order pending(String domain) {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    return desk.apply(domain);
  }

  @Test
  void theHistoryHasTheCallerThatTheAuthoriserKnows() {
    ObjectNode event =
        Doors.http(
            "POST", "/apply", "{\"domains\": [\"www.example.com\"], \"providers\": [\"vendor\"]}");
    ((ObjectNode) event.get("requestContext"))
        .putObject("authorizer")
        .putObject("iam")
        .put("userArn", "arn:aws:iam::111122223333:user/ops");
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));

    String id = Doors.body(apply(event)).at("/entries/0/orderId").textValue();

    assertThat(desk.history(new OrderId(id)))
        .isNotEmpty()
        .allSatisfy(
            entry -> assertThat(entry.by()).isEqualTo("arn:aws:iam::111122223333:user/ops"));
  }

  private JsonNode dnsChanged(JsonNode event) {
    return wait(new DnsChangedFunction(Parts.invocation(), desk.dnsChange).dnsChanged(event));
  }

  private JsonNode overHttp(JsonNode event) {
    ObjectNode call = Doors.http("POST", "/dns-changed", event.toString());
    ((ObjectNode) call.get("headers")).put("content-type", "application/cloudevents+json");
    return Doors.body(dnsChanged(call));
  }

  private JsonNode apply(String domains) {
    return apply(Doors.http("POST", "/apply", "{\"domains\":[\"" + domains + "\"]}"));
  }

  private JsonNode apply(JsonNode event) {
    ApplyFunction apply =
        new ApplyFunction(
            Parts.invocation(), desk.catalog, Doors.VAULT, desk.apply, desk.own, Clock.systemUTC());
    return wait(apply.apply(event));
  }

  private JsonNode work(JsonNode event) {
    return wait(new WorkFunction(Parts.invocation(), desk.work).work(event));
  }

  private static JsonNode failures(String... ids) {
    ObjectNode answer = Parts.MAPPER.createObjectNode();
    ArrayNode items = answer.putArray("batchItemFailures");
    Stream.of(ids).forEach(id -> items.addObject().put("itemIdentifier", id));
    return answer;
  }

  private static JsonNode wait(Uni<JsonNode> answer) {
    return answer.await().atMost(Duration.ofSeconds(20));
  }
}
