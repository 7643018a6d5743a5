package dev.polycert.function.hint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Event;
import dev.polycert.function.invocation.Parts;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of each service's events; {@code src/test/resources/events} has their plain shapes. */
class DnsEventsTest {
  private static final DnsHint RECORD = new DnsHint.Names(Set.of("_dnsauth.www.example.com"));

  @ParameterizedTest
  @CsvSource({
    "route53, aws.route53, detail",
    "alidns, acs.actiontrail, data",
    "dnspod, dnspod.cloud.tencent, data",
    "dnspod-data-as-text, dnspod.cloud.tencent, data",
    "huawei-dns, HC.DNS, data",
  })
  void theNameOfARecordIsReadFromEveryService(String file, String source, String member) {
    JsonNode data = Parts.event(file).get(member);

    assertThat(DnsEvents.read(new Event(source, "type", data))).isEqualTo(RECORD);
  }

  @Test
  void route53WritesNamesAsTheCallerDidAndEscapesWildcards() {
    DnsHint hint =
        route53(
            detail -> {
              ObjectNode batch = (ObjectNode) detail.at("/requestParameters/changeBatch");
              batch.set(
                  "changes",
                  json(
                      """
                      [{"action": "CREATE", "resourceRecordSet": {"name": "\\\\052.Example.COM"}},
                       {"action": "UPSERT", "resourceRecordSet":
                         {"name": "alias.example.com.", "aliasTarget": {"dNSName": "x."}}},
                       {"action": "DELETE", "resourceRecordSet": {"name": "old.example.com."}}]
                      """));
            });

    assertThat(hint).isEqualTo(new DnsHint.Names(Set.of("*.example.com", "alias.example.com")));
  }

  @Test
  void route53DeletionsFailuresAndOtherCallsHintAtNothing() {
    assertNothing(
        route53(
            detail ->
                ((ObjectNode) detail.at("/requestParameters/changeBatch/changes/0"))
                    .put("action", "DELETE")));
    assertNothing(
        route53(detail -> detail.put("errorCode", "AccessDenied").putNull("responseElements")));
    assertNothing(route53(detail -> detail.put("eventName", "CreateHostedZone")));
  }

  @Test
  void route53WithoutParametersHintsAtSomewhere() {
    assertThat(route53(detail -> detail.putNull("requestParameters")))
        .isEqualTo(new DnsHint.Somewhere());
  }

  @Test
  void alibabaCapitalisesKeysAsItLikes() {
    JsonNode data =
        json(
            """
            {"EventName": "AddDomainRecord", "ServiceName": "ALIDNS", "RequestParameters":
              "{\\"domainName\\": \\"Example.com\\", \\"Rr\\": \\"_dnsauth.WWW\\"}"}
            """);

    assertThat(DnsEvents.read(new Event("acs.alidns", "type", data))).isEqualTo(RECORD);
  }

  @Test
  void alibabasApexIsAnAtSign() {
    assertThat(alidns(data -> ((ObjectNode) data.get("requestParameters")).put("RR", "@")))
        .isEqualTo(new DnsHint.Names(Set.of("example.com")));
  }

  @Test
  void alibabaLeavesTheNameOutOfUpdatesAndSwitches() {
    assertThat(
            alidns(
                data -> {
                  data.put("eventName", "UpdateDomainRecord");
                  ((ObjectNode) data.get("requestParameters")).remove("DomainName");
                }))
        .isEqualTo(new DnsHint.Somewhere());
    assertThat(alidns(data -> data.put("eventName", "SetDomainRecordStatus")))
        .isEqualTo(new DnsHint.Somewhere());
  }

  @ParameterizedTest
  @ValueSource(strings = {"DeleteDomainRecord", "DeleteSubDomainRecords", "AddDomainGroup"})
  void alibabasDeletionsAndOtherCalls(String name) {
    assertNothing(alidns(data -> data.put("eventName", name)));
  }

  @Test
  void alibabasFailures() {
    assertNothing(alidns(data -> data.put("errorCode", "Forbidden.RAM")));
  }

  @Test
  void tencentLeavesTheApexOutAndWrapsTextInText() {
    String call =
        Parts.MAPPER
            .createObjectNode()
            .put("eventName", "CreateTXTRecord")
            .put("resourceType", "dnspod")
            .put("errorCode", 0)
            .put("requestParameters", "{\"Domain\":\"example.com\"}")
            .toString();
    JsonNode data = Parts.MAPPER.createObjectNode().put("CloudAuditEvent", call);

    assertThat(DnsEvents.read(new Event("cloudaudit.cloud.tencent", "type", data)))
        .isEqualTo(new DnsHint.Names(Set.of("example.com")));
  }

  @Test
  void tencentsBatchesNameIdsOnly() {
    assertThat(
            dnspod(
                data -> {
                  data.put("eventName", "CreateRecordBatch");
                  data.putObject("requestParameters").putArray("DomainIdList").add("1");
                }))
        .isEqualTo(new DnsHint.Somewhere());
    assertThat(dnspod(data -> ((ObjectNode) data.get("requestParameters")).remove("Domain")))
        .isEqualTo(new DnsHint.Somewhere());
  }

  @ParameterizedTest
  @ValueSource(strings = {"DeleteRecord", "DeleteRecordBatch", "CreateDomain"})
  void tencentsDeletionsAndOtherCalls(String name) {
    assertNothing(dnspod(data -> data.put("eventName", name)));
  }

  @Test
  void tencentsFailuresAndOtherServices() {
    assertNothing(dnspod(data -> data.put("errorCode", "FailedOperation")));
    assertNothing(
        DnsEvents.read(
            new Event("cvm.cloud.tencent", "type", json("{\"eventName\":\"RunInstances\"}"))));
  }

  @Test
  void huaweisUpdatesMayLeaveTheNameOut() {
    assertThat(
            huawei(
                data ->
                    data.put("trace_name", "updatePublicRecordSet")
                        .put("request", "{\"ttl\":300}")
                        .putNull("response")))
        .isEqualTo(RECORD);
    assertThat(
            huawei(
                data ->
                    data.put("trace_name", "updateRecordSetStatus")
                        .put("request", "no json {")
                        .put("resource_name", "")))
        .isEqualTo(RECORD);
  }

  @Test
  void huaweisImportsNameNothing() {
    assertThat(huawei(data -> data.put("trace_name", "createPublicRecordSetImport")))
        .isEqualTo(new DnsHint.Somewhere());
  }

  @ParameterizedTest
  @ValueSource(strings = {"deletePublicRecordSet", "createPrivateRecordSet", "createPublicZone"})
  void huaweisDeletionsAndOtherCalls(String name) {
    assertNothing(huawei(data -> data.put("trace_name", name)));
  }

  @Test
  void huaweisFailuresAndOtherServices() {
    assertNothing(huawei(data -> data.put("trace_rating", "warning")));
    assertNothing(huawei(data -> data.put("code", "403")));
    assertNothing(DnsEvents.read(new Event("HC.OBS", "type", json("{\"service_type\":\"OBS\"}"))));
  }

  @Test
  void anEventOfSomethingElse() {
    assertNothing(DnsEvents.read(new Event("aws.s3", "Object Created", json("{}"))));
    assertNothing(DnsEvents.read(new Event("x", "y", json("[1]"))));
    assertNothing(DnsEvents.read(new Event("x", "y", json("null"))));
  }

  private static void assertNothing(DnsHint hint) {
    assertThat(hint).isInstanceOf(DnsHint.Nothing.class);
  }

  private static DnsHint route53(Consumer<ObjectNode> change) {
    return read("route53", "aws.route53", "detail", change);
  }

  private static DnsHint alidns(Consumer<ObjectNode> change) {
    return read("alidns", "acs.actiontrail", "data", change);
  }

  private static DnsHint dnspod(Consumer<ObjectNode> change) {
    return read("dnspod", "dnspod.cloud.tencent", "data", change);
  }

  private static DnsHint huawei(Consumer<ObjectNode> change) {
    return read("huawei-dns", "HC.DNS", "data", change);
  }

  private static DnsHint read(
      String file, String source, String member, Consumer<ObjectNode> change) {
    ObjectNode data = (ObjectNode) Parts.event(file).get(member);
    change.accept(data);
    return DnsEvents.read(new Event(source, "type", data));
  }

  private static JsonNode json(String text) {
    try {
      return Parts.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
