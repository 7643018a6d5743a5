package dev.polycert.whole.secrecy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The watches would find a secret that is passed on. */
class EchoWatchTest {
  private static final String SIGNATURE = "0a".repeat(32);

  @ParameterizedTest
  @ValueSource(strings = {"Signature=", "signature: ", "Signature\\u003d", "X-Signature%3D"})
  void aSignatureIsSeen(String before) {
    assertThat(EchoWatch.tells("Credential=***, " + before + SIGNATURE)).isTrue();
    assertThat(EchoWatch.tells("Credential=***, " + before + "***")).isFalse();
  }

  @Test
  void aKeyInTheErrorOrInTheLogIsSeen() {
    VendorError hidden = new VendorError(ErrorClass.FINAL, "No", "authorization: Bearer ***");
    String key = Canaries.of("CLOUDFLARE_API_TOKEN");
    VendorError told = new VendorError(ErrorClass.FINAL, "No", hidden.message() + " " + key);
    try (EchoWatch watch = new EchoWatch()) {
      watch.assertHidden(hidden);
      assertThatThrownBy(() -> watch.assertHidden(told)).isInstanceOf(AssertionError.class);
    }
    try (LeakWatch watch = new LeakWatch(EchoWatch::tells, line -> true)) {
      Logger.getLogger(EchoWatchTest.class).trace("Signature=" + SIGNATURE);
      assertThat(watch.leaks()).hasSize(1);
    }
  }

  @Test
  void whatIsInATextIsInItsBytes() {
    for (String secret : List.of("canary/one+of-these", Canaries.of("POLYCERT_VAULT_KEY"))) {
      Needles needles = Needles.of(List.of(secret));
      for (String written : Needles.written(secret)) {
        String text = "\u00e4 " + written + " behind";
        assertThat(needles.in(text)).as(written).isTrue();
        assertThat(needles.in(text.getBytes(UTF_8))).as(written).isTrue();
      }
      assertThat(needles.in(("x" + secret.substring(1)).getBytes(UTF_8))).isFalse();
    }
  }
}
