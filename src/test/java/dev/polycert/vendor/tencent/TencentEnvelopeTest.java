package dev.polycert.vendor.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.HiddenKeys;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.VendorError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The envelope, with answers as they come and as they should not. */
class TencentEnvelopeTest {

  record Thing(String Name, int Count) {
    Thing {
      Objects.requireNonNull(Name);
    }
  }

  private static Answer<Thing> decode(int status, String body) throws IOException {
    HiddenKeys keys =
        new HiddenKeys(
            TencentTesting.credentials(
                Map.of(
                    "TENCENTCLOUD_SECRET_ID", "the-key-id",
                    "TENCENTCLOUD_SECRET_KEY", "the-secret",
                    "TENCENTCLOUD_TOKEN", "the-token")));
    HttpAnswer answer =
        new HttpAnswer(
            status,
            name -> name.equals("Retry-After") ? "7" : null,
            body.getBytes(StandardCharsets.UTF_8));
    return new TencentEnvelope<>(Thing.class, TencentErrors.common().build())
        .decode(keys.in(answer));
  }

  private static VendorError error(int status, String body) throws IOException {
    return ((Answer.Failed<Thing>) decode(status, body)).failure().error();
  }

  @Test
  void passesOverWhatItDoesNotKnow() throws IOException {
    assertThat(
            decode(
                200,
                """
                {"Response":{"Name":"a","Count":2,"New":{"x":[1]},"RequestId":"r-1"},"Beside":1}
                """))
        .isEqualTo(new Answer.Success<>(new Thing("a", 2), "r-1"));
  }

  @Test
  void doesWithoutARequestId() throws IOException {
    assertThat(decode(200, "{\"Response\":{\"Name\":\"a\",\"Error\":null}}"))
        .isEqualTo(new Answer.Success<>(new Thing("a", 0), null));
  }

  @Test
  void readsAnErrorInAnAnswerWithStatus200() throws IOException {
    assertThat(
            error(
                200,
                """
                {"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"late"},
                 "RequestId":"r-2"}}
                """))
        .isEqualTo(
            new VendorError(
                ErrorClass.CLOCK,
                "AuthFailure.SignatureExpire",
                "late",
                "r-2",
                Duration.ofSeconds(7)));
  }

  @Test
  void hidesKeysThatTheVendorRepeats() throws IOException {
    String message =
        error(
                200,
                """
                {"Response":{"Error":{"Code":"X","Message":"the-key-id, the-secret\\nand the-token"}}}
                """)
            .message();
    assertThat(message).isEqualTo("***, *** and ***");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 429, 500, 502, 503})
  void anotherStatusIsTroubleOnTheWay(int status) throws IOException {
    VendorError error = error(status, "<html>not ours</html>");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(error.code()).isEqualTo("ServerSideError");
    assertThat(error.message()).contains(String.valueOf(status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "not json",
        "{}",
        "{\"Response\":null}",
        "{\"Response\":[]}",
        "{\"Response\":{}}",
        "{\"Response\":{\"RequestId\":\"r\"}}",
        "{\"Response\":{\"Name\":null,\"Count\":1}}",
        "{\"Response\":{\"Name\":\"a\",\"Count\":\"many\"}}",
        "{\"Response\":{\"Name\":{},\"Count\":1}}",
        "{\"Response\":{\"Error\":{}}}",
        "{\"Response\":{\"Error\":{\"Code\":7}}}",
        "{\"Response\":{\"Error\":\"no\"}}",
        "{\"Response\":{\"Name\":\"a\"",
      })
  void whatIsNotTheVendorsFormIsNeverASuccess(String body) {
    assertThatThrownBy(() -> decode(200, body)).isInstanceOf(IOException.class);
  }
}
