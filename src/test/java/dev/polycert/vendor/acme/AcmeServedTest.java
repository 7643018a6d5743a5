package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ServedAddress;
import dev.polycert.look.TestLooks;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Served;
import dev.polycert.order.use.Apply;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Nginx;
import dev.polycert.testing.OpenSsh;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.ssh.SshMachines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * From one request to what a web server shows, and again at the renewal, with nobody watching: a
 * real CA (Pebble), OpenSSH and nginx, one of whose listeners is left behind.
 */
@RequiresPrograms({"pebble", "sshd", "ssh-keygen", "nginx"})
class AcmeServedTest {
  private static final String NAME = "www.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private final Pebble pebble = resources.add(Pebble.start(null, Duration.ofDays(90)));
  private Desk desk;

  @Test
  void theRenewalIsDeliveredAndServedAndAStaleListenerIsReported() throws Exception {
    Path base = Files.createDirectory(resources.directory().resolve("base")).toRealPath();
    Path live = base.resolve("www/live");
    Nginx web = nginx("web", live, "127.0.0.1", "[::1]");
    Nginx stale = nginx("stale", live, "127.0.0.1");
    open(base, web);

    apply(
        List.of(
            NAME + "@127.0.0.1:" + web.port(),
            NAME + "@[::1]:" + web.port(),
            NAME + "@127.0.0.1:" + stale.port()));
    sweepUntil(1);
    stale.start();
    sweepAfter(Duration.ofSeconds(10));
    assertThat(seen()).extracting(ServedAddress::status).containsOnly(ServedAddress.Status.SERVED);

    desk.advance(Duration.ofDays(61));
    sweepUntil(2);
    // The workers of nginx take a moment, which the moved clock does not give them.
    Awaitility.await()
        .untilAsserted(
            () -> {
              desk.checkServed(desk.latest(NAME, "acme").id());
              assertThat(seen())
                  .extracting(ServedAddress::host, ServedAddress::status)
                  .containsExactly(
                      tuple(NAME + "@127.0.0.1:" + web.port(), ServedAddress.Status.SERVED),
                      tuple(NAME + "@[::1]:" + web.port(), ServedAddress.Status.SERVED),
                      tuple(NAME + "@127.0.0.1:" + stale.port(), ServedAddress.Status.OLDER));
            });
    assertThat(served().everywhere()).isFalse();
  }

  private void open(Path base, Nginx web) throws Exception {
    OpenSsh ssh =
        resources.add(new OpenSsh(Files.createDirectory(resources.directory().resolve("ssh"))));
    Clock clock = new DeskClock();
    AcmeFixture acme =
        resources
            .add(AcmeFixture.at(pebble))
            .clock(clock)
            .look(TestLooks.at(resources.vertx(), pebble.dnsServer(), pebble.webPort()));
    desk =
        resources.add(
            new Desk(
                resources.directory(),
                List.of(
                    SshMachines.to(
                        ssh, base, Map.of("polycert.deliver.ssh.host.web.command", web.command()))),
                acme.provider()));
    desk.advance(Duration.between(desk.now(), Instant.now()));
    desk.lookEvery = Duration.ofDays(1);
    desk.sight = Finding.Status.PRESENT;
    desk.served = TestLooks.served(pebble.dnsServer(), clock);
    desk.zones.zone = "example.com";
    desk.zones.published =
        record ->
            pebble.publish(
                List.of(Validation.dns(NAME, record.name(), record.type(), record.value())));
  }

  private Nginx nginx(String name, Path live, String... addresses) {
    return resources.add(new Nginx(resources.directory().resolve(name), live, addresses));
  }

  private void apply(List<String> serves) {
    desk.apply(
        new Apply.Command(
            List.of(DomainName.parse(NAME)),
            List.of("acme"),
            Apply.Strategy.ALL,
            ValidationMethod.DNS_AUTO,
            KeyAlgorithm.EC_P256,
            Map.of(),
            Information.none(),
            List.of(new DeliveryTarget("ssh", Map.of("host", "web", "directory", "www"), serves)),
            false,
            false));
  }

  private void sweepUntil(int generation) {
    for (int i = 0; i < 30 && !issued(generation); i++) {
      sweepAfter(Duration.ofSeconds(12));
    }
    assertThat(issued(generation)).as("%s", desk.all()).isTrue();
  }

  private boolean issued(int generation) {
    Order order = desk.latest(NAME, "acme");
    return order.generation() == generation && order.state() == OrderState.ISSUED;
  }

  private void sweepAfter(Duration pause) {
    desk.advance(pause);
    desk.renew();
  }

  private Served served() {
    return desk.latest(NAME, "acme").issuance().served();
  }

  private List<ServedAddress> seen() {
    return served().addresses();
  }

  /** That of the desk, which is made with the provider. */
  private final class DeskClock extends Clock {
    @Override
    public Instant instant() {
      return desk == null ? Instant.now() : desk.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
