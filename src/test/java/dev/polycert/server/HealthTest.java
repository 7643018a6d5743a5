package dev.polycert.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.order.Catalogs;
import dev.polycert.order.NoChannels;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.ScriptedZones;
import dev.polycert.store.MemoryOrderBook;
import dev.polycert.testing.Resources;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthTest {
  private static final String KEY = "fake-key-for-the-tests";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @RegisterExtension final Resources resources = new Resources();

  @Test
  void probesNeedNoKeyAndMetricsDo() throws Exception {
    Server server =
        TestServer.open(10)
            .with("api-key", KEY)
            .start(resources.vertx(), LaunchMode.NORMAL, List.of());

    for (String path : List.of("/health/", "/health/live", "/health/live/", "/health/ready/")) {
      assertThat(get(server, path, "").statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get(server, "/health/ready", "").body())
        .isEqualTo(
            "{\"status\":\"ok\",\"checks\":"
                + "{\"dnsWriters\":\"ok\",\"notices\":\"ok\",\"orderBook\":\"ok\","
                + "\"sweep\":\"ok\",\"vaultKey\":\"ok\"}}");
    assertThat(get(server, "/metrics", "").statusCode()).isEqualTo(401);
    HttpResponse<String> metrics = get(server, "/metrics/", KEY);
    assertThat(metrics.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(metrics.body()).contains("# TYPE polycert_orders_total counter");
    server.stop(new ShutdownEvent());
  }

  private static HttpResponse<String> get(Server server, String path, String key) throws Exception {
    URI address = URI.create("http://localhost:" + server.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(address).header("authorization", "Bearer " + key).GET().build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void aSweepThatDoesNotEndWellIsBehindAfterAWhile() {
    ServerConfig sweeping = TestServer.open(1).with("renew-every", "1s").config();
    MutableClock clock = new MutableClock();
    Health health =
        new Health(new MemoryOrderBook(), Catalogs.of(), NoChannels.HERE, sweeping, clock);

    assertThat(Health.ready(checks(health))).isTrue();
    Health stuck =
        new Health(new MemoryOrderBook(), Catalogs.of(), NoChannels.HERE, sweeping, clock);
    clock.now = NOW.plus(Duration.ofMinutes(6));
    assertThat(checks(stuck)).containsEntry("sweep", "behind");
    assertThat(Health.ready(checks(stuck))).isFalse();
  }

  @Test
  void anOrderBookThatFailsOrIsSilentIsNotReady() {
    Uni<List<Order>> broken = Uni.createFrom().failure(new IllegalStateException("disk full"));
    Health health =
        new Health(
            book(method -> broken),
            Catalogs.of(),
            NoChannels.HERE,
            TestServer.open(1).config(),
            Clock.systemUTC());

    assertThat(checks(health)).containsEntry("orderBook", "fails");
  }

  /** A full disk, or a server that only reads. */
  @Test
  void anOrderBookThatOnlyAnswersIsNotReady() {
    OrderBook readable =
        book(
            method ->
                method.equals("turn")
                    ? Uni.createFrom().failure(new IllegalStateException("disk full"))
                    : Uni.createFrom().item(List.of()));
    Health health =
        new Health(
            readable,
            Catalogs.of(),
            NoChannels.HERE,
            TestServer.open(1).config(),
            Clock.systemUTC());

    assertThat(checks(health)).containsEntry("orderBook", "fails");
    assertThat(Health.ready(checks(health))).isFalse();
  }

  /** Callers need no key. */
  @Test
  void howeverOftenItIsAskedItRecordsSeldom() {
    AtomicInteger records = new AtomicInteger();
    OrderBook counting =
        book(
            method -> {
              if (method.equals("turn")) {
                records.incrementAndGet();
                return Uni.createFrom().item(true);
              }
              return Uni.createFrom().item(List.of());
            });
    Health health =
        new Health(
            counting,
            Catalogs.of(),
            NoChannels.HERE,
            TestServer.open(1).config(),
            Clock.systemUTC());

    for (int i = 0; i < 100; i++) {
      assertThat(checks(health)).containsEntry("orderBook", "ok");
    }
    assertThat(records).hasValue(1);
  }

  @Test
  void aChannelThatFailsIsShownAndTakesNoRequestsAway() {
    Health health =
        new Health(
            new MemoryOrderBook(),
            Catalogs.of(),
            new NoChannels(List.of("ops")),
            TestServer.open(1).config(),
            Clock.systemUTC());

    assertThat(checks(health)).containsEntry("notices", "failing");
    assertThat(Health.ready(checks(health))).isTrue();
  }

  @Test
  void aWriterWithoutItsKeyIsShownAndTakesNoRequestsAway() {
    ScriptedZones zones = new ScriptedZones();
    zones.lacks = "set CLOUDFLARE_API_TOKEN";
    Health health =
        new Health(
            new MemoryOrderBook(),
            Catalogs.of(List.of(), List.of(), zones),
            NoChannels.HERE,
            TestServer.open(1).config(),
            Clock.systemUTC());

    assertThat(checks(health)).containsEntry("dnsWriters", "key missing");
    assertThat(Health.ready(checks(health))).isTrue();
  }

  private static OrderBook book(Function<String, Uni<?>> answers) {
    return (OrderBook)
        Proxy.newProxyInstance(
            HealthTest.class.getClassLoader(),
            new Class<?>[] {OrderBook.class},
            (proxy, method, arguments) -> answers.apply(method.getName()));
  }

  private static Map<String, String> checks(Health health) {
    return health.checks().await().indefinitely();
  }

  private static final class MutableClock extends Clock {
    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
