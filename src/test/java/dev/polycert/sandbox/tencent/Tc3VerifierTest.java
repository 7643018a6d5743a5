package dev.polycert.sandbox.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.sandbox.FakeWorld;
import dev.polycert.sandbox.Recorded;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.World;
import dev.polycert.whole.judge.Capture;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors were made by the vendor's own signer. */
class Tc3VerifierTest {

  static Stream<JsonObject> vectors() throws IOException {
    try (InputStream file = Tc3VerifierTest.class.getResourceAsStream("/vectors.json")) {
      return new JsonArray(new String(file.readAllBytes(), StandardCharsets.UTF_8))
          .stream()
              .map(JsonObject.class::cast)
              .filter(vector -> vector.getString("id").startsWith("T"));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void acceptsWhatTheVendorsSignerSigned(JsonObject vector) {
    assertThatCode(() -> verifier(vector).verify(request(vector, Map.of())))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesAnotherBodyAndAnotherHost(JsonObject vector) {
    JsonObject altered = vector.copy().put("body", vector.getString("body") + " ");

    assertThatThrownBy(() -> verifier(vector).verify(request(altered, Map.of())))
        .extracting("code")
        .isEqualTo("AuthFailure.SignatureFailure");
    assertThatThrownBy(
            () -> verifier(vector).verify(request(vector, Map.of("host", "evil.example"))))
        .extracting("code")
        .isEqualTo("AuthFailure.SignatureFailure");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signerOfTheTestsSignsAsTheVendorDoes(JsonObject vector) {
    String service = vector.getString("host").split("\\.")[0];
    Tc3 signer = new Tc3(vector.getString("accessKey"), vector.getString("secretKey"), service);

    assertThat(
            signer.authorization(
                vector.getString("host"),
                time(vector),
                vector.getString("body").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(vector.getString("authorization"));
  }

  /** All but the one that was signed for the host behind a gateway of the user's own. */
  static Stream<Capture> recorded() {
    return Capture.of(Capture.Vendor.TENCENT).stream()
        .filter(capture -> !capture.name().contains(".mode-apigw"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void acceptsWhatTheVendorsSdkSent(Capture capture) {
    FakeWorld world = new FakeWorld();
    world.wallClock(Instant.ofEpochSecond(Long.parseLong(capture.header("x-tc-timestamp"))));
    if (capture.withToken()) {
      world.token(Capture.TOKEN);
    }
    assertThatCode(() -> new Tc3Verifier(world, "tencent-ssl").verify(Recorded.request(capture)))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAnotherToken() throws IOException {
    JsonObject withToken =
        vectors().filter(vector -> vector.containsKey("token")).findFirst().orElseThrow();

    assertThatThrownBy(
            () -> verifier(withToken).verify(request(withToken, Map.of("x-tc-token", "other"))))
        .extracting("code")
        .isEqualTo("AuthFailure.TokenFailure");
  }

  private static Instant time(JsonObject vector) {
    return Instant.ofEpochSecond(Long.parseLong(vector.getString("timestamp")));
  }

  private static Request request(JsonObject vector, Map<String, String> altered) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", Tc3.CONTENT_TYPE);
    headers.put("host", vector.getString("host"));
    headers.put("x-tc-timestamp", vector.getString("timestamp"));
    headers.put("authorization", vector.getString("authorization"));
    Optional.ofNullable(vector.getString("token"))
        .ifPresent(token -> headers.put("x-tc-token", token));
    headers.putAll(altered);
    return new Request(
        "POST", "/", "", headers, vector.getString("body").getBytes(StandardCharsets.UTF_8));
  }

  /** A world at the vector's time which knows the vector's key. */
  private static Tc3Verifier verifier(JsonObject vector) {
    FakeWorld world = new FakeWorld();
    world.wallClock(time(vector).plusSeconds(299));
    world.key(
        vector.getString("accessKey"),
        new World.Secret("default", vector.getString("secretKey"), vector.getString("token")));
    return new Tc3Verifier(world, "tencent-ssl");
  }
}
