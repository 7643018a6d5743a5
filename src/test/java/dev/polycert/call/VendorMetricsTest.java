package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.metric.NotedMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What operators see of the calls to vendors. */
class VendorMetricsTest {
  private static final Descriptor SERVICE = Descriptor.of("plain", "Plain");

  private final NotedMetrics metrics = new NotedMetrics();

  @Test
  void everyTryIsCountedWithWhatItCameTo() {
    call(
        () -> Uni.createFrom().item(Response.ok().build()),
        answering(throttled(), Answer.of("done")));

    assertThat(metrics.take())
        .containsExactly("plain waited", "plain Call THROTTLED", "plain waited", "plain Call OK");
  }

  @Test
  void aVendorThatCannotBeReachedIsCountedToo() {
    call(() -> Uni.createFrom().failure(new IOException("no route")), answer -> Answer.of("never"));

    assertThat(metrics.take()).endsWith("plain waited", "plain Call RETRY").hasSize(4);
  }

  private void call(Supplier<Uni<Response>> send, Decoder<String> decoder) {
    Map<String, String> settings =
        Map.of("polycert.http.attempts", "2", "polycert.http.backoff", "1ms");
    CallContext context = new CallContext(Instant.now().plusSeconds(20));
    HttpTesting.calls(HttpTesting.config(settings), Clock.systemUTC(), metrics)
        .of(SERVICE, new ServiceSettings(Optional.empty()))
        .read("Call", context, send, decoder)
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  @SafeVarargs
  private static Decoder<String> answering(Answer<String>... answers) {
    Iterator<Answer<String>> next = List.of(answers).iterator();
    return raw -> next.next();
  }

  private static Answer<String> throttled() {
    return Answer.refused(new VendorError(ErrorClass.THROTTLED, "Throttling", "slower"));
  }
}
