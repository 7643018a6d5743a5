package dev.polycert.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.Vectors;
import dev.polycert.provider.Vectors.Vector;
import dev.polycert.provider.http.Signing;
import java.nio.charset.StandardCharsets;
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
}
