package dev.polycert.vendor.huawei;

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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuaweiEnvelopeTest {
  private static final HiddenKeys KEYS =
      new HiddenKeys(Credentials.known("canary-id", SECRET, TOKEN));

  private final Decoder<Object> decoder =
      new HuaweiEnvelope(HuaweiEnvelope.gatewayErrors().put(ErrorClass.QUOTA, "SCM.0011").build())
          .decoder(Map.class, map -> Optional.ofNullable(map.get("request_info")), "request_info");

  @Test
  void readsTheFieldsAtTheTop() throws IOException {
    HttpAnswer answer = raw(200, Map.of("X-Request-Id", "R-1"), "{\"request_info\":\"success\"}");

    assertThat(decoder.decode(answer)).isEqualTo(new Answer.Success<>("success", "R-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"error_code\":\"SCM.0005\",\"error_msg\":\"bad\"}",
        "{\"code\":\"SCM.0005\",\"message\":\"bad\"}",
        "{\"error\":{\"code\":\"SCM.0005\",\"message\":\"bad\"}}",
        "{\"error\":{\"error_code\":\"SCM.0005\",\"error_msg\":\"bad\"}}"
      })
  void readsErrorsInEverySpelling(String body) throws IOException {
    assertThat(error(raw(400, body)))
        .isEqualTo(new VendorError(ErrorClass.FINAL, "SCM.0005", "bad"));
  }

  @Test
  void takesTheRequestIdFromTheHeaderFirstThenFromTheBody() throws IOException {
    String body = "{\"error_code\":\"APIGW.0308\",\"request_id\":\"body\"}";

    assertThat(error(raw(429, Map.of("X-Request-Id", "header"), body)).requestId())
        .isEqualTo("header");
    assertThat(error(raw(429, body)).requestId()).isEqualTo("body");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"error_code\":\"SCM.0011\",\"error_msg\":\"no more\"}",
        "{\"error\":{\"error_code\":\"SCM.0011\",\"error_msg\":\"no more\"}}"
      })
  void takesAnErrorForAnErrorEvenWithStatus200(String body) throws IOException {
    assertThat(error(raw(200, body)))
        .isEqualTo(new VendorError(ErrorClass.QUOTA, "SCM.0011", "no more"));
  }

  @Test
  void neverTakesNothingForSuccess() throws IOException {
    assertThat(error(raw(200, "{}")).message()).isEqualTo("success without request_info");
  }

  @ParameterizedTest
  @CsvSource({"200, ''", "200, ok", "404, {}", "500, <html/>"})
  void callsEverythingElseMalformed(int status, String body) {
    assertThatThrownBy(() -> decoder.decode(raw(status, body))).isInstanceOf(IOException.class);
  }

  @Test
  void keepsOurKeysOutOfTheVendorsTexts() throws IOException {
    String body = "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"" + SECRET + " " + TOKEN + "\"}";

    assertThat(error(raw(401, body)).toString()).contains("***").doesNotContain("canary");
  }

  private VendorError error(HttpAnswer answer) throws IOException {
    return ((Answer.Failed<Object>) decoder.decode(KEYS.in(answer))).failure().error();
  }
}
