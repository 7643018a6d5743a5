package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.KnotServer;
import dev.polycert.testing.HttpAnswer;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.Ports;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.RunningServers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another ACME client, lego, gets certificates of a real CA (Pebble): Polycert publishes for it at
 * a real name server (Knot).
 */
@RequiresPrograms({"pebble", "knotd", "lego"})
@QuarkusTest
@TestProfile(HttpreqTest.Serving.class)
class HttpreqTest {
  private static final String PASSWORD = "fake-password-for-the-tests";
  private static final String VALUE = "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", "RAW"})
  void legoGetsACertificateOfANameAndItsWildcard(String mode) throws Exception {
    String domain = (mode.isEmpty() ? "default" : "raw") + ".example.com";
    Servers.knot.add("example.com", "_acme-challenge." + domain, "TXT", "of-somebody-else");

    String log =
        lego(
            mode,
            "--accept-tos",
            "--email=ops@example.com",
            "--server=" + Servers.pebble.directory(),
            "--path=" + directory,
            "--dns=httpreq",
            "--dns.disable-cp",
            "--dns.resolvers=127.0.0.1:" + Servers.knot.port(),
            "--domains=" + domain,
            "--domains=*." + domain,
            "run");

    Path certificate = directory.resolve("certificates").resolve(domain + ".crt");
    assertThat(certificate).as(log).content().contains("BEGIN CERTIFICATE");
    assertThat(Servers.knot.records("_acme-challenge." + domain, "TXT"))
        .as("what was there before stays alone")
        .containsExactly("of-somebody-else");
    assertThat(Api.orders())
        .filteredOn(order -> order.get("domain").equals(domain))
        .isNotEmpty()
        .allSatisfy(
            order ->
                assertThat(order)
                    .containsEntry("provider", "httpreq")
                    .containsEntry("account", "web")
                    .containsEntry("state", "CANCELLED"))
        .flatExtracting(order -> (List<?>) order.get("publications"))
        .allSatisfy(record -> assertThat(record).hasFieldOrPropertyWithValue("state", "REMOVED"));
  }

  @Test
  void aClientReachesItsOwnNamesAlone() {
    assertThat(present("web", "wrong-password-for-the-tests", "example.com").status())
        .isEqualTo(401);
    assertThat(present("other", PASSWORD, "example.com").status()).isEqualTo(401);

    HttpAnswer foreign = present("web", PASSWORD, "example.net");
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(foreign.json().text("errors[0].message"))
        .isEqualTo("is not below a name of this client: example.com, unwritten.example.org");

    HttpAnswer unwritten = present("web", PASSWORD, "unwritten.example.org");
    assertThat(unwritten.status()).isEqualTo(409);
    assertThat(unwritten.json().text("detail")).startsWith("Dns.NoWriter: ");
    assertThat(Servers.knot.records("_acme-challenge.example.net", "TXT")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RAW"})
  void aClientsCnameOpensNoNameOfSomebodyElse(String mode) {
    String domain = (mode.isEmpty() ? "default" : "raw") + ".led.example.com";
    Servers.knot.add(
        "example.com", "_acme-challenge." + domain, "CNAME", "_acme-challenge.example.net.");
    Map<String, String> asked =
        mode.isEmpty()
            ? Map.of("fqdn", "_acme-challenge." + domain + ".", "value", VALUE)
            : Map.of("domain", domain, "token", "fake", "keyAuth", "fake.thumbprint");

    HttpAnswer refused = Api.polycert().basic("web", PASSWORD).body(asked).post("/httpreq/present");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().text("detail"))
        .startsWith("Dns.NotOfClient: ")
        .contains("leads to _acme-challenge.example.net");
    assertThat(Servers.knot.records("_acme-challenge.example.net", "TXT")).isEmpty();
  }

  private static HttpAnswer present(String user, String password, String domain) {
    return Api.polycert()
        .basic(user, password)
        .body(Map.of("fqdn", "_acme-challenge." + domain + ".", "value", VALUE))
        .post("/httpreq/present");
  }

  private String lego(String mode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("lego"));
    command.addAll(List.of(arguments));
    File log = directory.resolve("lego.log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    builder.environment().put("LEGO_CA_CERTIFICATES", Servers.pebble.trust().toString());
    builder.environment().put("HTTPREQ_ENDPOINT", Ports.polycert() + "/httpreq");
    builder.environment().put("HTTPREQ_USERNAME", "web");
    builder.environment().put("HTTPREQ_PASSWORD", PASSWORD);
    builder.environment().put("HTTPREQ_MODE", mode);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      String said = Files.readString(log.toPath(), StandardCharsets.UTF_8);
      assertThat(ended).as(said).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  /** With the servers of this test. */
  public static class Serving implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Servers.class));
    }
  }

  /** The CA and the name server. */
  public static class Servers extends RunningServers {
    static KnotServer knot;
    static Pebble pebble;

    @Override
    public Map<String, String> start() {
      knot = add(KnotServer.start("example.com", "example.net", "example.org"));
      pebble = add(Pebble.start("127.0.0.1:" + knot.port(), Duration.ofDays(90)));
      Map<String, String> settings = new HashMap<>(knot.settings("example.com,example.net"));
      settings.put("polycert.httpreq.client.\"web\".password", PASSWORD);
      settings.put("polycert.httpreq.client.\"web\".zones", "example.com,unwritten.example.org");
      return settings;
    }
  }
}
