package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.deliver.IssuedCertificates;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys in what others say of them. */
class PrivateKeyPemTest {
  private static final Export EXPORT = IssuedCertificates.issued("www.example.com");
  private static final String PEM = EXPORT.privateKey().reveal();

  static Stream<String> echoes() {
    String body = String.join("", IssuedCertificates.secretLines(EXPORT));
    return Stream.of(
        PEM,
        PEM.replace("\n", "\\n"),
        PEM.replace("/", "\\/").replace("\n", " "),
        body,
        body.substring(0, 40),
        "no such parameter: " + body.substring(11, 70) + "…",
        URLEncoder.encode(PEM, StandardCharsets.UTF_8),
        base64(),
        base64().substring(33, 80));
  }

  @ParameterizedTest
  @MethodSource("echoes")
  void isHiddenHoweverItIsRepeated(String echo) {
    String hidden = EXPORT.privateKey().hideIn("InvalidParameter: " + echo + " is wrong");

    assertThat(hidden).startsWith("InvalidParameter: ").endsWith(" is wrong").contains("***");
    for (String form : List.of(String.join("", IssuedCertificates.secretLines(EXPORT)), base64())) {
      for (int i = 0; i + 8 <= form.length(); i++) {
        assertThat(hidden).doesNotContain(form.substring(i, i + 8));
      }
    }
  }

  private static String base64() {
    return Base64.getEncoder().encodeToString(PEM.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void leavesOtherTextsAsTheyAre() {
    String text = "Certificate www.example.com is too long: -----BEGIN CERTIFICATE----- (id=1)";

    assertThat(EXPORT.privateKey().hideIn(text)).isEqualTo(text);
    assertThat(EXPORT.toString()).contains("hidden").doesNotContain("PRIVATE KEY");
  }
}
