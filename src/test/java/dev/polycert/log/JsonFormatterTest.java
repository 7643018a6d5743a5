package dev.polycert.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Transition;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonFormatterTest {
  private static final OrderId ID = new OrderId("ord_00000000000000000000000000000001");

  private final CurrentEvent event = new CurrentEvent();
  private final JsonFormatter formatter =
      new JsonFormatter(
          event, LoggedIncidents.redaction(Map.of("POLYCERT_API_KEY", LoggedIncidents.SECRET)));

  @AfterEach
  void forget() {
    System.clearProperty("com.amazonaws.xray.traceHeader");
  }

  @Test
  void aTransitionAddsItsOrderProviderAndTheVendorsRequest() throws Exception {
    Transition transition =
        new Transition(
            ID,
            7,
            Instant.EPOCH,
            "vendor",
            "main",
            "www.example.com",
            "ec",
            OrderState.APPLYING,
            OrderState.ISSUED,
            "vendor-issued",
            "req-1");

    JsonNode line = line(record("%s", transition));

    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("logger").asText()).isEqualTo("logger");
    assertThat(line.path("label").asText()).isEqualTo("ec");
    assertThat(line.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(line.path("orderId").asText()).isEqualTo(ID.toString());
    assertThat(line.path("provider").asText()).isEqualTo("vendor");
    assertThat(line.path("domain").asText()).isEqualTo("www.example.com");
    assertThat(line.path("from").asText()).isEqualTo("APPLYING");
    assertThat(line.path("state").asText()).isEqualTo("ISSUED");
    assertThat(line.path("vendorRequestId").asText()).isEqualTo("req-1");
    assertThat(line.path("message").asText()).contains("APPLYING -> ISSUED (vendor-issued)");
  }

  @Test
  void unknownMembersAreLeftOut() throws Exception {
    JsonNode line = line(record("%s is in trouble", ID));

    assertThat(line.path("orderId").asText()).isEqualTo(ID.toString());
    assertThat(line.properties())
        .extracting(member -> member.getKey())
        .containsExactly("timestamp", "level", "logger", "message", "orderId");
  }

  @Test
  void theCurrentEventAndItsTraceAreAdded() throws Exception {
    event.begin("req-0001");
    System.setProperty(
        "com.amazonaws.xray.traceHeader", "Root=1-0-0f;Parent=53995c3f42cd8ad8;Sampled=1");

    JsonNode line = line(record("text"));

    assertThat(line.path("requestId").asText()).isEqualTo("req-0001");
    assertThat(line.path("traceId").asText()).isEqualTo("1-0-0f");
  }

  @Test
  void linesAndSecretsDoNotGetOut() throws Exception {
    ExtLogRecord record = record("one\ntwo \"three\" %s", LoggedIncidents.SECRET);
    record.setThrown(new IllegalStateException("with " + LoggedIncidents.SECRET));

    String text = formatter.format(record);

    assertThat(text).endsWith("}\n").doesNotContain(LoggedIncidents.SECRET);
    assertThat(text.strip()).doesNotContain("\n");
    JsonNode line = new ObjectMapper().readTree(text);
    assertThat(line.path("message").asText()).isEqualTo("one\ntwo \"three\" ***");
    assertThat(line.path("exception").asText())
        .startsWith("java.lang.IllegalStateException: with ***")
        .contains("JsonFormatterTest.linesAndSecretsDoNotGetOut");
  }

  /** Proves that the test above would see a secret. */
  @Test
  void withoutTheRedactionSecretsGetOut() {
    ExtLogRecord record = record("%s", LoggedIncidents.SECRET);
    record.setThrown(new IllegalStateException("with " + LoggedIncidents.SECRET));

    String text = new JsonFormatter(event, LoggedIncidents.redaction(Map.of())).format(record);

    assertThat(text).containsSubsequence(LoggedIncidents.SECRET, "with " + LoggedIncidents.SECRET);
  }

  private static ExtLogRecord record(String message, Object... parameters) {
    var record = new ExtLogRecord(Level.INFO, message, FormatStyle.PRINTF, "caller");
    record.setLoggerName("logger");
    record.setParameters(parameters);
    return record;
  }

  private JsonNode line(ExtLogRecord record) throws Exception {
    return new ObjectMapper().readTree(formatter.format(record));
  }
}
