package dev.polycert.vendor.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Signing;
import dev.polycert.provider.Vectors;
import dev.polycert.provider.Vectors.Vector;
import dev.polycert.whole.judge.Capture;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SdkHmacSignerTest {

  static Stream<Vector> vectors() {
    return Vectors.of("SDK-HMAC-SHA256");
  }

  @Test
  void hasTheVendorsVectors() {
    assertThat(vectors()).hasSize(4);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signsAsTheVendorDoes(Vector vector) {
    String query =
        vector.map("query").entrySet().stream()
            .map(each -> each.getKey() + "=" + Signing.percentEncode(each.getValue()))
            .collect(Collectors.joining("&"));

    assertThat(
            SdkHmacSigner.authorization(
                vector.text("accessKey"),
                vector.text("secretKey"),
                vector.text("method"),
                vector.text("path"),
                query,
                vector.map("headers"),
                vector.text("body").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(vector.text("authorization"));
  }

  static List<Capture> captures() {
    return Capture.of(Capture.Vendor.HUAWEI);
  }

  /** With the headers that the SDK chose to sign. */
  @ParameterizedTest
  @MethodSource("captures")
  void signsWhatTheVendorsSdkSentAsItDid(Capture capture) {
    String names = capture.header("authorization").replaceFirst(".*SignedHeaders=([^,]+),.*", "$1");
    Map<String, String> signed = new HashMap<>(capture.headers());
    signed.keySet().retainAll(List.of(names.split(";")));
    assertThat(
            SdkHmacSigner.authorization(
                Capture.KEY_ID,
                Capture.SECRET,
                capture.method(),
                capture.path(),
                capture.query(),
                signed,
                capture.body()))
        .isEqualTo(capture.header("authorization"));
  }
}
