package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.KnotServer;
import dev.polycert.function.HttpreqGateway;
import dev.polycert.testing.JsonTree;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.RunningServers;
import dev.polycert.vault.TestVault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Certificates of a real CA (Pebble) for a zone of a real name server (Knot) that another Polycert
 * writes: this one tells it, in the mode RAW of lego's httpreq, what ACME makes the records of.
 */
@RequiresPrograms({"pebble", "knotd"})
@QuarkusTest
@TestProfile(RawHttpreqTest.Raw.class)
class RawHttpreqTest {
  private static final String ZONE = "example.net";
  private static final String FOREIGN = "example.com";

  @Test
  void aNameAndItsWildcardAreIssuedAndTheirRecordsRemoved() {
    Servers.knot.add(ZONE, "_acme-challenge.www.example.net", "TXT", "of-somebody-else");
    List<String> names = List.of("www.example.net", "*.www.example.net");

    JsonTree applied = apply("acme", names, false);

    assertThat(applied.list("entries.validations").toString())
        .contains("_acme-challenge.www.example.net")
        .doesNotContain("keyAuthorization");
    Api.sweepUntil(
        Duration.ofMinutes(2),
        () ->
            assertThat(Api.orders())
                .filteredOn(order -> names.contains(order.get("domain")))
                .hasSize(2)
                .allSatisfy(order -> assertThat(order).containsEntry("state", "ISSUED"))
                .flatExtracting(order -> (List<?>) order.get("publications"))
                .allSatisfy(
                    record ->
                        assertThat(record)
                            .hasFieldOrPropertyWithValue("writer", "httpreq")
                            .hasFieldOrPropertyWithValue("state", "REMOVED")));
    assertThat(Servers.knot.records("_acme-challenge.www.example.net", "TXT"))
        .as("what was there before stays alone")
        .containsExactly("of-somebody-else");
    assertThat(Servers.gateway.asked())
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(
            body -> {
              assertThat(body.fieldNames())
                  .toIterable()
                  .containsExactlyInAnyOrder("domain", "token", "keyAuth");
              assertThat(body.path("domain").asText()).isEqualTo("www.example.net");
              assertThat(body.path("keyAuth").asText()).startsWith(body.path("token").asText());
            });
  }

  /** The server would write another name than the CNAME leads to, or none. */
  @Test
  void whatTheModeCannotWriteIsSaidBefore() {
    String led = "led.example.com";
    Servers.knot.add(FOREIGN, "_acme-challenge." + led, "CNAME", "led.example.net.");

    assertThat(apply("acme", List.of(led), true).text("entries[0].notes"))
        .contains(
            "Polycert cannot publish the validation of _acme-challenge.led.example.com",
            "which is _acme-challenge.<domain>, and not led.example.net (HTTPREQ_MODE=RAW)");
    apply("acme", List.of(led), false);

    Api.sweepUntil(
        Duration.ofMinutes(1),
        () ->
            assertThat(Api.orders())
                .filteredOn(order -> order.get("domain").equals(led))
                .flatExtracting(order -> (List<?>) order.get("publications"))
                .singleElement()
                .hasFieldOrPropertyWithValue("state", "BLOCKED")
                .extracting("error")
                .hasFieldOrPropertyWithValue("code", "Dns.OtherName"));
    assertThat(Servers.gateway.asked()).noneMatch(body -> body.toString().contains("led."));
  }

  private static JsonTree apply(String provider, List<String> names, boolean dryRun) {
    Map<String, Object> request = Api.application(names);
    request.put("providers", List.of(provider));
    request.put("validation", "DNS_AUTO");
    request.put("dryRun", dryRun);
    return Api.post("/apply", request);
  }

  /** With the servers of this test. */
  public static class Raw implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Servers.class));
    }
  }

  /** The CA, the name server and the other Polycert. */
  public static class Servers extends RunningServers {
    static KnotServer knot;
    static HttpreqGateway gateway;

    @Override
    public Map<String, String> start() {
      knot = add(KnotServer.start(ZONE, FOREIGN));
      gateway = add(gateway());
      String nameServer = "127.0.0.1:" + knot.port();
      Pebble pebble = add(Pebble.start(nameServer, Duration.ofDays(90)));
      Map<String, String> settings = new HashMap<>(pebble.settings());
      settings.put("polycert.vault.key", TestVault.KEY);
      settings.put("polycert.dns.servers", nameServer);
      settings.put("polycert.dns-writer.\"httpreq\".zones", ZONE);
      settings.put("polycert.dns-writer.\"httpreq\".endpoint", gateway.endpoint());
      settings.put("HTTPREQ_MODE", "RAW");
      settings.put("HTTPREQ_USERNAME", HttpreqGateway.USER);
      settings.put("HTTPREQ_PASSWORD", HttpreqGateway.PASSWORD);
      return settings;
    }

    private static HttpreqGateway gateway() {
      try {
        return new HttpreqGateway(
            Files.createTempDirectory("gateway"),
            ZONE,
            record -> knot.add(ZONE, record.name(), "TXT", record.value()),
            record -> knot.remove(ZONE, record.name(), "TXT", record.value()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
