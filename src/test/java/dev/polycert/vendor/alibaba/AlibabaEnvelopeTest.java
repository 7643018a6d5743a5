package dev.polycert.vendor.alibaba;

import static dev.polycert.provider.Answers.SECRET;
import static dev.polycert.provider.Answers.TOKEN;
import static dev.polycert.provider.Answers.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.call.Answer;
import dev.polycert.call.Credentials;
import dev.polycert.call.Decoder;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.HiddenKeys;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.VendorError;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlibabaEnvelopeTest {
  private static final HiddenKeys KEYS =
      new HiddenKeys(Credentials.known("canary-id", SECRET, TOKEN));

  private final Decoder<Object> decoder =
      new AlibabaEnvelope(AlibabaEnvelope.commonErrors().build())
          .decoder(Map.class, map -> Optional.ofNullable(map.get("Result")), "a Result");

  @Test
  void readsTheFieldsAtTheTop() throws IOException {
    assertThat(decoder.decode(raw(200, "{\"Result\":\"x\",\"RequestId\":\"R-1 \"}")))
        .isEqualTo(new Answer.Success<>("x", "R-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"Code\":\"Throttling\",\"Message\":\"slow\",\"RequestId\":\"R-1\"}",
        "{\"code\":\"Throttling\",\"message\":\"slow\",\"requestId\":\"R-1\"}"
      })
  void readsErrorsInBothSpellings(String body) throws IOException {
    VendorError error = error(raw(400, Map.of("Retry-After", "7"), body));

    assertThat(error)
        .isEqualTo(
            new VendorError(
                ErrorClass.THROTTLED, "Throttling", "slow", "R-1", Duration.ofSeconds(7)));
  }

  @Test
  void findsTheRequestIdInTheHeader() throws IOException {
    Map<String, String> headers = Map.of("x-acs-request-id", "R-2");

    assertThat(error(raw(404, headers, "{\"Code\":\"SiteNotFound\"}")).requestId())
        .isEqualTo("R-2");
  }

  @ParameterizedTest
  @CsvSource({"401, CREDENTIALS", "403, CREDENTIALS", "429, THROTTLED"})
  void takesTheStatusOfAGatewayThatSendsNoCode(int status, ErrorClass expected) throws IOException {
    VendorError error = error(raw(status, "<html>go away</html>"));

    assertThat(error.errorClass()).isEqualTo(expected);
    assertThat(error.code()).isEqualTo("HTTP." + status);
  }

  @ParameterizedTest
  @CsvSource({"200, ''", "200, <html/>", "200, []", "200, {", "400, {}", "502, <html/>"})
  void callsEverythingElseMalformed(int status, String body) {
    assertThatThrownBy(() -> decoder.decode(raw(status, body))).isInstanceOf(IOException.class);
  }

  @Test
  void neverTakesNothingForSuccess() throws IOException {
    VendorError error = error(raw(200, "{\"RequestId\":\"R-3\"}"));

    assertThat(error.code()).isEqualTo("Answer.Incomplete");
    assertThat(error.message()).isEqualTo("success without a Result");
    assertThat(error.requestId()).isEqualTo("R-3");
  }

  @Test
  void keepsOurKeysOutOfTheVendorsTexts() throws IOException {
    String body =
        "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"canonical request is\\n"
            + "x-acs-security-token:"
            + TOKEN
            + "\\nx-acs-accesskey-id:canary-id "
            + SECRET
            + "\"}";

    assertThat(error(raw(400, body)).toString()).contains("***").doesNotContain("canary");
  }

  private VendorError error(HttpAnswer answer) throws IOException {
    return ((Answer.Failed<Object>) decoder.decode(KEYS.in(answer))).failure().error();
  }
}
