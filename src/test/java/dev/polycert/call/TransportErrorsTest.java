package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends a call without an answer, and whether the vendor may have got it. */
class TransportErrorsTest {
  private static final String SECRET = "https://vendor.example/?key=fake-key";

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new ConnectTimeoutException(SECRET), "Transport.Unreachable", true),
        arguments(new ConnectException(SECRET), "Transport.Unreachable", true),
        arguments(new UnknownHostException(SECRET), "Transport.Unreachable", true),
        arguments(
            new TimeoutException("timeout while getting a connection from the pool"),
            "Transport.Unreachable",
            true),
        arguments(new ConnectionPoolTooBusyException(SECRET), "Transport.QueueFull", true),
        arguments(new SSLHandshakeException(SECRET), "Transport.Tls", true),
        arguments(new RestClients.TooLargeException(200), "Transport.TooLarge", false),
        arguments(new RestClients.TooSlowException(), "Transport.Timeout", false),
        arguments(new TimeoutException(), "Transport.Timeout", false),
        arguments(new TimeoutException(SECRET), "Transport.Timeout", false),
        arguments(new IOException(SECRET), "Transport.Broken", false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void hasItsNameAndTellsWhetherItWasSent(Exception failure, String code, boolean neverSent) {
    for (Throwable thrown : new Throwable[] {failure, new CompletionException(failure)}) {
      VendorError error = TransportErrors.of(thrown);

      assertThat(error.code()).isEqualTo(code);
      assertThat(error.errorClass()).isEqualTo(ErrorClass.RETRY);
      assertThat(error.message()).isNotBlank().doesNotContain("fake-key");
      assertThat(TransportErrors.neverSent(error)).isEqualTo(neverSent);
    }
  }

  @Test
  void anAnswerInNoFormIsToldByItsStatusAndLength() {
    VendorError error =
        TransportErrors.malformed(new HttpAnswer(502, name -> null, new byte[] {1, 2, 3}));

    assertThat(error.code()).isEqualTo("Transport.Malformed");
    assertThat(error.message()).isEqualTo("HTTP 502 with 3 bytes not in the vendor's form");
    assertThat(TransportErrors.neverSent(error)).isFalse();
  }
}
