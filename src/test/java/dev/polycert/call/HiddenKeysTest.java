package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.whole.secrecy.Canaries;
import dev.polycert.whole.secrecy.Needles;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenKeysTest {
  private static final String SIGNATURE = "0a1b2c3d".repeat(8);

  private static String shown(Credentials credentials, String text) {
    HttpAnswer answer =
        new HiddenKeys(credentials).in(new HttpAnswer(400, name -> text, text.getBytes(UTF_8)));
    assertThat(answer.header().apply("X-Request-Id")).isEqualTo(new String(answer.body(), UTF_8));
    return new String(answer.body(), UTF_8);
  }

  static Set<String> variables() {
    return Canaries.SECRETS.keySet();
  }

  @ParameterizedTest
  @MethodSource("variables")
  void everyFormOfAKeyIsHiddenAndWithoutItsKeyNoneIs(String variable) {
    String key = Canaries.of(variable);
    Credentials none = Credentials.known("", "", null);

    for (String written : Needles.written(key)) {
      String text = "wrong: " + written + " is";
      assertThat(Canaries.in(shown(none, text))).as(written).isTrue();
      assertThat(Canaries.in(shown(Credentials.known("", key, null), text))).as(written).isFalse();
      assertThat(Canaries.in(shown(Credentials.known(key, "", null), text))).as(written).isFalse();
      assertThat(Canaries.in(shown(Credentials.known("", "", key), text))).as(written).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Signature=", "signature\\u003d", "X-Amz-Signature%3D", "Signature\\\\u003D"})
  void aSignatureIsHiddenAndTheRestStays(String before) {
    Credentials credentials = Credentials.known("some-key-id", "some-secret", null);

    assertThat(
            shown(
                credentials,
                "{\"Message\":\"TC3 Credential=some-key-id/ssl, %s%s, is wrong\"}"
                    .formatted(before, SIGNATURE)))
        .isEqualTo("{\"Message\":\"TC3 Credential=***/ssl, " + before + "***, is wrong\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-signature: v1,", "webhook-signature\":\"v1,"})
  void theSignaturesOfAWebhookAreHidden(String before) {
    Credentials none = Credentials.known("", "", null);

    assertThat(shown(none, before + SIGNATURE + "= v1," + SIGNATURE + "=, wrong"))
        .isEqualTo(before + "***, wrong");
  }

  @Test
  void whatIsNoSignatureStays() {
    String text =
        "SignatureDoesNotMatch: SignatureMethod=HMAC, sha256=" + SIGNATURE + ", signature=none";

    assertThat(shown(Credentials.known("some-key-id", "some-secret", null), text)).isEqualTo(text);
  }
}
