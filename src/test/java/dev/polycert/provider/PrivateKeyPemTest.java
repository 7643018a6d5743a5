package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.whole.secrecy.Needles;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in what others say of them. */
class PrivateKeyPemTest {
  private static final CertificateBundle EXPORT = IssuedCertificates.issued("www.example.com");
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
        base64().substring(33, 80),
        hex(PEM.getBytes(StandardCharsets.UTF_8)).toUpperCase(Locale.ROOT),
        hex(Base64.getDecoder().decode(body)),
        hex(Base64.getDecoder().decode(body)).substring(40, 80));
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

  /** A request that holds the key in JSON, in base64 of either alphabet, wherever it begins. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"", "{\"privateKey\":\"", "{\"PrivateKey\": \""})
  void isHiddenInTheBase64OfMore(String before) {
    byte[] request = (before + PEM.replace("\n", "\\n") + "\"}").getBytes(StandardCharsets.UTF_8);
    Needles needles = Needles.of(IssuedCertificates.secretLines(EXPORT));

    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      String echo = "no: " + encoder.encodeToString(request);
      assertThat(needles.in(echo)).isTrue();
      assertThat(needles.in(EXPORT.privateKey().hideIn(echo))).isFalse();
    }
  }

  @Test
  void isHiddenInEveryFormOfItsLines() {
    List<String> lines = IssuedCertificates.secretLines(EXPORT);
    Needles needles = Needles.of(lines);

    for (String line : lines) {
      for (String written : Needles.written(line)) {
        assertThat(needles.in(written)).isTrue();
        assertThat(needles.in(EXPORT.privateKey().hideIn(written))).as(written).isFalse();
      }
    }
  }

  /** In the escapes of URLs and JSON, so close that the characters between them reveal nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"%2B", "%2b", "%252B", "\\u002b", "\\\\u002B"})
  void isHiddenWhereEveryFewCharactersAreEscaped(String plus) {
    PrivateKeyPem key = new PrivateKeyPem("-----BEGIN X-----\nJ71wGv+RMyqYh+oQBfeJ+VltNQ==\n");
    String echo = "no: J71wGv" + plus + "RMyqYh" + plus + "oQBfeJ%2BVltNQ%3D%3D%0A.";

    assertThat(key.hideIn(echo)).isEqualTo("no: ***%0A.");
  }

  /** The last line of a key may be short. */
  @Test
  void isHiddenAcrossTheEndOfALine() {
    PrivateKeyPem key = new PrivateKeyPem("-----BEGIN X-----\nJ71wGvRMyqYh\nVQ==\n");

    for (String end : List.of("\n", "\\n", "\\\\n", "%0A", " \r\n")) {
      assertThat(key.hideIn("no: J71wGvRMyqYh" + end + "VQ==")).isEqualTo("no: ***");
    }
  }

  @Test
  void aKeyThatIsNoneHidesNothingAndDoesNoHarm() {
    assertThat(new PrivateKeyPem("=none=").hideIn("some text")).isEqualTo("some text");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
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
