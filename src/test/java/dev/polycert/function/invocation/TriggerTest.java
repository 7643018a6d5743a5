package dev.polycert.function.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.InvalidInput.FieldError;
import dev.polycert.function.read.StrictJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerTest {

  @ParameterizedTest
  @ValueSource(strings = {"eventbridge-rule", "eventbridge-scheduler"})
  void schedulesOfBothKinds(String name) {
    assertThat(Trigger.of(Parts.event(name))).isEqualTo(new Trigger.Schedule());
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-gateway", "api-gateway-stage-base64", "api-gateway-minimal"})
  void httpEvents(String name) {
    assertThat(Trigger.of(Parts.event(name))).isInstanceOf(Trigger.Http.class);
  }

  @ParameterizedTest
  @CsvSource({
    "route53, aws.route53, AWS API Call via CloudTrail, /eventName, ChangeResourceRecordSets",
    "alidns, acs.actiontrail, actiontrail:ActionTrail:ApiCall, /eventName, AddDomainRecord",
    "dnspod, dnspod.cloud.tencent, dnspod:CloudEvent:ApiCall, /eventName, CreateRecord",
    "dnspod-data-as-text, dnspod.cloud.tencent, dnspod:CloudEvent:ApiCall, /eventName,"
        + " CreateRecord",
    "huawei-dns, HC.DNS, DNS:CloudTrace:ApiCall, /trace_name, createPublicRecordSet",
  })
  void eventsOfEveryCloud(String name, String source, String type, String pointer, String value) {
    Event event = ((Trigger.Single) Trigger.of(Parts.event(name))).event();

    assertThat(event.source()).isEqualTo(source);
    assertThat(event.type()).isEqualTo(type);
    assertThat(event.data().at(pointer).asText()).isEqualTo(value);
  }

  /** A REST API (payload format 1.0) and a load balancer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'version':'1.0','resource':'/apply','path':'/apply','httpMethod':'POST',"
            + "'requestContext':{'stage':'prod'},'body':'{}'}",
        "{'requestContext':{'elb':{'targetGroupArn':'arn:x'}},'httpMethod':'POST','path':'/apply',"
            + "'body':'{}','isBase64Encoded':false}"
      })
  void httpEventsOfOtherFormatsAreNamed(String event) {
    assertThatThrownBy(() -> Trigger.of(StrictJson.parse(event.replace('\'', '"'))))
        .hasMessageContaining("payload format 2.0");
  }

  @Test
  void aBodyThatIsNoTextIsNamed() {
    ObjectNode event = (ObjectNode) Parts.event("api-gateway");
    event.put("isBase64Encoded", false).putObject("body").put("a", 1);

    assertThatThrownBy(() -> ApiGateway.request(event))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid -> assertThat(invalid.errors()).extracting(FieldError::field).contains("body"));
  }

  @Test
  void aNameThatTheQueryHasTwiceIsNamed() {
    ObjectNode event = (ObjectNode) Parts.event("api-gateway");
    event.put("rawQueryString", "limit=1&limit=2");
    event.putObject("queryStringParameters").put("limit", "1,2");

    assertThatThrownBy(() -> ApiGateway.request(event))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid ->
                assertThat(invalid.errors())
                    .containsExactly(new FieldError("limit", "is given more than once")));
  }

  @Test
  void eventsThatHuaweiPushesTogether() {
    Trigger.Together events = (Trigger.Together) Trigger.of(Parts.event("huawei-dns-batch"));

    assertThat(events.elements())
        .extracting(element -> Trigger.event(element).source())
        .containsExactly("HC.DNS", "HC.DNS");
  }

  @Test
  void cloudEventWithBase64Data() {
    ObjectNode event = (ObjectNode) Parts.event("alidns");
    event.remove("data");
    event.put("data_base64", "eyJhIjoxfQ==");

    Trigger.Single single = (Trigger.Single) Trigger.of(event);

    assertThat(single.event().data().path("a").intValue()).isEqualTo(1);
  }

  /** CloudEvents, "Required Attributes". */
  @Test
  void aCloudEventWithoutASourceIsRejected() {
    ObjectNode without = (ObjectNode) Parts.event("alidns");
    without.remove("source");
    ObjectNode empty = (ObjectNode) Parts.event("alidns");
    empty.put("source", " ");

    assertThat(List.of(without, empty))
        .allSatisfy(
            event ->
                assertThatThrownBy(() -> Trigger.of(event))
                    .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid ->
                            assertThat(invalid.errors().getFirst().field()).isEqualTo("source")));
  }

  /** JSON format of CloudEvents, 3.1.1: one of the two would be dropped in silence. */
  @Test
  void aCloudEventWithTwoKindsOfDataIsRejected() {
    ObjectNode both = (ObjectNode) Parts.event("alidns");
    both.put("data_base64", "eyJhIjoxfQ==");
    ObjectNode number = (ObjectNode) Parts.event("alidns");
    number.remove("data");
    number.put("data_base64", 1);

    assertThatThrownBy(() -> Trigger.of(both)).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> Trigger.of(number)).isInstanceOf(InvalidInput.class);
  }

  @Test
  void queueMessages() {
    Trigger.Batch batch = (Trigger.Batch) Trigger.of(Parts.event("queue-batch"));

    assertThat(batch.messages())
        .extracting(Trigger.Message::id)
        .containsExactly("m-1", "m-2", "m-3");
  }

  @Test
  void recordsOfOtherSendersAreRejectedBecauseTheirFailuresCannotBeReported() {
    ObjectNode event = (ObjectNode) Parts.event("queue-batch");
    ((ObjectNode) event.at("/Records/1")).remove("messageId");

    assertThatThrownBy(() -> Trigger.of(event))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid -> assertThat(invalid.errors().getFirst().field()).isEqualTo("Records[1]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "7",
        "{\"domains\":[]}",
        "{\"source\":\"aws.events\"}",
        "{\"events\":[]}",
        "{\"events\":[{\"specversion\":\"1.0\",\"type\":\"t\"}],\"names\":[\"x\"]}",
        "{\"requestContext\":{}}"
      })
  void anyOtherJsonIsARequest(String json) {
    assertThat(Trigger.of(StrictJson.parse(json))).isInstanceOf(Trigger.Direct.class);
  }

  @Test
  void anInvocationWithoutPayload() {
    assertThat(Trigger.of(null)).isInstanceOf(Trigger.Direct.class);
  }

  @ParameterizedTest
  @CsvSource({
    "api-gateway, /requestContext/requestId",
    "route53, /id",
    "alidns, /id",
    "queue-batch, /id",
    "dynamodb-stream, /id"
  })
  void theIdIsTheOneThatTheSenderGave(String name, String pointer) {
    assertThat(Trigger.id(Parts.event(name))).isEqualTo(Parts.event(name).at(pointer).textValue());
  }

  @Test
  void plainJsonHasNoId() {
    assertThat(Trigger.id(StrictJson.parse("[]"))).isNull();
    assertThat(Trigger.id(null)).isNull();
  }
}
