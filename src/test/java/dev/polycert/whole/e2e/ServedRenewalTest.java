package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.KnotServer;
import dev.polycert.testing.Nginx;
import dev.polycert.testing.OpenSsh;
import dev.polycert.testing.RequiresPrograms;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * From one request to what a web server shows, and again at the renewal, with nobody watching: a
 * real CA (Pebble), a real name server (Knot), OpenSSH and nginx, one of whose listeners is left
 * behind.
 */
@RequiresPrograms({"pebble", "knotd", "sshd", "ssh-keygen", "nginx"})
@QuarkusTest
@TestProfile(ServedRenewalTest.WithWebServer.class)
class ServedRenewalTest {
  private static final String NAME = "served.example.com";

  @Test
  void theRenewalIsDeliveredAndServedAndAStaleListenerIsReported() throws Exception {
    Nginx web = WebServer.web;
    Nginx stale = WebServer.stale;
    KnotServer knot = AutomaticTest.Servers.knot;
    knot.add("example.com", NAME, "A", "127.0.0.1");
    knot.add("example.com", NAME, "AAAA", "::1");
    Api.post(
        "/apply",
        Map.of(
            "domains",
            List.of(NAME),
            "providers",
            List.of("acme"),
            "validation",
            "DNS_AUTO",
            "keyAlgorithm",
            "EC_P256",
            "deliver",
            List.of(
                Map.of(
                    "to",
                    "ssh",
                    "host",
                    "web",
                    "directory",
                    "www",
                    "serves",
                    List.of("{domain}:" + web.port(), NAME + "@127.0.0.1:" + stale.port())))));
    AutomaticTest.sweepUntil("ISSUED", 1);
    stale.start();

    later(Duration.ofSeconds(12));
    assertSeen(
        0,
        Map.of(
            NAME + ":" + web.port() + " 127.0.0.1", "SERVED",
            NAME + ":" + web.port() + " ::1", "SERVED",
            NAME + "@127.0.0.1:" + stale.port() + " 127.0.0.1", "SERVED"));

    later(AutomaticTest.VALIDITY.dividedBy(2).plusSeconds(5));
    AutomaticTest.sweepUntil("ISSUED", 2);
    later(AutomaticTest.VALIDITY.dividedBy(2).plusSeconds(20));
    assertSeen(
        1,
        Map.of(
            NAME + ":" + web.port() + " 127.0.0.1", "SERVED",
            NAME + ":" + web.port() + " ::1", "SERVED",
            NAME + "@127.0.0.1:" + stale.port() + " 127.0.0.1", "OLDER"));
    assertThat(
            Api.post("/check-served", Map.of("hosts", List.of("127.0.0.1:" + stale.port())))
                .text("hosts[0].addresses[0].status"))
        .isEqualTo("NAME_NOT_COVERED");
  }

  /** Sweeps until the order of that generation has been looked at as said. */
  private static void assertSeen(int renewals, Map<String, String> wanted) {
    Api.sweepUntil(
        Duration.ofMinutes(1),
        () -> {
          Map<String, Object> order =
              Api.orders().stream()
                  .filter(it -> (it.get("renewalOf") != null) == (renewals > 0))
                  .findFirst()
                  .orElseThrow();
          assertThat(order.get("delivered")).isEqualTo(true);
          assertThat(seen(order)).as("%s", order).isEqualTo(wanted);
        });
  }

  private static Map<String, String> seen(Map<String, Object> order) {
    Map<?, ?> served = (Map<?, ?>) Objects.requireNonNullElse(order.get("served"), Map.of());
    List<?> addresses = (List<?>) Objects.requireNonNullElse(served.get("addresses"), List.of());
    Map<String, String> seen = new HashMap<>();
    for (Object address : addresses) {
      Map<?, ?> one = (Map<?, ?>) address;
      seen.put(one.get("host") + " " + one.get("address"), String.valueOf(one.get("status")));
    }
    return seen;
  }

  private static void later(Duration offset) {
    QuarkusMock.installMockForType(Clock.offset(Clock.systemUTC(), offset), Clock.class);
  }

  /** The servers of {@link AutomaticTest}, and a web server that is reached over SSH. */
  public static class WithWebServer implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(WebServer.class));
    }
  }

  /** OpenSSH and two servers of nginx, of which one is not reloaded after renewals. */
  public static class WebServer extends AutomaticTest.Servers {
    static Nginx web;
    static Nginx stale;

    @Override
    public Map<String, String> start() {
      Map<String, String> settings = new HashMap<>(super.start());
      try {
        Path directory = Files.createTempDirectory("served").toRealPath();
        Path live = directory.resolve("base/www/live");
        Files.createDirectory(directory.resolve("base"));
        OpenSsh ssh = add(new OpenSsh(Files.createDirectory(directory.resolve("ssh"))));
        web = add(new Nginx(directory.resolve("web"), live, "127.0.0.1", "[::1]"));
        stale = add(new Nginx(directory.resolve("stale"), live, "127.0.0.1"));
        String machine = "polycert.deliver.ssh.host.\"web\".";
        settings.put(machine + "address", "127.0.0.1");
        settings.put(machine + "port", String.valueOf(ssh.port()));
        settings.put(machine + "user", System.getProperty("user.name"));
        settings.put(machine + "host-keys", OpenSsh.fingerprint(ssh.hostKey()));
        settings.put(machine + "private-key", Files.readString(ssh.userKey()));
        settings.put(machine + "base", directory.resolve("base").toString());
        settings.put(machine + "command", web.command());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      settings.put("polycert.served.allow-private-addresses", "true");
      return settings;
    }
  }
}
