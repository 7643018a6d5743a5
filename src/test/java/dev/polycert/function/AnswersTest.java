package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Delivery;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.use.Adopt;
import dev.polycert.order.use.Apply;
import dev.polycert.order.use.Check;
import dev.polycert.order.use.Deploy;
import dev.polycert.order.use.NamedOrder;
import dev.polycert.order.use.Submit;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
  private static final VendorError THROTTLED =
      new VendorError(
          ErrorClass.THROTTLED, "RequestLimitExceeded", "slow", "r-1", Duration.ofSeconds(1));
  private static final Order PENDING =
      Samples.order("www.example.com", OrderState.PENDING_VALIDATION, THROTTLED);

  @Test
  void anEntryReportsTheOrder() {
    JsonNode answer = applied(Apply.Entry.of(PENDING, true));

    assertThat(answer.path("entries").get(0))
        .isEqualTo(
            Doors.json(
                """
                {
                  "domain": "www.example.com",
                  "provider": "tencent-ssl",
                  "orderId": "%s",
                  "state": "PENDING_VALIDATION",
                  "existing": true,
                  "reference": {"certificateId": "cert-1"},
                  "validations": [{
                    "method": "DNS",
                    "domain": "www.example.com",
                    "recordName": "_dnsauth.www.example.com",
                    "recordType": "TXT",
                    "recordValue": "fake-value"
                  }],
                  "deadline": "2026-01-02T04:04:05Z",
                  "nextStepAt": "2026-01-02T03:05:05Z",
                  "error": {
                    "class": "THROTTLED",
                    "code": "RequestLimitExceeded",
                    "message": "slow",
                    "requestId": "r-1",
                    "retryable": true
                  }
                }
                """
                    .formatted(PENDING.id())));
  }

  @Test
  void theSummaryCountsWhatHasFailed() {
    Order failed = Samples.order("a.example.com", OrderState.FAILED, THROTTLED);
    JsonNode answer =
        applied(
            Apply.Entry.of(PENDING, true),
            Apply.Entry.of(failed, false),
            new Apply.Entry(
                failed.domain(),
                "alibaba-esa",
                null,
                false,
                null,
                THROTTLED,
                List.of(),
                List.of(),
                List.of()));

    assertThat(answer.path("summary"))
        .isEqualTo(
            Doors.json(
                """
                {"requested": 3, "byState": {"PENDING_VALIDATION": 1, "FAILED": 1},
                 "existing": 1, "failed": 2}
                """));
  }

  @Test
  void aDryRunShowsItsPlanAndTheProvidersPassedOver() {
    DomainName domain = DomainName.parse("bücher.example");
    JsonNode entry =
        applied(
                new Apply.Entry(
                    domain,
                    "tencent-ssl",
                    null,
                    false,
                    Plan.of(Map.of("siteId", "1")),
                    null,
                    List.of(new Apply.PassedOver("alibaba-esa", PENDING.id(), THROTTLED)),
                    List.of(),
                    List.of()))
            .at("/entries/0");

    assertThat(entry.path("domain").textValue()).isEqualTo("xn--bcher-kva.example");
    assertThat(entry.path("unicode").textValue()).isEqualTo("bücher.example");
    assertThat(entry.at("/plan/settings/siteId").textValue()).isEqualTo("1");
    assertThat(entry.at("/passedOver/0/provider").textValue()).isEqualTo("alibaba-esa");
    assertThat(entry.at("/passedOver/0/error/class").textValue()).isEqualTo("THROTTLED");
    assertThat(entry.has("state")).isFalse();
  }

  @Test
  void noViewShowsSecrets() {
    JsonNode view = Parts.MAPPER.valueToTree(OrderView.of(PENDING));

    assertThat(view.at("/options/apiPassword").textValue()).isEqualTo("***");
    assertThat(view.at("/options/siteId").textValue()).isEqualTo("42");
    assertThat(view.path("csrGiven").booleanValue()).isTrue();
    assertThat(view.at("/information/contact/name").textValue()).isEqualTo("Wang Fang");
    assertThat(view.toString()).doesNotContain("fake-password").doesNotContain("CERTIFICATE");
  }

  @Test
  void aFlagIsNoSecret() {
    DeliveryTarget target =
        new DeliveryTarget(
            "webhook", Map.of("includePrivateKey", "true", "token", "fake-password"));
    Order order = PENDING.withDeliveries(List.of(Delivery.waiting(target, null, Instant.EPOCH)));

    assertThat(OrderView.deliveries(order).getFirst().options())
        .containsEntry("includePrivateKey", "true")
        .containsEntry("token", "***");
  }

  @Test
  void renewalsThatGoOnAreNamedWhereTheyAreNotWanted() {
    Inventory.Item listed =
        new Inventory.Item(
            "www.example.com", List.of(), PENDING.reference(), Phase.ISSUED, null, "ISSUED");
    Adopt.Entry entry =
        new Adopt.Entry(
            "tencent-ssl",
            List.of(new Adopt.Item(listed, Adopt.Fate.EXISTING, PENDING, null)),
            List.of(),
            null,
            null);

    assertThat(
            AdoptFunction.Answer.of(List.of(entry), true, List.of())
                .providers()
                .getFirst()
                .items()
                .getFirst())
        .extracting(AdoptFunction.Answer.Item::message)
        .asString()
        .contains("goes on being renewed");
    assertThat(
            AdoptFunction.Answer.of(List.of(entry), false, List.of("a note"))
                .providers()
                .getFirst()
                .items()
                .getFirst()
                .message())
        .isNull();
  }

  @Test
  void optionsOfADeploymentThatNoOrderUsesAreNamed() {
    NamedOrder<Deploy.Entry> deployed =
        new NamedOrder<>(PENDING.id(), new Deploy.Entry(PENDING, null, THROTTLED), null);

    assertThat(
            DeployFunction.Answer.of(List.of(deployed), Set.of("tencent-ssl", "huawei-scm"))
                .notes())
        .containsExactly(
            "deployOptions.huawei-scm: not used, because none of these orders is there");
  }

  @Test
  void aCheckedOrderCarriesItsFindings() {
    Finding finding =
        new Finding(
            "TXT _dnsauth.www.example.com", Finding.Status.ABSENT, List.of(), "Publish it.");

    JsonNode order =
        Parts.MAPPER
            .<JsonNode>valueToTree(
                CheckVerificationFunction.Answer.of(
                    List.of(
                        new Check.Entry(PENDING.id().value(), PENDING, List.of(finding), null))))
            .at("/orders/0");

    assertThat(order.path("id").textValue()).isEqualTo(PENDING.id().value());
    assertThat(order.at("/findings/0/status").textValue()).isEqualTo("ABSENT");
  }

  @Test
  void whatThereIsNoOrderForIsAnEntryWithAnError() {
    VendorError none = new VendorError(ErrorClass.FINAL, "Order.Unknown", "There is no order.");
    String unknown = "ord_" + "0".repeat(32);

    JsonNode orders =
        Parts.MAPPER
            .<JsonNode>valueToTree(
                CheckVerificationFunction.Answer.of(
                    List.of(
                        new Check.Entry(unknown, null, List.of(), none),
                        new Check.Entry("none.example.com", null, List.of(), none),
                        new Check.Entry(PENDING.id().value(), PENDING, List.of(), null))))
            .path("orders");

    assertThat(orders.at("/0/id").textValue()).isEqualTo(unknown);
    assertThat(orders.at("/1/domain").textValue()).isEqualTo("none.example.com");
    assertThat(orders.at("/1/error/code").textValue()).isEqualTo("Order.Unknown");
    assertThat(orders.at("/2/state").textValue()).isEqualTo("PENDING_VALIDATION");
    assertThat(orders.at("/2/error/code").textValue()).isEqualTo(THROTTLED.code());
  }

  @Test
  void anEndThatTheVendorHasTakenSaysWhenTheOrderShowsIt() {
    Order order = PENDING.withNextStepAt(Instant.parse("2026-11-21T20:00:00Z"));
    VendorError none = new VendorError(ErrorClass.FINAL, "Order.Unknown", "There is no order.");

    JsonNode orders =
        Parts.MAPPER
            .<JsonNode>valueToTree(
                CancelFunction.Answer.of(
                    List.of(
                        new NamedOrder<>(order.id(), new Cancellation(order, false, null), null),
                        new NamedOrder<>(order.id(), null, none))))
            .path("orders");

    assertThat(orders.at("/0/done").booleanValue()).isFalse();
    assertThat(orders.at("/0/message").textValue()).startsWith("the vendor has taken the request");
    assertThat(orders.at("/0/nextStepAt").textValue()).isEqualTo("2026-11-21T20:00:00Z");
    assertThat(orders.at("/1/error/code").textValue()).isEqualTo("Order.Unknown");
  }

  @Test
  void submittedInformationNamesWhatIsMissing() {
    JsonNode answer =
        Parts.MAPPER.valueToTree(
            SubmitInformationFunction.Answer.of(
                List.of(
                    new NamedOrder<>(
                        PENDING.id(),
                        new Submit.Entry(
                            PENDING,
                            List.of("information.organization.city"),
                            false,
                            List.of(),
                            null),
                        null))));

    assertThat(answer.at("/orders/0/orderId").textValue()).isEqualTo(PENDING.id().value());
    assertThat(answer.at("/orders/0/missing/0").textValue())
        .isEqualTo("information.organization.city");
    assertThat(answer.at("/orders/0/sent").booleanValue()).isFalse();
  }

  /** The provider of the records of other ACME clients is none that a request can apply at. */
  @ParameterizedTest
  @CsvSource({"tencent-ssl@default, tencent-ssl", "httpreq, httpreq"})
  void ordersOfEachProviderThatRecordsSomeCanBeListed(String given, String meant) {
    FakeOrderBook book = new FakeOrderBook(PENDING);
    ObjectNode event = Doors.http("GET", "/orders", "");
    event.putObject("queryStringParameters").put("provider", given);

    JsonNode answer = Doors.orders(book).orders(event).await().indefinitely();

    assertThat(answer.path("statusCode").intValue()).isEqualTo(200);
    assertThat(Doors.body(answer).path("orders").isArray()).isTrue();
    assertThat(book.filter.provider()).isEqualTo(meant);
  }

  @Test
  void onePageOfOrders() {
    FakeOrderBook book = new FakeOrderBook(PENDING);
    ObjectNode event = Doors.http("GET", "/orders", "");
    event
        .putObject("queryStringParameters")
        .put("state", "ISSUED")
        .put("provider", "tencent-ssl")
        .put("domain", "WWW.example.com")
        .put("expiringBefore", "2026-02-01")
        .put("cursor", "good")
        .put("limit", "7");

    JsonNode page = Doors.body(Doors.orders(book).orders(event).await().indefinitely());

    assertThat(page.path("next").textValue()).isEqualTo("good");
    assertThat(page.at("/orders/0/id").textValue()).isEqualTo(PENDING.id().value());
    assertThat(book.limit).isEqualTo(7);
    assertThat(book.filter.state()).isEqualTo(OrderState.ISSUED);
    assertThat(book.filter.provider()).isEqualTo("tencent-ssl");
    assertThat(book.filter.domain()).isEqualTo(PENDING.domain());
    assertThat(book.filter.expiringBefore()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
  }

  @Test
  void oneOrderWithItsHistoryAskedForDirectly() {
    JsonNode input = Parts.MAPPER.createObjectNode().put("id", PENDING.id().value());

    JsonNode order = Doors.orders(new FakeOrderBook(PENDING)).orders(input).await().indefinitely();

    assertThat(order.path("state").textValue()).isEqualTo("PENDING_VALIDATION");
    assertThat(order.at("/history/0/to").textValue()).isEqualTo("REQUESTED");
  }

  private static JsonNode applied(Apply.Entry... entries) {
    return Parts.MAPPER.valueToTree(ApplyFunction.Answer.of(List.of(entries), List.of()));
  }
}
