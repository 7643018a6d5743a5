package dev.polycert.function.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.StrictJson;
import dev.polycert.log.CurrentEvent;
import dev.polycert.log.LoggedIncidents;
import dev.polycert.metric.Metrics;
import dev.polycert.metric.NotedMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationTest {
  private final Invocation invocation = Parts.invocation();

  @Test
  void anHttpEventGetsAnHttpAnswer() throws Exception {
    JsonNode answer = answer(Parts.event("api-gateway-stage-base64"));

    assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
    assertThat(answer.at("/headers/content-type").textValue()).isEqualTo("application/json");
    assertThat(answer.path("isBase64Encoded").booleanValue()).isFalse();
    assertThat(body(answer).at("/echo/domains/0").textValue()).isEqualTo("www.example.com");
  }

  @Test
  void pathParametersBecomeInput() throws Exception {
    JsonNode answer = answer(Parts.event("api-gateway-minimal"));

    assertThat(body(answer).at("/echo/id").textValue())
        .isEqualTo("ord_00000000000000000000000000000000");
  }

  @Test
  void aCloudEventInAnHttpBodyIsOpened() throws Exception {
    ObjectNode event = (ObjectNode) Parts.event("api-gateway");
    event.put("body", Parts.event("alidns").toString());

    assertThat(body(answer(event)).at("/echo/eventName").textValue()).isEqualTo("AddDomainRecord");
  }

  @Test
  void aScheduleRunsTheScheduledInput() {
    JsonNode answer = answer(Parts.event("eventbridge-scheduler"));

    assertThat(answer.at("/echo/due").booleanValue()).isTrue();
    assertThat(answer.path("deadline").textValue()).isEqualTo("2026-01-02T03:04:30Z");
  }

  /** Lambda may freeze the process as soon as it has the answer. */
  @Test
  void metricsAreHandedOverBeforeTheAnswer() {
    NotedMetrics metrics = new NotedMetrics();
    List<String> seen = new ArrayList<>();

    Parts.invocation(metrics, new CurrentEvent())
        .answer(new EchoOperation(), Parts.event("eventbridge-scheduler"))
        .invoke(answer -> seen.addAll(metrics.take()))
        .await()
        .indefinitely();

    assertThat(seen).containsExactly("flush");
  }

  @Test
  void theIdOfTheEventIsNotedForTheLog() {
    CurrentEvent current = new CurrentEvent();
    Invocation noting = Parts.invocation(Metrics.NONE, current);

    noting.answer(new EchoOperation(), Parts.event("api-gateway")).await().indefinitely();
    assertThat(current.id()).isEqualTo("req-0001");

    noting.answer(new EchoOperation(), Parts.event("queue-batch")).await().indefinitely();
    assertThat(current.id()).isNull();
  }

  @Test
  void allEventsOfADeliveryAreHandled() {
    JsonNode event = Parts.event("huawei-dns-batch");
    ((ObjectNode) event.at("/events/0/data")).put("resource_name", "_dnsauth.shop.example.com.");

    JsonNode answer = answer(event);

    assertThat(answer.path("results")).hasSize(2);
    assertThat(answer.at("/results/1/echo/trace_name").textValue())
        .isEqualTo("createPublicRecordSet");
  }

  @Test
  void onePoisonMessageDoesNotFailTheOthers() {
    JsonNode answer = answer(Parts.event("queue-batch"));

    assertThat(answer)
        .isEqualTo(StrictJson.parse("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"}]}"));
  }

  /** The message comes again, so that the event that failed is not lost. */
  @Test
  void aMessageWithSeveralEventsIsHandledWhenAllOfThemAre() {
    JsonNode event = Parts.event("queue-batch");
    ObjectNode good = (ObjectNode) Parts.event("huawei-dns-batch");
    ObjectNode bad = good.deepCopy();
    ((ObjectNode) bad.at("/events/1")).put("data", "{not json");
    ((ObjectNode) event.at("/Records/0")).put("body", good.toString());
    ((ObjectNode) event.at("/Records/1")).put("body", bad.toString());

    assertThat(answer(event))
        .isEqualTo(StrictJson.parse("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input    | 400 | One member of the request is wrong.",
        "unknown  | 404 | There is no order ord_1.",
        "conflict | 409 | It is issued.",
        "stale    | 503 | Others are at work on the order just now: ask again.",
        "store    | 503 | It does not answer.",
        "bug      | 500 | Something unexpected happened. Its details are in the log under this"
            + " incident's id.",
      })
  void failuresOverHttp(String fail, int status, String detail) throws Exception {
    ObjectNode event = (ObjectNode) Parts.event("api-gateway");
    event.put("body", "{\"fail\":\"" + fail + "\"}");

    JsonNode answer = answer(event);

    assertThat(answer.path("statusCode").intValue()).isEqualTo(status);
    assertThat(answer.at("/headers/content-type").textValue())
        .isEqualTo("application/problem+json");
    assertThat(body(answer).path("status").intValue()).isEqualTo(status);
    assertThat(body(answer).path("detail").textValue()).isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input    | fail: is not wanted",
        "unknown  | There is no order ord_1.",
        "conflict | It is issued.",
      })
  void failuresOfDirectInvocations(String fail, String message) {
    assertThatThrownBy(() -> answer(Parts.MAPPER.createObjectNode().put("fail", fail)))
        .isInstanceOf(FunctionException.class)
        .hasMessage(message)
        .hasToString(message);
  }

  @Test
  void aFaultIsLoggedUnderItsIncidentWithoutSecrets() {
    try (LoggedIncidents log = new LoggedIncidents()) {
      assertThatThrownBy(() -> answer(Parts.MAPPER.createObjectNode().put("fail", "bug")))
          .isInstanceOf(FunctionException.class)
          .hasMessageContaining("Incident: urn:uuid:")
          .hasMessageNotContaining("fake-key")
          .satisfies(
              failure -> {
                String message = failure.getMessage();
                String incident = message.substring(message.indexOf("urn:uuid:"));
                assertThat(log.logged()).singleElement().asString().contains(incident);
              });
      assertThat(log.logged().getFirst())
          .contains("IllegalStateException: the key is ***")
          .doesNotContain(LoggedIncidents.SECRET);
    }
  }

  @Test
  void anOperationThatCannotBeScheduledReportsThat() {
    Operation unscheduled =
        StubOperation.of(
            "apply",
            input -> {
              throw new AssertionError("must not run");
            });

    assertThatThrownBy(
            () ->
                invocation
                    .answer(unscheduled, Parts.event("eventbridge-rule"))
                    .await()
                    .indefinitely())
        .hasMessage("apply is not run by a schedule.");
  }

  private JsonNode answer(JsonNode event) {
    return invocation.answer(new EchoOperation(), event).await().indefinitely();
  }

  private static JsonNode body(JsonNode answer) throws JsonProcessingException {
    return Parts.MAPPER.readTree(answer.path("body").textValue());
  }
}
