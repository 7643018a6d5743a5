package dev.polycert.vendor.nameserver;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.call.HttpTesting;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.WriterSteps;
import dev.polycert.provider.TestConfig;
import dev.polycert.testing.MovedClock;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import dev.polycert.vault.TestVault;
import dev.polycert.vault.VaultStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name server on its sockets, as Knot's own client sees it. */
@RequiresPrograms("kdig")
class NameServerTest {
  private static final String ZONE = "acme.example.net";
  private static final String NAME = "a." + ZONE;

  @RegisterExtension final Resources resources = new Resources();
  private final Store store = new Store(new TestVault.Memory(), new AtomicBoolean());
  private final MovedClock clock = new MovedClock(Instant.now());
  private NameServer server;

  @Test
  void whatIsWrittenIsAnsweredByBothTransportsAndGoneWhenItIsRemoved() throws Exception {
    WriterSteps steps = new WriterSteps(start(Map.of()), ZONE);
    DnsRecord record = txt(NAME, "token");
    assertThat(kdig("+short", NAME, "TXT")).isEmpty();

    String id = steps.create(record);

    assertThat(kdig("+short", NAME, "TXT")).isEqualTo("\"token\"\n");
    assertThat(kdig("+tcp", "+short", NAME, "TXT")).isEqualTo("\"token\"\n");
    assertThat(kdig("+bufsize=4096", "+dnssec", NAME, "TXT"))
        .contains("status: NOERROR", "Flags: qr aa rd;", "EDNS PSEUDOSECTION");
    assertThat(steps.find(record)).contains(id);
    assertThat(steps.remove(record, id)).isTrue();
    assertThat(kdig(NAME, "TXT")).contains("status: NXDOMAIN", "SOA");
    assertThat(steps.intents()).containsExactly("Add", "Remove");
  }

  @Test
  void itIsNoResolverAndGivesNoZoneAway() throws Exception {
    start(Map.of());

    assertThat(kdig("www.example.com", "A")).contains("status: REFUSED");
    assertThat(kdig(ZONE, "AXFR")).doesNotContain("SOA\t");
    assertThat(kdig("+short", ZONE, "NS")).isEqualTo("ns1.example.net.\n");
  }

  @Test
  void aLongAnswerComesByTcp() throws Exception {
    WriterSteps steps = new WriterSteps(start(Map.of()), ZONE);
    for (int i = 0; i < 20; i++) {
      steps.create(txt(NAME, "value-" + i + "-".repeat(90)));
    }

    assertThat(kdig("+short", NAME, "TXT"))
        .contains("truncated reply", "retrying over TCP", "value-0-", "value-19-");
    assertThat(kdig("+ignore", "+noedns", NAME, "TXT")).contains("tc");
  }

  @Test
  void byTcpTooAFloodIsNotAnswered() throws Exception {
    start(Map.of("polycert.name-server.answers-per-second", "2"));

    for (int i = 0; i < 2; i++) {
      assertThat(kdig("+tcp", NAME, "TXT")).contains("status: NXDOMAIN");
    }
    assertThat(kdig("+tcp", NAME, "TXT")).doesNotContain("status:");
    clock.now = clock.now.plusSeconds(1);

    assertThat(kdig("+tcp", NAME, "TXT")).contains("status: NXDOMAIN");
  }

  @Test
  void recordsStayThroughARestart() throws Exception {
    new WriterSteps(start(Map.of()), ZONE).create(txt(NAME, "token"));
    server.stop(new ShutdownEvent());

    start(Map.of());

    assertThat(kdig("+short", NAME, "TXT")).isEqualTo("\"token\"\n");
  }

  @Test
  void whatIsWrittenBeforeTheKeptRecordsAreReadStandsBesideThem() throws Exception {
    new WriterSteps(start(Map.of()), ZONE).create(txt(NAME, "kept"));
    server.stop(new ShutdownEvent());

    WriterSteps steps = new WriterSteps(writer(Map.of()), ZONE);
    assertThat(steps.find(txt(NAME, "kept"))).as("others start before the server").isPresent();
    steps.create(txt(NAME, "new"));
    start(Map.of());

    assertThat(kdig("+short", NAME, "TXT").lines())
        .containsExactlyInAnyOrder("\"kept\"", "\"new\"");
  }

  @Test
  void whileTheKeptRecordsCannotBeReadNothingIsWritten() throws Exception {
    new WriterSteps(start(Map.of()), ZONE).create(txt(NAME, "kept"));
    server.stop(new ShutdownEvent());

    WriterSteps steps = new WriterSteps(writer(Map.of()), ZONE);
    store.down().set(true);
    assertThat(steps.refused(txt(NAME, "new")).code()).isEqualTo("Dns.NotLoaded");
    assertThat(steps.intents()).isEmpty();
    store.down().set(false);
    steps.create(txt(NAME, "new"));

    assertThat(steps.find(txt(NAME, "kept"))).isPresent();
    assertThat(steps.find(txt(NAME, "new"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "listen, here, is no address and port",
    "names, ns.acme.example.net, is in the zone acme.example.net",
    "names, '', needs POLYCERT_NAME_SERVER_NAMES",
  })
  void whatCannotBeServedIsRejectedByName(String setting, String value, String message) {
    assertThatThrownBy(() -> start(Map.of("polycert.name-server." + setting, value)))
        .hasMessageContaining(message);
  }

  /** A store in memory that can fail. */
  private record Store(TestVault.Memory memory, AtomicBoolean down) implements VaultStore {

    @Override
    public Uni<Optional<byte[]>> get(String name) {
      return down.get() ? Uni.createFrom().failure(new IOException("down")) : memory.get(name);
    }

    @Override
    public Uni<Boolean> create(String name, byte[] sealedValue) {
      return memory.create(name, sealedValue);
    }

    @Override
    public Uni<Void> put(String name, byte[] sealedValue) {
      return memory.put(name, sealedValue);
    }

    @Override
    public Uni<Void> remove(String name) {
      return memory.remove(name);
    }
  }

  private NameServerWriter start(Map<String, String> more) {
    NameServerWriter writer = writer(more);
    server.start(new StartupEvent());
    return writer;
  }

  private NameServerWriter writer(Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "polycert.dns-writer.\"nameserver\".zones", ZONE,
                "polycert.name-server.listen", "127.0.0.1:0",
                "polycert.name-server.names", "ns1.example.net"));
    settings.putAll(more);
    SmallRyeConfig config = TestConfig.of(settings, WriterConfig.class, NameServerConfig.class);
    NameServerConfig own = config.getConfigMapping(NameServerConfig.class);
    NameServerWriter writer =
        new NameServerWriter(
            own,
            config.getConfigMapping(WriterConfig.class),
            HttpTesting.calls(config, Clock.systemUTC()),
            store);
    server = new NameServer(resources.vertx(), own, writer, clock);
    return writer;
  }

  private String kdig(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("kdig", "@127.0.0.1", "-p", "" + server.port(), "+retry=0", "+timeout=5"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
