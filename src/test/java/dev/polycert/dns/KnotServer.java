package dev.polycert.dns;

import dev.polycert.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * A real name server: Knot DNS as a process of its own, on a free loopback port, that serves zones
 * with nothing in them but their apex and takes dynamic updates signed with its key.
 */
public final class KnotServer implements AutoCloseable {
  private static final String KNOTD = "/usr/sbin/knotd";

  /** The name of the key that may update every zone. */
  public static final String KEY_NAME = "polycert-test.";

  /** Its secret; {@code hmac-sha256}. */
  public static final String KEY_SECRET = "c2VjcmV0LWZvci10ZXN0cy1vbmx5LW5vdGhpbmctZWxzZQ==";

  private final Path directory;
  private final int port;
  private Process process;

  private KnotServer(Path directory, int port) throws IOException {
    this.directory = directory;
    this.port = port;
    this.process = run();
  }

  /** Starts a server, which answers for the zones when this returns. */
  public static KnotServer start(String... zones) {
    return start(Set.of(), zones);
  }

  /**
   * Starts a server that signs some of its zones (DNSSEC).
   *
   * @param signed those of the zones
   */
  public static KnotServer start(Set<String> signed, String... zones) {
    try {
      Path directory =
          Files.createTempDirectory(Files.createDirectories(Path.of("target")), "knot");
      int port = FreePorts.next();
      for (String zone : zones) {
        Files.writeString(directory.resolve(zone + ".zone"), zoneFile(zone));
      }
      Files.writeString(directory.resolve("knot.conf"), config(directory, port, signed, zones));
      KnotServer server = new KnotServer(directory, port);
      for (String zone : zones) {
        server.awaitZone(zone);
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process run() throws IOException {
    Process started =
        new ProcessBuilder(KNOTD, "-c", directory.resolve("knot.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("knot.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    return started;
  }

  public int port() {
    return port;
  }

  /**
   * Of a process that asks this server alone, and writes zones of it.
   *
   * @param zones with commas between them
   */
  public Map<String, String> settings(String zones) {
    return Map.of(
        "polycert.dns.servers", "127.0.0.1:" + port,
        "polycert.dns-writer.\"rfc2136\".zones", zones,
        "polycert.dns-writer.\"rfc2136\".endpoint", endpoint().toString(),
        "RFC2136_TSIG_NAME", KEY_NAME,
        "RFC2136_TSIG_SECRET", KEY_SECRET);
  }

  /** As {@code polycert.dns-writer."rfc2136".endpoint} names it. */
  public URI endpoint() {
    return URI.create("dns://127.0.0.1:" + port);
  }

  /** The values at a name as the server answers them: texts unquoted, targets with the dot. */
  public List<String> records(String name, String type) {
    return answers(name, type).stream()
        .map(
            record ->
                record instanceof TXTRecord txt
                    ? String.join("", txt.getStrings())
                    : record.rdataToString())
        .toList();
  }

  /** How many seconds each of these records may be kept. */
  public List<Long> timesToLive(String name, String type) {
    return answers(name, type).stream().map(Record::getTTL).toList();
  }

  private List<Record> answers(String name, String type) {
    try {
      return ask(name, type).getSection(Section.ANSWER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Delegates a zone to this server itself. */
  public void delegate(String parent, String zone) {
    add(parent, zone, "NS", "ns." + zone + ".");
  }

  /** The data of a DS record for the key that signs a zone's keys. */
  public String delegationSigner(String zone) {
    return answers(zone, "DNSKEY").stream()
        .map(DNSKEYRecord.class::cast)
        .filter(key -> (key.getFlags() & DNSKEYRecord.Flags.SEP_KEY) != 0)
        .map(key -> new DSRecord(key.getName(), DClass.IN, 300, DNSSEC.Digest.SHA256, key))
        .map(Record::rdataToString)
        .findFirst()
        .orElseThrow();
  }

  /** Adds a record behind Polycert's back. */
  public void add(String zone, String name, String type, String value) {
    update(zone, update -> update.add(name(name), Type.value(type), 300, value));
  }

  /** Removes a record behind Polycert's back. */
  public void remove(String zone, String name, String type, String value) {
    update(zone, update -> update.delete(name(name), Type.value(type), value));
  }

  /** Fills in what an update does. */
  @FunctionalInterface
  private interface Change {
    void make(Update update) throws IOException;
  }

  private void update(String zone, Change change) {
    try {
      Update update = new Update(name(zone));
      change.make(update);
      SimpleResolver resolver = resolver();
      resolver.setTSIGKey(new TSIG(TSIG.HMAC_SHA256, KEY_NAME, KEY_SECRET));
      int rcode = resolver.send(update).getRcode();
      if (rcode != Rcode.NOERROR) {
        throw new IllegalStateException("Knot answers " + Rcode.string(rcode));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Name name(String name) throws IOException {
    return Name.fromString(name, Name.root);
  }

  /** Takes the server off the network for the time being. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Message ask(String name, String type) throws IOException {
    return resolver()
        .send(
            Message.newQuery(
                Record.newRecord(Name.fromString(name, Name.root), Type.value(type), DClass.IN)));
  }

  private SimpleResolver resolver() {
    SimpleResolver resolver = new SimpleResolver(new InetSocketAddress("127.0.0.1", port));
    resolver.setTimeout(Duration.ofSeconds(2));
    return resolver;
  }

  private void awaitZone(String zone) throws IOException {
    for (int tries = 0; tries < 400 && process.isAlive(); tries++) {
      if (serves(zone)) {
        return;
      }
      try {
        Thread.sleep(25);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    stop();
    throw new IllegalStateException(
        "Knot does not serve " + zone + ": " + Files.readString(directory.resolve("knot.log")));
  }

  private boolean serves(String zone) {
    try {
      return !ask(zone, "SOA").getSection(Section.ANSWER).isEmpty();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String zoneFile(String zone) {
    return """
    $ORIGIN %s.
    $TTL 300
    @ SOA ns hostmaster 1 3600 600 86400 60
    @ NS ns
    ns A 127.0.0.1
    """
        .formatted(zone);
  }

  private static String config(Path directory, int port, Set<String> signed, String... zones) {
    String head =
        """
        server:
          rundir: "%1$s"
          listen: 127.0.0.1@%2$d
          background-workers: 1
          udp-workers: 1
          tcp-workers: 1
        log:
          - target: stdout
            any: info
        database:
          storage: "%1$s"
        key:
          - id: %3$s
            algorithm: hmac-sha256
            secret: %4$s
        acl:
          - id: updates
            key: %3$s
            action: [update, transfer]
        template:
          - id: default
            storage: "%1$s"
            file: "%%s.zone"
            acl: updates
            zonefile-sync: -1
            journal-content: none
        zone:
        """
            .formatted(directory.toAbsolutePath(), port, KEY_NAME, KEY_SECRET);
    return head
        + Stream.of(zones)
            .map(
                zone ->
                    "  - domain: %s.\n    dnssec-signing: %s\n"
                        .formatted(zone, signed.contains(zone) ? "on" : "off"))
            .collect(Collectors.joining());
  }
}
