package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.polycert.testing.HttpAnswer;
import dev.polycert.testing.JsonTree;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each mistake is answered with, and that it reaches no vendor. */
@QuarkusTest
class BadInputTest {
  private static final String UNKNOWN_ORDER = "ord_00000000000000000000000000000000";

  @BeforeEach
  void reset() {
    Api.reset();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("{\"domains\":[]}", "domains", "1"),
        arguments("{}", "domains", "missing"),
        arguments(domains(1001), "domains", "1000"),
        arguments("{\"domains\":\"a.example.com\"}", "domains", "array"),
        arguments("{\"domains\":[17]}", "domains[0]", "string"),
        arguments("{\"domains\":[\"192.0.2.1\"]}", "domains[0]", "IP address"),
        arguments("{\"domains\":[\"co.uk\"]}", "domains[0]", "public suffix"),
        arguments("{\"domains\":[\"a_b.example.com\"]}", "domains[0]", "a_b"),
        arguments("{\"domains\":[\"https://www.example.com/\"]}", "domains[0]", "www.example.com"),
        arguments(with("\"providers\":[\"tencent-sll\"]"), "providers[0]", "tencent-ssl"),
        arguments(with("\"provders\":[\"tencent-ssl\"]"), "provders", "providers"),
        arguments(with("\"strategy\":\"BEST\""), "strategy", "ALL"),
        arguments(with("\"validation\":\"TXT\""), "validation", "DNS_AUTO"),
        arguments(
            with("\"providerOptions\":{\"alibaba-esa\":{\"siteID\":1}}"),
            "providerOptions.alibaba-esa.siteID",
            "siteId"),
        arguments(with("\"dryRun\":\"yes\""), "dryRun", "true or false"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsFieldAndWhatWouldBeRight(String body, String field, String right) {
    HttpAnswer response = Api.polycert().body(body).post("/apply");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.contentType()).startsWith("application/problem+json");
    List<Map<String, String>> errors = response.json().list("errors");
    assertThat(errors)
        .anySatisfy(
            error -> {
              assertThat(error.get("field")).isEqualTo(field);
              assertThat(error.get("message")).contains(right);
            });
    assertThat(Api.sandbox().get("/ledger").json().number("total")).isZero();
  }

  @Test
  void everyMistakeOfARequestIsReportedAtOnce() {
    JsonTree problem =
        Api.polycert()
            .body("{\"domains\":[\"ok.example.com\",\"127.0.0.1\"],\"strategy\":\"X\",\"extra\":1}")
            .post("/apply")
            .json();

    assertThat(problem.list("errors.field"))
        .containsExactlyInAnyOrder("domains[1]", "strategy", "extra");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("POST", "/apply", "", 400),
        arguments("POST", "/apply", "{", 400),
        arguments("POST", "/apply", "x".repeat(2 << 20), 413),
        arguments("GET", "/apply", "", 405),
        arguments("POST", "/nothing", "{}", 404),
        arguments("GET", "/orders/" + UNKNOWN_ORDER, "", 404),
        arguments("GET", "/orders?cursor=forged", "", 400),
        arguments("GET", "/orders?limit=0", "", 400),
        arguments("POST", "/check-verification", "{}", 400),
        arguments(
            "POST",
            "/submit-information",
            "{\"orders\":[\"" + UNKNOWN_ORDER + "\"],\"information\":{\"csr\":\"x\"}}",
            400));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void everyRefusalIsAProblemWithTheRightStatus(
      String method, String path, String body, int status) {
    HttpAnswer response = Api.polycert().body(body).send(method, path);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.json().number("status")).isEqualTo(status);
    assertThat(response.text()).doesNotContain("Exception", "at dev.polycert");
  }

  private static String with(String member) {
    return "{\"domains\":[\"www.example.com\"]," + member + "}";
  }

  private static String domains(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"d" + i + ".example.com\"")
        .toList()
        .toString()
        .transform(list -> "{\"domains\":" + list + "}");
  }
}
