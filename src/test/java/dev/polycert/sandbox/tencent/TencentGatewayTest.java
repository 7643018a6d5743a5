package dev.polycert.sandbox.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.sandbox.RunningSandbox;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TencentGatewayTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(Tencent.CREDENTIALS, TencentSslEmulator::new, TencentEdgeOneEmulator::new);

  private static final Tencent SSL = new Tencent(SANDBOX, "2019-12-05");
  private static final String APPLY = "{\"DvAuthMethod\":\"DNS\",\"DomainName\":\"a.test\"}";
  private static final UnaryOperator<HttpRequest.Builder> AS_IT_IS = headers -> headers;

  @Test
  void answersErrorsWithHttp200AndARequestId() {
    JsonObject response = SSL.answer("Nonsense", "{}");

    assertThat(response.getJsonObject("Error").getString("Code")).isEqualTo("InvalidAction");
    assertThat(response.getString("RequestId"))
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void refusesStaleAndEarlyDates(long seconds) {
    assertThat(
            code(
                SSL.request(
                    "DescribeCertificates",
                    "{}",
                    Tc3.SSL,
                    Instant.now().plusSeconds(seconds),
                    AS_IT_IS)))
        .isEqualTo("AuthFailure.SignatureExpire");
  }

  @Test
  void judgesDatesByTheCallersTimeWhenTheSandboxIsAdvanced() {
    SANDBOX.control("POST", "clock", "{\"advance\":\"PT48H\"}");

    assertThat(SSL.error("DescribeCertificates", "{}")).isEqualTo("none");
  }

  @Test
  void refusesMissingHeaders() {
    HttpRequest.Builder bare =
        HttpRequest.newBuilder(SANDBOX.uri("/"))
            .header("Content-Type", Tc3.CONTENT_TYPE)
            .header("X-TC-Action", "DescribeCertificates")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));

    assertThat(code(bare.build())).isEqualTo("MissingParameter");
    bare.header("X-TC-Version", "2019-12-05")
        .header("X-TC-Timestamp", String.valueOf(Instant.now().getEpochSecond()));
    assertThat(code(bare.build())).isEqualTo("AuthFailure.InvalidAuthorization");
  }

  @Test
  void acceptsTheServiceOfAnyEndpointAndAnUnsignedPayload() {
    Tc3 loopback = new Tc3(Tc3.SSL.accessKey(), Tc3.SSL.secretKey(), "127");
    Instant now = Instant.now();
    HttpRequest unsigned =
        HttpRequest.newBuilder(SANDBOX.uri("/"))
            .header("Content-Type", Tc3.CONTENT_TYPE)
            .header("X-TC-Action", "DescribeCertificates")
            .header("X-TC-Version", "2019-12-05")
            .header("X-TC-Timestamp", String.valueOf(now.getEpochSecond()))
            .header("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD")
            .header(
                "Authorization",
                Tc3.SSL.authorization(
                    SANDBOX.uri("/").getAuthority(), now, "UNSIGNED-PAYLOAD".getBytes()))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();

    assertThat(code(SSL.request("DescribeCertificates", "{}", loopback, now, AS_IT_IS)))
        .isEqualTo("none");
    assertThat(code(unsigned)).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ApplyCertificate|{\"DvAuthMethod\":\"DNS\"}|MissingParameter",
        "ApplyCertificate|{\"DvAuthMethod\":\"DNS\",\"DomainName\":7}|InvalidParameter",
        "ApplyCertificate|{\"DvAuthMethod\":\"DNS\",\"DomainName\":\"a.test\",\"DnsNames\":[]}"
            + "|UnknownParameter",
        "DescribeCertificates|{\"CertificateStatus\":[\"1\"]}|InvalidParameter",
        "DescribeCertificates|[]|InvalidParameter",
        "DescribeCertificate|{\"CertificateId\":\"none\"}|FailedOperation.CertificateNotFound",
      })
  void checksParameters(String action, String body, String code) {
    assertThat(SSL.error(action, body)).isEqualTo(code);
  }

  @Test
  void refusesVersionsThatDoNotExist() {
    assertThat(new Tencent(SANDBOX, "2019-12-06").error("DescribeCertificates", "{}"))
        .isEqualTo("NoSuchVersion");
  }

  /** The documented 10 calls per second, scaled down to one in 100 seconds. */
  @Test
  void throttlesByOperation() {
    SANDBOX.control("PUT", "settings", "{\"limitFactor\":0.001}");

    assertThat(SSL.error("ApplyCertificate", APPLY)).isEqualTo("none");
    assertThat(SSL.error("ApplyCertificate", APPLY)).isEqualTo("RequestLimitExceeded");
    assertThat(SSL.error("DescribeCertificates", "{}")).isEqualTo("none");
    SANDBOX.control("PUT", "settings", "{\"limits\":false}");
    assertThat(SSL.error("ApplyCertificate", APPLY)).isEqualTo("none");
    assertThat(SANDBOX.control("GET", "ledger", "").getInteger("total")).isEqualTo(2);
  }

  @Test
  void letsFaultsHappenAsOftenAsAsked() {
    fault("THROTTLE");
    assertThat(SSL.error("ApplyCertificate", APPLY)).isEqualTo("RequestLimitExceeded");
    fault("INTERNAL");
    assertThat(SSL.error("DescribeCertificates", "{}")).isEqualTo("none");
    assertThat(SSL.error("ApplyCertificate", APPLY)).isEqualTo("InternalError");
    assertThat(SANDBOX.control("GET", "ledger", "").getInteger("total")).isZero();
    assertThat(SSL.error("ApplyCertificate", APPLY)).isEqualTo("none");
  }

  @Test
  void losesTheAnswerButNotTheEffect() {
    fault("RESET_AFTER");
    assertThatThrownBy(() -> SSL.call("ApplyCertificate", APPLY))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(SANDBOX.control("GET", "ledger", "").getJsonObject("summary"))
        .isEqualTo(new JsonObject("{\"tencent-ssl\":{\"ApplyCertificate\":{\"a.test\":1}}}"));
    fault("RESET_BEFORE");
    assertThatThrownBy(() -> SSL.call("ApplyCertificate", APPLY))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(SANDBOX.control("GET", "ledger", "").getInteger("total")).isEqualTo(1);
  }

  @Test
  void cutsAndDelaysAnswers() {
    fault("MALFORMED");
    assertThat(SANDBOX.send(SSL.request("ApplyCertificate", APPLY)).body())
        .startsWith("{\"Resp")
        .doesNotEndWith("}");
    SANDBOX.control(
        "POST",
        "faults",
        "{\"operation\":\"*\",\"kind\":\"SLOW\",\"delay\":\"PT0.3S\",\"provider\":\"tencent-ssl\"}");
    Instant before = Instant.now();
    SSL.call("DescribeCertificates", "{}");
    assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(290));
  }

  private static void fault(String kind) {
    SANDBOX.control(
        "POST",
        "faults",
        "{\"operation\":\"ApplyCertificate\",\"kind\":\"%s\",\"times\":1}".formatted(kind));
  }

  private static String code(HttpRequest request) {
    JsonObject error = Tencent.response(SANDBOX.send(request)).getJsonObject("Error");
    return error == null ? "none" : error.getString("Code");
  }
}
