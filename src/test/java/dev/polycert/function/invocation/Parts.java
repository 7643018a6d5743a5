package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.polycert.log.CurrentEvent;
import dev.polycert.log.LoggedIncidents;
import dev.polycert.metric.Metrics;
import dev.polycert.order.NoChannels;
import dev.polycert.provider.TestConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** The classes of this package, assembled without CDI and with a fixed clock. */
public final class Parts {
  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  public static final String SECRET = "fake-key-for-tests";
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private Parts() {}

  public static HttpRouter router() {
    return new HttpRouter(runner(), problems(), MAPPER);
  }

  public static Invocation invocation() {
    return invocation(Metrics.NONE, new CurrentEvent());
  }

  static Invocation invocation(Metrics metrics, CurrentEvent current) {
    return invocation(metrics, current, Map.of());
  }

  /**
   * An invocation that reads the claims of tokens.
   *
   * @param oidc settings below {@code polycert.oidc}
   */
  public static Invocation invocation(Map<String, String> oidc) {
    return invocation(Metrics.NONE, new CurrentEvent(), oidc);
  }

  private static Invocation invocation(
      Metrics metrics, CurrentEvent current, Map<String, String> oidc) {
    Map<String, String> properties = new HashMap<>();
    oidc.forEach((name, value) -> properties.put("polycert.oidc." + name, value));
    return new Invocation(
        router(),
        runner(),
        problems(),
        current,
        NoChannels.HERE,
        metrics,
        CLOCK,
        () -> Duration.ofSeconds(25),
        new Claims(TestConfig.of(properties, OidcConfig.class).getConfigMapping(OidcConfig.class)));
  }

  static Problems problems() {
    return new Problems(LoggedIncidents.incidents());
  }

  /** A recorded or documented event by the name of its file. */
  public static JsonNode event(String name) {
    try (InputStream in = Parts.class.getResourceAsStream("/events/" + name + ".json")) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Runner runner() {
    return new Runner(MAPPER, problems(), CLOCK);
  }
}
