package dev.polycert.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.Catalog;
import dev.polycert.order.Catalogs;
import dev.polycert.order.NoChannels;
import dev.polycert.order.NoticeChannels;
import dev.polycert.order.OrderBook;
import dev.polycert.order.use.Access;
import dev.polycert.order.use.Adopt;
import dev.polycert.order.use.Apply;
import dev.polycert.order.use.Cancel;
import dev.polycert.order.use.Check;
import dev.polycert.order.use.CheckServed;
import dev.polycert.order.use.Delegate;
import dev.polycert.order.use.Deliver;
import dev.polycert.order.use.Deploy;
import dev.polycert.order.use.Export;
import dev.polycert.order.use.OwnOrders;
import dev.polycert.order.use.Reports;
import dev.polycert.order.use.Submit;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vault.TestVault;
import dev.polycert.vault.Vault;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;

/** The functions with a catalog of fake providers, for requests that must go no further. */
public final class Doors {
  static final Catalog CATALOG =
      Catalogs.of(
          FakeProvider.configured("tencent-ssl", ValidationMethod.DNS, ValidationMethod.FILE),
          FakeProvider.configured("alibaba-esa", ValidationMethod.DNS),
          FakeProvider.without("HUAWEICLOUD_SDK_AK", "huawei-scm"));

  static final Vault VAULT = TestVault.over(new TestVault.Memory());

  private static final Apply NO_APPLYING = null;
  private static final Check NO_CHECKING = null;
  private static final Submit NO_SUBMITTING = null;
  private static final Cancel NO_ENDING = null;
  private static final Export NO_EXPORTING = null;
  private static final Deploy NO_DEPLOYING = null;
  private static final Deliver NO_DELIVERING = null;
  private static final Delegate NO_DELEGATING = null;
  private static final CheckServed NO_LOOKING = null;
  private static final Adopt NO_ADOPTING = null;
  private static final OwnOrders NOTHING_OWN = null;

  private Doors() {}

  static ApplyFunction apply() {
    return new ApplyFunction(
        Parts.invocation(), CATALOG, VAULT, NO_APPLYING, NOTHING_OWN, Clock.systemUTC());
  }

  static CheckVerificationFunction checkVerification() {
    return new CheckVerificationFunction(Parts.invocation(), NO_CHECKING);
  }

  static SubmitInformationFunction submitInformation() {
    return new SubmitInformationFunction(Parts.invocation(), VAULT, NO_SUBMITTING, NOTHING_OWN);
  }

  static CancelFunction cancel() {
    return new CancelFunction(Parts.invocation(), NO_ENDING, NOTHING_OWN);
  }

  static ExportFunction export() {
    return new ExportFunction(Parts.invocation(), NO_EXPORTING, NOTHING_OWN);
  }

  static DeployFunction deploy() {
    return new DeployFunction(Parts.invocation(), CATALOG, NO_DEPLOYING, NOTHING_OWN);
  }

  static CheckServedFunction checkServed() {
    return new CheckServedFunction(Parts.invocation(), NO_LOOKING, NOTHING_OWN);
  }

  static DeliverFunction deliver() {
    return new DeliverFunction(Parts.invocation(), CATALOG, NO_DELIVERING, NOTHING_OWN);
  }

  static DelegationsFunction delegations() {
    return new DelegationsFunction(Parts.invocation(), CATALOG, NO_DELEGATING);
  }

  static NotifyTestFunction notifyTest() {
    return new NotifyTestFunction(Parts.invocation(), NoChannels.HERE);
  }

  static AdoptFunction adopt() {
    return new AdoptFunction(Parts.invocation(), CATALOG, NO_ADOPTING);
  }

  static ProvidersFunction providers() {
    return new ProvidersFunction(Parts.invocation(), CATALOG);
  }

  static OrdersFunction orders(OrderBook book) {
    return new OrdersFunction(
        Parts.invocation(),
        CATALOG,
        book,
        Access.own(book),
        Reports.sorted(book, Parts.CLOCK),
        Parts.MAPPER);
  }

  static SummaryFunction summary(OrderBook book) {
    return new SummaryFunction(
        Parts.invocation(), CATALOG, Reports.summarize(book, Parts.CLOCK), Access.own(book));
  }

  /** What {@code GET /orders/<id>} answers. */
  public static JsonNode order(OrderBook book, String id) {
    return body(orders(book).orders(http("GET", "/orders/" + id, "")).await().indefinitely());
  }

  /** An API Gateway event. */
  static ObjectNode http(String method, String path, String body) {
    ObjectNode event = Parts.MAPPER.createObjectNode();
    event.put("version", "2.0").put("rawPath", path);
    event.putObject("headers").put("content-type", "application/json");
    event
        .putObject("requestContext")
        .put("stage", "$default")
        .putObject("http")
        .put("method", method);
    return body.isEmpty() ? event : event.put("body", body);
  }

  /** What {@code POST /notify-test} answers for all channels. */
  public static JsonNode notifyTest(NoticeChannels channels) {
    return body(
        new NotifyTestFunction(Parts.invocation(), channels)
            .test(http("POST", "/notify-test", "{}"))
            .await()
            .indefinitely());
  }

  /** An API Gateway event of a GET. */
  static ObjectNode get(String path, String accept, Map<String, String> query) {
    ObjectNode event = http("GET", path, "");
    ((ObjectNode) event.get("headers")).put("accept", accept);
    ObjectNode parameters = event.putObject("queryStringParameters");
    query.forEach(parameters::put);
    return event;
  }

  /** The JSON in the body of a response to API Gateway. */
  static JsonNode body(JsonNode answer) {
    return json(answer.path("body").textValue());
  }

  static JsonNode json(String text) {
    try {
      return Parts.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
