package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.metric.NotedMetrics;
import dev.polycert.provider.Capability;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What operators see of the calls to vendors. */
class VendorMetricsTest {
  private static final Descriptor DESCRIPTOR =
      new Descriptor(
          "plain",
          "Plain",
          Set.<ValidationMethod>of(),
          Set.<KeyAlgorithm>of(),
          Map.of(),
          List.of(),
          Set.<Capability>of(),
          "",
          "",
          Map.of(),
          Duration.ofDays(1));

  private final NotedMetrics metrics = new NotedMetrics();

  @Test
  void everyTryIsCountedWithWhatItCameTo() {
    call(
        () -> Uni.createFrom().item(Response.ok().build()),
        answering(throttled(), new Decoder.Decoded.Value<>("done", null)));

    assertThat(metrics.take())
        .containsExactly("plain waited", "plain Call THROTTLED", "plain waited", "plain Call OK");
  }

  @Test
  void aVendorThatCannotBeReachedIsCountedToo() {
    call(
        () -> Uni.createFrom().failure(new IOException("no route")),
        answer -> new Decoder.Decoded.Value<>("never", null));

    assertThat(metrics.take()).endsWith("plain waited", "plain Call RETRY").hasSize(4);
  }

  private void call(Supplier<Uni<Response>> send, Decoder<String> decoder) {
    Map<String, String> settings =
        Map.of("polycert.http.attempts", "2", "polycert.http.backoff", "1ms");
    CallContext context = CallContext.readOnly(Instant.now().plusSeconds(20));
    HttpTesting.calls(HttpTesting.config(settings), Clock.systemUTC(), metrics)
        .of(DESCRIPTOR, new Account("default", List.of()))
        .read("Call", context, send, decoder)
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  @SafeVarargs
  private static Decoder<String> answering(Decoder.Decoded<String>... answers) {
    Iterator<Decoder.Decoded<String>> next = List.of(answers).iterator();
    return raw -> next.next();
  }

  private static Decoder.Decoded<String> throttled() {
    return new Decoder.Decoded.Error<>(
        new VendorError(ErrorClass.THROTTLED, "Throttling", "slower"));
  }
}
