package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.OrderState;
import dev.polycert.testing.Csrs;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers to wrong requests. */
class BadRequestsTest {
  private static final Map<String, Operation> OPERATIONS =
      Stream.of(
              Doors.apply(),
              Doors.checkVerification(),
              Doors.submitInformation(),
              Doors.cancel(),
              Doors.export(),
              Doors.deploy(),
              Doors.delegations(),
              Doors.checkServed(),
              Doors.deliver(),
              Doors.adopt(),
              Doors.notifyTest(),
              Doors.orders(
                  new FakeOrderBook(Samples.order("www.example.com", OrderState.ISSUED, null))))
          .collect(Collectors.toMap(Operation::name, Function.identity()));

  static Stream<Arguments> wrongMembers() {
    return Stream.of(
        apply("{}", "domains", "is missing; expected an array of domain names"),
        apply("{\"domains\":[]}", "domains", "expected 1 to 1000 entries, got 0"),
        apply(domains(1001), "domains", "expected 1 to 1000 entries, got 1001"),
        apply("{\"domains\":\"a.com\"}", "domains", "expected an array of strings, got a string"),
        apply("{\"domains\":[\"example.com\",7]}", "domains[1]", "expected a string, got a number"),
        apply("{\"domains\":[\" \"]}", "domains[0]", "is blank"),
        apply(with("\"provider\":[]"), "provider", "unknown; did you mean \"providers\"?"),
        apply(
            with("\"providers\":[\"tencent-sll\"]"),
            "providers[0]",
            "unknown provider \"tencent-sll\"; did you mean \"tencent-ssl\"?"),
        apply(
            with("\"providers\":[\"huawei-scm\"]"),
            "providers[0]",
            "huawei-scm is not configured: it needs HUAWEICLOUD_SDK_AK"),
        apply(with("\"strategy\":\"ANY\""), "strategy", "\"ANY\" is none of ALL, FIRST"),
        apply(
            with("\"validation\":\"FILE\""),
            "validation",
            "FILE is not offered by alibaba-esa; it is by: tencent-ssl"),
        apply(
            with("\"keyAlgorithm\":\"EC_P256\""),
            "keyAlgorithm",
            "EC_P256 is not offered by alibaba-esa, tencent-ssl; it is by: none"),
        apply(
            "{\"domains\":[\"*.example.com\"],\"providers\":[\"tencent-ssl\"],"
                + "\"validation\":\"FILE\"}",
            "domains[0]",
            "a wildcard cannot be validated by FILE; use DNS"),
        apply(
            "{\"domains\":[\"192.0.2.1\"],\"providers\":[\"tencent-ssl\"],"
                + "\"validation\":\"FILE\"}",
            "domains[0]",
            "192.0.2.1 is an IP address, for which tencent-ssl issues no certificate: give a"
                + " domain name such as www.example.com, or name only providers that do: none"),
        apply(with("\"dryRun\":\"yes\""), "dryRun", "expected true or false, got a string"),
        apply(with("\"reissue\":null"), "reissue", "expected true or false, got null"),
        post(
            "adopt",
            "{\"providers\":[\"tencent-ssl\"],\"renew\":null}",
            "renew",
            "expected true or false, got null"),
        post("check-verification", "{\"due\":null}", "due", "expected true or false, got null"),
        apply(
            with("\"providerOptions\":[]"), "providerOptions", "expected an object, got an array"),
        apply(
            with("\"providerOptions\":{\"alibaba-esa\":{\"siteid\":1}}"),
            "providerOptions.alibaba-esa.siteid",
            "unknown; did you mean \"siteId\"?"),
        apply(
            with("\"providerOptions\":{\"alibaba-esa\":{\"siteId\":null}}"),
            "providerOptions.alibaba-esa.siteId",
            "expected a string, a number, true or false, got null"),
        apply(
            with("\"providers\":[\"tencent-ssl\"],\"providerOptions\":{\"alibaba-esa\":{}}"),
            "providerOptions.alibaba-esa",
            "is not a provider of this request; known: tencent-ssl"),
        apply(
            with("\"information\":{\"contact\":{\"email\":\"nobody\"}}"),
            "information.contact.email",
            "expected an address, such as admin@example.com, got \"nobody\""),
        apply(
            with("\"information\":{\"organization\":{\"country\":\"China\"}}"),
            "information.organization.country",
            "expected a country code of two letters, such as DE, got \"China\""),
        apply(
            with("\"information\":{\"csr\":\"-----BEGIN PRIVATE KEY-----\"}"),
            "information.csr",
            "expected a PKCS#10 request in PEM (BEGIN CERTIFICATE REQUEST) alone; the private key"
                + " stays with you and is to be sent nowhere"),
        apply(
            with("\"information\":{\"csr\":" + csrOf("www.example.com") + "}"),
            "information.csr",
            "alibaba-esa makes the key itself; a csr is taken by: tencent-ssl"),
        apply(
            with(
                "\"providers\":[\"tencent-ssl\"],\"information\":{\"csr\":"
                    + csrOf("other.example.com")
                    + "}"),
            "information.csr",
            "is for other.example.com; the order is for www.example.com"),
        apply(
            with(
                "\"providers\":[\"tencent-ssl\"],\"keyAlgorithm\":\"RSA_2048\",\"information\":{\"csr\":"
                    + csrOf("www.example.com")
                    + "}"),
            "keyAlgorithm",
            "RSA_2048 is asked for, but the key of information.csr is EC_P256; leave it out"),
        apply(
            with("\"information\":{\"organization\":{\"name\":\"" + "x".repeat(513) + "\"}}"),
            "information.organization.name",
            "is too long: it takes 513 bytes, and there is room for 512"),
        apply(
            with("\"information\":{\"contact\":{\"position\":\"" + "深".repeat(171) + "\"}}"),
            "information.contact.position",
            "is too long: it takes 513 bytes, and there is room for 512"),
        apply(
            with("\"information\":{\"csr\":\"" + csr(1_000_000) + "\"}"),
            "information.csr",
            "is too long: it takes 1000000 bytes, and there is room for 16384"),
        apply(
            with(
                "\"providerOptions\":{\"alibaba-esa\":{\"siteId\":\""
                    + "1".repeat(32_000)
                    + "\",\"apiPassword\":\""
                    + "x".repeat(769)
                    + "\"}}"),
            "providerOptions.alibaba-esa.apiPassword",
            "is too long: it takes 769 bytes, and there is room for 768"),
        post("check-verification", "{\"due\":false}", "due", "can only be true"),
        post(
            "check-verification",
            "{\"orders\":[\"ord_1\"]}",
            "orders[0]",
            "\"ord_1\" is not an order id: ord_ and 32 hexadecimal digits"),
        post(
            "submit-information",
            "{\"orders\":[\"" + id("0") + "\"]}",
            "information",
            "is missing; expected an object"),
        post(
            "submit-information",
            "{\"orders\":[\"" + id("0") + "\"],\"information\":{}}",
            "information",
            "says nothing"),
        post("cancel", "{}", "orders", "is missing; expected an array of order ids"),
        post(
            "cancel",
            "{\"orders\":[\"" + id("0") + "\"],\"action\":\"STOP\"}",
            "action",
            "\"STOP\" is none of CANCEL, DELETE, REVOKE"),
        post(
            "cancel",
            "{\"orders\":[\"" + id("0") + "\"],\"reason\":\"SUPERSEDED\"}",
            "reason",
            "is for the action REVOKE, not for CANCEL"),
        post(
            "submit-information",
            "{\"orders\":[\"" + id("0") + "\"],\"information\":{\"csr\":\"" + csr(16_385) + "\"}}",
            "information.csr",
            "is too long: it takes 16385 bytes, and there is room for 16384"),
        post(
            "deploy",
            "{\"orders\":[\""
                + id("0")
                + "\"],\"deployOptions\":{\"alibaba-esa\":{\"hosts\":\""
                + "x".repeat(32_769)
                + "\"}}}",
            "deployOptions.alibaba-esa.hosts",
            "is too long: it takes 32769 bytes, and there is room for 32768"),
        post("export", "{}", "order", "is missing; expected an order id"),
        post(
            "export",
            "{\"order\":\""
                + id("0")
                + "\",\"format\":\"PKCS12\",\"includePrivateKey\":true,\"password\":12345678}",
            "password",
            "expected a string, got a number"),
        post(
            "export",
            "{\"order\":\"" + id("0") + "\",\"format\":\"PKCS12\",\"password\":\"long enough\"}",
            "format",
            "PKCS12 holds the private key: includePrivateKey must be true"),
        post(
            "export",
            "{\"order\":\""
                + id("0")
                + "\",\"format\":\"PKCS12\",\"includePrivateKey\":true,\"password\":\"short\"}",
            "password",
            "PKCS12 needs one of at least 8 characters"),
        post(
            "export",
            "{\"order\":\"" + id("0") + "\",\"password\":\"long enough\"}",
            "password",
            "is for the formats PKCS12 and PKCS12_LEGACY alone"),
        post(
            "export",
            "{\"order\":\""
                + id("0")
                + "\",\"format\":\"PKCS12\",\"includePrivateKey\":true,\"password\":\"pässwörter\"}",
            "password",
            "expected printable ASCII characters, because programs read others differently"),
        post(
            "export",
            "{\"order\":\"ord_1\"}",
            "order",
            "\"ord_1\" is not an order id: ord_ and 32 hexadecimal digits"),
        post(
            "export",
            "{\"order\":\"" + id("0") + "\",\"includePrivateKey\":\"yes\"}",
            "includePrivateKey",
            "expected true or false, got a string"),
        post(
            "deploy",
            "{\"orders\":[\"" + id("0") + "\"],\"deployOptions\":{\"tencent-sll\":{}}}",
            "deployOptions.tencent-sll",
            "is no provider that deploys; known: alibaba-esa"),
        post(
            "deploy",
            "{\"orders\":[\""
                + id("0")
                + "\"],\"deployOptions\":{\"alibaba-esa\":{\"host\":\"a\"}}}",
            "deployOptions.alibaba-esa.host",
            "unknown; did you mean \"hosts\"?"),
        post(
            "deliver",
            "{\"orders\":[\"" + id("0") + "\"]}",
            "deliver",
            "is missing; targets to add here, targets to end in remove, or \"retry\": true for"
                + " those that the certificate has not reached"),
        post(
            "deliver",
            "{\"orders\":[\"" + id("0") + "\"],\"deliver\":[],\"remove\":[]}",
            "deliver",
            "is missing; targets to add here, targets to end in remove, or \"retry\": true for"
                + " those that the certificate has not reached"),
        post(
            "deliver",
            "{\"orders\":[\"" + id("0") + "\"],\"remove\":[{\"directory\":\"a\"}]}",
            "remove[0].to",
            "is missing; the deliverer of the targets that are to go"),
        post(
            "check-served",
            "{}",
            "orders",
            "expected order ids here, or hosts such as a.example:443 in hosts"),
        post(
            "check-served",
            "{\"hosts\":[\"a.example.com\",\"https://b.example.com\"]}",
            "hosts[1]",
            "'https://b.example.com' must be name:port, address:port, [v6]:port or"
                + " name@address:port"),
        post(
            "delegations",
            "{\"providers\":[\"tencent-ssl\"]}",
            "domains",
            "is missing; expected an array of domain names"),
        post(
            "delegations",
            "{\"domains\":[\"www.example.com\"],\"provider\":\"tencent-ssl\"}",
            "provider",
            "unknown; did you mean \"providers\"?"),
        post(
            "notify-test",
            "{\"channels\":[\"ops\"]}",
            "channels[0]",
            "\"ops\" is not configured; no channel is"),
        post(
            "notify-test",
            "{\"channel\":[\"ops\"]}",
            "channel",
            "unknown; did you mean \"channels\"?"),
        post(
            "adopt",
            "{\"providers\":[\"tencent-sll\"]}",
            "providers[0]",
            "unknown provider \"tencent-sll\"; did you mean \"tencent-ssl\"?"),
        post(
            "adopt",
            "{\"providers\":[\"alibaba-esa\"],\"cursors\":{\"tencent-ssl\":\"1\"}}",
            "cursors.tencent-ssl",
            "is not a provider of this request; known: alibaba-esa"),
        get("limit", "201", "expected a number from 1 to 200, got 201"),
        get("limit", "1.5", "expected a whole number from 1 to 200"),
        get("state", "issued", "\"issued\" is none of " + states()),
        get("cursor", "bad", "is not one that a page of orders has given"),
        get(
            "provider",
            "letsencrypt",
            "unknown provider \"letsencrypt\"; known: alibaba-esa, httpreq, huawei-scm,"
                + " tencent-ssl"),
        get(
            "expiringBefore",
            "soon",
            "\"soon\" is no moment such as 2026-01-02T03:04:05Z or 2026-01-02"),
        get(
            "expiringBefore",
            "2032-02-30",
            "\"2032-02-30\" is no moment such as 2026-01-02T03:04:05Z or 2026-01-02"),
        get("domian", "a.com", "unknown; did you mean \"domain\"?"),
        get(
            "sort",
            "-served",
            "orders cannot be sorted by \"served\"; known: account, certificate.notAfter,"
                + " createdAt, deadline, domain, nextStepAt, provider, state, updatedAt"),
        get("sort", "domian", "orders cannot be sorted by \"domian\"; did you mean \"domain\"?"),
        get(
            "fields",
            "id,certificate.notafter",
            "an order has no member \"certificate.notafter\"; did you mean"
                + " \"certificate.notAfter\"?"),
        get("fields", "id,state,id", "names id more than once"));
  }

  @ParameterizedTest
  @MethodSource
  void wrongMembers(String operation, ObjectNode event, String field, String message) {
    JsonNode answer = answer(operation, event);

    assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
    assertThat(Doors.body(answer).path("errors"))
        .singleElement()
        .isEqualTo(Parts.MAPPER.createObjectNode().put("field", field).put("message", message));
  }

  static Stream<Arguments> wrongRequests() {
    ObjectNode base64 = Doors.http("POST", "/apply", "no base64!").put("isBase64Encoded", true);
    ObjectNode form = Doors.http("POST", "/apply", "a=b");
    ((ObjectNode) form.get("headers")).put("content-type", "application/x-www-form-urlencoded");
    String deep = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";
    return Stream.of(
        arguments("apply", base64, 400, "One member of the request is wrong."),
        arguments("apply", form, 415, "The body must be application/json."),
        arguments(
            "apply",
            Doors.http("POST", "/apply", ""),
            400,
            "There is nothing in the body; a JSON object is expected."),
        arguments(
            "apply",
            Doors.http("POST", "/apply", "[]"),
            400,
            "A JSON object is expected, not an array."),
        arguments(
            "apply",
            Doors.http("POST", "/apply", "\"" + "x".repeat(2 << 20) + "\""),
            413,
            "The body is larger than 1048576 bytes."),
        arguments(
            "apply",
            Doors.http("POST", "/apply", deep),
            400,
            "The JSON cannot be read: it is nested deeper than 32 levels."),
        arguments(
            "apply",
            Doors.http("POST", "/apply", "{\"dryRun\":true,\"dryRun\":false}"),
            400,
            "The JSON cannot be read at line 1, column 24: a name occurs twice in one object."),
        arguments("apply", Doors.http("GET", "/apply", ""), 405, "This path takes POST, OPTIONS."),
        arguments(
            "apply",
            Doors.http("POST", "/aply", "{}"),
            404,
            "There is nothing at this path. There is: POST /apply."),
        arguments(
            "check-verification",
            Doors.http("POST", "/check-verification", "{}"),
            400,
            "Exactly one is expected of orders (ids), domains (names) and due (true)."),
        arguments(
            "orders",
            Doors.http("GET", "/orders/" + id("0"), ""),
            404,
            "There is no order \"" + id("0") + "\"."),
        arguments("orders", Doors.http("GET", "/orders/x", ""), 404, "There is no order \"x\"."));
  }

  @ParameterizedTest
  @MethodSource
  void wrongRequests(String operation, ObjectNode event, int status, String detail) {
    JsonNode answer = answer(operation, event);

    assertThat(answer.path("statusCode").intValue()).isEqualTo(status);
    assertThat(answer.at("/headers/content-type").textValue())
        .isEqualTo("application/problem+json");
    assertThat(Doors.body(answer).path("detail").textValue()).isEqualTo(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"192.0.2.1", "co.uk", "https://example.com/", "exa mple.com", "*.*.example.com"})
  void namesThatNoCaMayIssueForAreReportedByTheirPath(String name) {
    String body = "{\"domains\":[\"example.com\",\"" + name + "\"]}";

    JsonNode answer = answer("apply", Doors.http("POST", "/apply", body));

    assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
    JsonNode errors = Doors.body(answer).path("errors");
    assertThat(errors).hasSize(1);
    assertThat(errors.at("/0/field").textValue()).isEqualTo("domains[1]");
    assertThat(errors.at("/0/message").textValue()).contains(name);
  }

  @Test
  void allErrorsOfARequestAreReportedAtOnce() {
    String body =
        "{\"domains\":[\"example.com\",1],\"strategy\":\"X\",\"nonsense\":1,"
            + "\"information\":{\"contact\":{\"phone\":\"abc\"}}}";

    JsonNode answer = answer("apply", Doors.http("POST", "/apply", body));

    assertThat(Doors.body(answer).path("errors").findValuesAsText("field"))
        .containsExactly("domains[1]", "strategy", "information.contact.phone", "nonsense");
    assertThat(Doors.body(answer).path("detail").textValue())
        .isEqualTo("4 members of the request are wrong.");
  }

  private static JsonNode answer(String operation, ObjectNode event) {
    return Parts.invocation().answer(OPERATIONS.get(operation), event).await().indefinitely();
  }

  private static Arguments apply(String body, String field, String message) {
    return post("apply", body, field, message);
  }

  private static Arguments post(String operation, String body, String field, String message) {
    return arguments(operation, Doors.http("POST", "/" + operation, body), field, message);
  }

  private static Arguments get(String parameter, String value, String message) {
    ObjectNode event = Doors.http("GET", "/orders", "");
    event.putObject("queryStringParameters").put(parameter, value);
    return arguments("orders", event, parameter, message);
  }

  private static String with(String members) {
    return "{\"domains\":[\"www.example.com\"]," + members + "}";
  }

  private static String csrOf(String domain) {
    return Parts.MAPPER.valueToTree(Csrs.of(domain).pem()).toString();
  }

  /** A CSR as it is written in JSON, of this many bytes. */
  private static String csr(int bytes) {
    String begin = "-----BEGIN CERTIFICATE REQUEST-----";
    String end = "-----END CERTIFICATE REQUEST-----";
    return begin + "A".repeat(bytes - begin.length() - end.length()) + end;
  }

  private static String domains(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"d" + i + ".example.com\"")
        .collect(Collectors.joining(",", "{\"domains\":[", "]}"));
  }

  private static String id(String digit) {
    return "ord_" + digit.repeat(32);
  }

  private static String states() {
    return Stream.of(OrderState.values()).map(Enum::name).collect(Collectors.joining(", "));
  }
}
