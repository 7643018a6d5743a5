package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.polycert.dns.KnotServer;
import dev.polycert.testing.JsonTree;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.RunningServers;
import dev.polycert.vault.TestVault;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates with nobody watching: applied for over HTTP at a real CA (Pebble), which validates
 * at a real name server (Knot) that Polycert writes by dynamic update; judged by OpenSSL and curl.
 */
@RequiresPrograms({"pebble", "knotd", "openssl", "curl"})
@QuarkusTest
@TestProfile(AutomaticTest.Automatic.class)
class AutomaticTest {
  /** So short that a clock within the five minutes of a signed update shows a renewal. */
  static final Duration VALIDITY = Duration.ofSeconds(500);

  private static final List<String> NAMES =
      Stream.concat(
              IntStream.range(0, 40).mapToObj(i -> "host" + i + ".example.com"),
              Stream.of(
                  "example.com",
                  "*.example.com",
                  "*.a.example.com",
                  "a.example.com",
                  "*.b.example.com",
                  "bücher.example.com",
                  "deep.er.example.com",
                  "www.example.net",
                  "*.example.net",
                  "delegated.example.com"))
          .toList();

  @TempDir Path directory;

  @Test
  void fiftyNamesAreIssuedServedRenewedAndRevokedWithNobodyWatching() throws Exception {
    assertThat(NAMES).hasSize(50);
    Servers.knot.add(
        "example.com",
        "_acme-challenge.delegated.example.com",
        "CNAME",
        "delegated.validation.example.com.");

    JsonTree applied = Api.post("/apply", application(NAMES));
    assertThat(applied.list("entries.domain")).hasSize(50);
    sweepUntil("ISSUED", 50);

    List<Map<String, Object>> issued = Api.orders();
    for (Map<String, Object> order : issued) {
      verify(order);
      assertThat(order.get("publications")).asList().isNotEmpty();
    }
    assertThat(Servers.knot.records("_acme-challenge.example.com", "TXT")).isEmpty();
    assertThat(Servers.knot.records("delegated.validation.example.com", "TXT")).isEmpty();
    serve(idOf(issued, "host0.example.com"));

    QuarkusMock.installMockForType(
        Clock.offset(Clock.systemUTC(), VALIDITY.dividedBy(2).plusSeconds(5)), Clock.class);
    sweepUntil("ISSUED", 100);
    List<Map<String, Object>> renewed =
        Api.orders().stream().filter(order -> order.get("renewalOf") != null).toList();
    assertThat(renewed).hasSize(50);
    verify(renewed.getFirst());

    Object id = renewed.getFirst().get("id");
    Api.post("/cancel", Map.of("orders", List.of(id), "action", "REVOKE", "reason", "SUPERSEDED"));
    Map<?, ?> facts = (Map<?, ?>) renewed.getFirst().get("certificate");
    assertThat(Servers.pebble.statusOf(facts.get("serialNumber").toString())).contains("Revoked");
  }

  private static Map<String, Object> application(List<String> domains) {
    return Map.of(
        "domains",
        domains,
        "providers",
        List.of("acme"),
        "validation",
        "DNS_AUTO",
        "keyAlgorithm",
        "EC_P256");
  }

  /** As the schedule does. */
  static void sweepUntil(String state, int orders) {
    Api.sweepUntil(
        Duration.ofMinutes(2),
        () -> {
          assertThat(
                  Api.orders().stream().filter(order -> order.get("state").equals(state)).toList())
              .as("%s", Api.orders().stream().filter(o -> !o.get("state").equals(state)).toList())
              .hasSize(orders);
        });
  }

  private static JsonTree export(Object id) {
    return Api.post("/export", Map.of("order", id, "includePrivateKey", true));
  }

  private void verify(Map<String, Object> order) throws Exception {
    JsonTree export = export(order.get("id"));
    Path certificate = write("cert.pem", export.text("certificate"));
    Path chain = write("chain.pem", export.text("chain"));
    Path key = write("key.pem", export.text("privateKey"));
    Path root = write("root.pem", Servers.pebble.root());

    assertThat(run("openssl", "verify", "-CAfile", root, "-untrusted", chain, certificate))
        .contains(": OK");
    assertThat(run("openssl", "pkey", "-in", key, "-pubout"))
        .isEqualTo(run("openssl", "x509", "-in", certificate, "-noout", "-pubkey"));
    assertThat(
            String.valueOf(
                certificate(export.text("certificate"), order).getSubjectAlternativeNames()))
        .contains(", " + order.get("domain") + "]");
  }

  private void serve(Object id) throws Exception {
    JsonTree export = export(id);
    Path set = directory.resolve("set.p12");
    run(
        "openssl",
        "pkcs12",
        "-export",
        "-inkey",
        write("key.pem", export.text("privateKey")),
        "-in",
        write("cert.pem", export.text("certificate")),
        "-certfile",
        write("chain.pem", export.text("chain")),
        "-passout",
        "pass:fake-password",
        "-out",
        set);
    char[] password = "fake-password".toCharArray();
    KeyStore store = KeyStore.getInstance(set.toFile(), password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("served".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    try {
      String name = "host0.example.com:" + server.getAddress().getPort();
      assertThat(
              run(
                  "curl",
                  "-sS",
                  "--cacert",
                  write("root.pem", Servers.pebble.root()),
                  "--resolve",
                  name + ":127.0.0.1",
                  "https://" + name + "/"))
          .isEqualTo("served");
    } finally {
      server.stop(0);
    }
  }

  private static Object idOf(List<Map<String, Object>> orders, String domain) {
    return orders.stream()
        .filter(order -> order.get("domain").equals(domain))
        .findFirst()
        .orElseThrow()
        .get("id");
  }

  private static X509Certificate certificate(String pem, Object what) throws Exception {
    assertThat(pem).as("%s", what).isNotNull();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }

  private static String run(Object... command) throws Exception {
    Process process =
        new ProcessBuilder(Stream.of(command).map(String::valueOf).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  /** ACME alone, with the servers of this test. */
  public static class Automatic implements QuarkusTestProfile {
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
      knot = add(KnotServer.start("example.com", "example.net"));
      pebble = add(Pebble.start("127.0.0.1:" + knot.port(), VALIDITY));
      Map<String, String> settings = new HashMap<>(pebble.settings());
      settings.putAll(knot.settings("example.com,example.net"));
      settings.put("polycert.vault.key", TestVault.KEY);
      return settings;
    }
  }
}
