package dev.polycert.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.function.HttpreqDoor.Request;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.ClientNames;
import dev.polycert.order.use.HttpreqConfig;
import dev.polycert.provider.TestConfig;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpreqDoorTest {
  private static final String VALUE = "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";
  private static final String PASSWORD = "fake-password-for-the-tests";

  @Test
  void withoutClientsThereIsNoDoor() {
    assertThat(door(Map.of()).leadsTo("/httpreq/present")).isFalse();
    assertThat(door(client(PASSWORD)).leadsTo("/httpreq/present")).isTrue();
    assertThat(door(client(PASSWORD)).leadsTo("/orders")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "web:fake-password-for-the-tests, true",
    "web:fake-password-for-the-test, false",
    "mail:fake-password-for-the-tests, false",
    "web:, false",
    ":, false",
    "web, false"
  })
  void aUserNameAndItsPasswordOpenIt(String pair, boolean open) {
    String sent = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));

    assertThat(door(client(PASSWORD)).open(sent).isPresent()).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({"Bearer d2ViOmZha2U=", "Basic ???", "Basic", "''"})
  void whatIsNoBasicAuthenticationOpensNothing(String sent) {
    assertThat(door(client(PASSWORD)).open(sent)).isEmpty();
    assertThat(door(client(PASSWORD)).open(null)).isEmpty();
  }

  @Test
  void whatItOpensIsTheTwoRoutesAndShowsNoPassword() {
    String sent =
        "basic " + Base64.getEncoder().encodeToString(("web:" + PASSWORD).getBytes(UTF_8));
    Optional<List<Operation>> opened = door(client(PASSWORD)).open(sent);

    assertThat(opened.orElseThrow())
        .flatExtracting(Operation::routes)
        .extracting(Object::toString)
        .containsExactly("POST /httpreq/present", "POST /httpreq/cleanup");
    assertThat(opened.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void aPasswordThatCouldBeGuessedIsRejectedByNameAndNotRepeated() {
    assertThatThrownBy(() -> door(client("hunter2")).require())
        .hasMessageContaining("POLYCERT_HTTPREQ_CLIENT_WEB_PASSWORD")
        .hasMessageNotContaining("hunter2");
    assertThatCode(() -> door(client(PASSWORD)).require()).doesNotThrowAnyException();
  }

  @Test
  void aNameOfAClientThatIsNoneIsRejected() {
    Map<String, String> settings = new HashMap<>(client(PASSWORD));
    settings.put("polycert.httpreq.client.\"web\".zones", "example.com,a..b");

    assertThatThrownBy(() -> door(settings).require())
        .hasMessage("POLYCERT_HTTPREQ_CLIENT_WEB_ZONES: 'a..b' is no domain name");
  }

  @Test
  void bothModesComeToTheSameRecord() {
    // RFC 8555, section 8.4: the digest of the key authorization.
    String keyAuth = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA.nP1qzpXGymHBrUEepNY9HCsQk7K8";
    Request raw =
        read(
            """
            {"domain": "www.example.com", "keyAuth": "%s",
             "token": "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA"}
            """
                .formatted(keyAuth));

    assertThat(raw.name()).isEqualTo("_acme-challenge.www.example.com");
    assertThat(
            read(
                "{\"fqdn\": \"_acme-challenge.WWW.example.com.\", \"value\": \"%s\"}"
                    .formatted(raw.value())))
        .isEqualTo(raw);
    assertThat(read("{\"domain\": \"*.example.com\", \"token\": \"a\", \"keyAuth\": \"a.b\"}"))
        .extracting(Request::name)
        .as("a wildcard is validated at its base")
        .isEqualTo("_acme-challenge.example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | fqdn | is missing",
        "{\"fqdn\": \"_acme-challenge.example.net.\", \"value\": \"V\"} | fqdn | is not below a"
            + " name of this client: example.com",
        "{\"fqdn\": \"_acme-challenge.notexample.com.\", \"value\": \"V\"} | fqdn | is not below a"
            + " name of this client: example.com",
        "{\"fqdn\": \"_acme-challenge.*.example.com.\", \"value\": \"V\"} | fqdn | is no name that"
            + " a certificate could be for",
        "{\"fqdn\": \"_acme-challenge..\", \"value\": \"V\"} | fqdn | is no name that a certificate"
            + " could be for",
        "{\"fqdn\": \"example.com\", \"value\": \"v=spf1 -all\"} | value | expected the 43"
            + " characters of a validation of ACME",
        "{\"fqdn\": \"example.com\", \"value\": \"V\", \"ttl\": 1} | ttl | unknown; known: domain,"
            + " fqdn, keyAuth, token, value",
        "{\"domain\": \"example.com\", \"token\": \"a\", \"keyAuth\": \"b.c\"} | keyAuth | expected"
            + " the token, a dot and the key's thumbprint",
      })
  void whatIsWrongIsNamed(String body, String field, String message) {
    assertThatThrownBy(() -> read(body.replace("\"V\"", "\"" + VALUE + "\"")))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid ->
                assertThat(invalid.errors())
                    .anySatisfy(
                        error -> {
                          assertThat(error.field()).isEqualTo(field);
                          assertThat(error.message()).startsWith(message);
                        }));
  }

  private static Request read(String body) {
    return Request.read(Doors.json(body), new ClientNames(List.of("example.com")));
  }

  private static Map<String, String> client(String password) {
    return Map.of(
        "polycert.httpreq.client.\"web\".password",
        password,
        "polycert.httpreq.client.\"web\".zones",
        "example.com");
  }

  private static HttpreqDoor door(Map<String, String> settings) {
    return new HttpreqDoor(
        TestConfig.of(new HashMap<>(settings), HttpreqConfig.class)
            .getConfigMapping(HttpreqConfig.class),
        null);
  }
}
