package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.polycert.dns.KnotServer;
import dev.polycert.testing.Dnspython;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.RunningServers;
import dev.polycert.vault.TestVault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Certificates of a real CA (Pebble) for zones of a real name server (Knot) that Polycert writes
 * through others: one through a gateway that speaks lego's httpreq, one by Lexicon.
 */
@RequiresPrograms({"pebble", "knotd", "lexicon"})
@EnabledIf(value = "dev.polycert.testing.Dnspython#isInstalled", disabledReason = Dnspython.MISSING)
@QuarkusTest
@TestProfile(OtherWritersTest.Others.class)
class OtherWritersTest {
  private static final List<String> NAMES =
      List.of("example.com", "*.example.com", "www.example.net", "*.example.net");

  @Test
  void namesAndTheirWildcardsAreIssuedThroughOthers() {
    Api.post(
        "/apply", Map.of("domains", NAMES, "providers", List.of("acme"), "validation", "DNS_AUTO"));

    Api.sweepUntil(
        Duration.ofMinutes(2),
        () -> {
          assertThat(Api.orders())
              .hasSize(NAMES.size())
              .allSatisfy(order -> assertThat(order).containsEntry("state", "ISSUED"));
          assertThat(remaining()).isEmpty();
        });
    assertThat(Api.orders().stream().map(OtherWritersTest::writer))
        .containsExactlyInAnyOrder("exec", "exec", "httpreq", "httpreq");
  }

  private static String writer(Map<String, Object> order) {
    List<?> publications = (List<?>) order.get("publications");
    return String.valueOf(((Map<?, ?>) publications.getFirst()).get("writer"));
  }

  /** The records that are left. */
  private static List<String> remaining() {
    return List.of(
            "_acme-challenge.example.com",
            "_acme-challenge.www.example.net",
            "_acme-challenge.example.net")
        .stream()
        .flatMap(name -> Servers.knot.records(name, "TXT").stream())
        .toList();
  }

  /** With the servers of this test. */
  public static class Others implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Servers.class));
    }
  }

  /** The CA, the name server and the gateway. */
  public static class Servers extends RunningServers {
    static KnotServer knot;

    @Override
    public Map<String, String> start() {
      knot = add(KnotServer.start("example.com", "example.net"));
      String nameServer = "127.0.0.1:" + knot.port();
      Pebble pebble = add(Pebble.start(nameServer, Duration.ofDays(90)));
      Map<String, String> settings = new HashMap<>(lexicon());
      settings.putAll(pebble.settings());
      settings.put("polycert.vault.key", TestVault.KEY);
      settings.put("polycert.dns.servers", nameServer);
      settings.put("polycert.dns-writer.\"exec\".zones", "example.com");
      settings.put("polycert.dns-writer.\"httpreq\".zones", "example.net");
      settings.put("polycert.dns-writer.\"httpreq\".endpoint", gateway());
      return settings;
    }

    private static Map<String, String> lexicon() {
      Map<String, String> variables =
          Map.of(
              "LEXICON_PROVIDER",
              "ddns",
              "LEXICON_DDNS_AUTH_TOKEN",
              "hmac-sha256:" + KnotServer.KEY_NAME + ":" + KnotServer.KEY_SECRET,
              "LEXICON_DDNS_DDNS_SERVER",
              "127.0.0.1",
              "PYTHONPATH",
              Path.of("src/test/resources/exec/python").toAbsolutePath().toString(),
              "DNS_PORT",
              String.valueOf(knot.port()));
      Map<String, String> settings = new HashMap<>(variables);
      settings.put(
          "polycert.exec.program", Path.of("deploy/dns/lexicon.sh").toAbsolutePath().toString());
      settings.put("polycert.exec.environment", String.join(",", variables.keySet()));
      return settings;
    }

    /** Writes the records of its requests into Knot. */
    private String gateway() {
      try {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/present", exchange -> answer(exchange, true));
        server.createContext("/cleanup", exchange -> answer(exchange, false));
        server.start();
        add(() -> server.stop(0));
        return "http://127.0.0.1:" + server.getAddress().getPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void answer(HttpExchange exchange, boolean present) throws IOException {
      JsonNode told = new ObjectMapper().readTree(exchange.getRequestBody());
      String name = told.path("fqdn").asText();
      String value = told.path("value").asText();
      if (present) {
        knot.add("example.net", name, "TXT", value);
      } else {
        knot.remove("example.net", name, "TXT", value);
      }
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    }
  }
}
