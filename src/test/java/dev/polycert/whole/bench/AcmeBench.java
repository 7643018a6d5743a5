package dev.polycert.whole.bench;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polycert.dns.KnotServer;
import dev.polycert.testing.Pebble;
import dev.polycert.vault.TestVault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates from Pebble, validated by records that are written into Knot: by the packaged
 * application, and by lego and certbot (Debian packages lego and python3-certbot-dns-rfc2136) with
 * as many at once. Rate limits of our own are lifted, because the others have none.
 */
class AcmeBench {
  private static final int AT_ONCE = 16;
  private static final int CERTIFICATES = 200;

  /** Enough runs of the slowest to measure its rate. */
  private static final int CERTBOT_CERTIFICATES = 32;

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;

  @BeforeEach
  void requireTheOthers() {
    for (String program : List.of("lego", "certbot", "pebble", "knotd")) {
      assumeTrue(installed(program), "not installed, so there is nothing to compare: " + program);
    }
  }

  @Test
  void issuesNoSlowerThanLegoAndFiveTimesAsFastAsCertbot() throws Exception {
    double ours = ours();
    double lego = lego();
    double certbot = certbot();
    targets.atLeast("as fast as lego", ours / lego, 1, "times");
    targets.atLeast("as fast as certbot", ours / certbot, 5, "times");
  }

  private double ours() throws Exception {
    try (KnotServer knot = KnotServer.start("example.com");
        Pebble pebble = Pebble.start("127.0.0.1:" + knot.port(), Duration.ofDays(90));
        App app = new App(pebble.directory(), directory, settings(knot, pebble))) {
      issue(app, "warm", 50);
      Measured measured = Measured.of(app.process(), () -> issue(app, "ours", CERTIFICATES));
      targets.tell("ours: CPU a certificate", measured.cpuMillis() / CERTIFICATES, "ms");
      targets.tell("ours: peak resident", highWater(app.process().pid()), "MiB");
      return rate("ours", CERTIFICATES, measured.seconds());
    }
  }

  /** Applies, and sweeps until all are issued. */
  private static void issue(App app, String prefix, int count) {
    JsonObject applied =
        app.post(
            "/apply",
            new JsonObject()
                .put("domains", new JsonArray(domains(prefix, count)))
                .put("providers", new JsonArray().add("acme"))
                .put("validation", "DNS_AUTO")
                .put("keyAlgorithm", "EC_P256"));
    int issued = applied.getJsonObject("summary").getJsonObject("byState").getInteger("ISSUED", 0);
    JsonArray orders = new JsonArray();
    applied.getJsonArray("entries").forEach(e -> orders.add(((JsonObject) e).getValue("orderId")));
    while (issued < count) {
      issued = 0;
      JsonArray entries =
          app.post("/check-verification", new JsonObject().put("orders", orders))
              .getJsonArray("entries");
      for (Object entry : entries) {
        issued += "ISSUED".equals(((JsonObject) entry).getString("state")) ? 1 : 0;
      }
    }
  }

  private static Map<String, String> settings(KnotServer knot, Pebble pebble) {
    Map<String, String> settings = new HashMap<>(pebble.settings());
    settings.putAll(knot.settings("example.com"));
    settings.put("polycert.vault.key", TestVault.KEY);
    settings.put("polycert.http.limit-factor", "1000");
    settings.put("polycert.provider.\"acme\".concurrency", String.valueOf(AT_ONCE));
    settings.put("polycert.acme.concurrency", String.valueOf(AT_ONCE));
    return settings;
  }

  private double lego() throws Exception {
    try (KnotServer knot = KnotServer.start("example.com");
        Pebble pebble = Pebble.start("127.0.0.1:" + knot.port(), Duration.ofDays(90))) {
      String command =
          "lego --accept-tos --email a@example.com --server %s --path %s --key-type ec256"
                  .formatted(pebble.directory(), directory.resolve("lego"))
              + " --dns rfc2136 --dns.disable-cp --dns.resolvers 127.0.0.1:%d --domains %%s run"
                  .formatted(knot.port());
      Map<String, String> environment =
          Map.of(
              "LEGO_CA_CERTIFICATES",
              pebble.trust().toAbsolutePath().toString(),
              "RFC2136_NAMESERVER",
              "127.0.0.1:" + knot.port(),
              "RFC2136_TSIG_KEY",
              KnotServer.KEY_NAME,
              "RFC2136_TSIG_SECRET",
              KnotServer.KEY_SECRET,
              "RFC2136_TSIG_ALGORITHM",
              "hmac-sha256.");
      // The first one registers the account that all use.
      Programs.run(command, environment, domains("first", 1), 1);
      Programs.Ran ran = Programs.run(command, environment, domains("lego", CERTIFICATES), AT_ONCE);
      return told("lego", CERTIFICATES, ran);
    }
  }

  private double certbot() throws Exception {
    try (KnotServer knot = KnotServer.start("example.com");
        Pebble pebble = Pebble.start("127.0.0.1:" + knot.port(), Duration.ofDays(90))) {
      Path credentials = directory.resolve("rfc2136.ini");
      Files.writeString(
          credentials,
          """
          dns_rfc2136_server = 127.0.0.1
          dns_rfc2136_port = %d
          dns_rfc2136_name = %s
          dns_rfc2136_secret = %s
          dns_rfc2136_algorithm = HMAC-SHA256
          """
              .formatted(knot.port(), KnotServer.KEY_NAME, KnotServer.KEY_SECRET));
      String home = directory.resolve("certbot").toString() + "/%1$s";
      // A directory each: certbot locks the one that it works in.
      String command =
          "certbot certonly -q -n --agree-tos -m a@example.com --no-eff-email --server "
              + pebble.directory()
              + " --config-dir %1$s/c --work-dir %1$s/w --logs-dir %1$s/l".replace("%1$s", home)
              + " --key-type ecdsa --dns-rfc2136 --dns-rfc2136-propagation-seconds 0"
              + " --dns-rfc2136-credentials "
              + credentials
              + " -d %1$s";
      Map<String, String> environment =
          Map.of("REQUESTS_CA_BUNDLE", pebble.trust().toAbsolutePath().toString());
      Programs.Ran ran =
          Programs.run(command, environment, domains("certbot", CERTBOT_CERTIFICATES), AT_ONCE);
      return told("certbot", CERTBOT_CERTIFICATES, ran);
    }
  }

  private double told(String who, int certificates, Programs.Ran ran) {
    targets.tell(who + ": CPU a certificate", ran.cpuSeconds() * 1e3 / certificates, "ms");
    targets.tell(who + ": peak resident of all at once", ran.peakMebibytes(), "MiB");
    return rate(who, certificates, ran.seconds());
  }

  private double rate(String who, int certificates, double seconds) {
    double rate = certificates / seconds;
    targets.tell(who + ": certificates", rate, "a second");
    return rate;
  }

  private static List<String> domains(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> prefix + i + ".example.com")
        .collect(Collectors.toList());
  }

  private static double highWater(long pid) throws IOException {
    return Programs.memory(pid, "VmHWM") / 1024.0;
  }

  private static boolean installed(String program) {
    return List.of("/usr/bin/", "/usr/sbin/").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder + program)));
  }
}
