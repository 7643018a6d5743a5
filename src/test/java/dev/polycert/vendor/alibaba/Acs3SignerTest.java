package dev.polycert.vendor.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Signing;
import dev.polycert.provider.Vectors;
import dev.polycert.provider.Vectors.Vector;
import dev.polycert.whole.judge.Capture;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Acs3SignerTest {

  static Stream<Vector> vectors() {
    return Vectors.of("ACS3-HMAC-SHA256");
  }

  @Test
  void hasTheVendorsVectors() {
    assertThat(vectors()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signsAsTheVendorDoes(Vector vector) {
    String query =
        vector.map("query").entrySet().stream()
            .map(each -> each.getKey() + "=" + Signing.percentEncode(each.getValue()))
            .collect(Collectors.joining("&"));

    assertThat(authorization(vector, query)).isEqualTo(vector.text("authorization"));
  }

  @Test
  void signsWhatIsMeantHoweverItIsEncodedOnTheWire() {
    Vector siteList = vectors().filter(each -> each.text("id").equals("A2")).findFirst().get();

    assertThat(authorization(siteList, "SiteName=a+b~c*d/e%2Bf&PageNumber=1"))
        .isEqualTo(siteList.text("authorization"));
  }

  static List<Capture> captures() {
    return Capture.of(Capture.Vendor.ALIBABA);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void signsWhatTheVendorsSdkSentAsItDid(Capture capture) {
    assertThat(
            Acs3Signer.authorization(
                Capture.KEY_ID,
                Capture.SECRET,
                capture.method(),
                capture.query(),
                capture.headers()))
        .isEqualTo(capture.header("authorization"));
  }

  private static String authorization(Vector vector, String query) {
    return Acs3Signer.authorization(
        vector.text("accessKey"),
        vector.text("secretKey"),
        vector.text("method"),
        query,
        vector.map("headers"));
  }
}
