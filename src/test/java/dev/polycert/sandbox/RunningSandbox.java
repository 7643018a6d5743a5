package dev.polycert.sandbox;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs a sandbox on free ports for the tests of a class, empty before each of them. */
public final class RunningSandbox
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private final Map<String, String> configuration;
  private final List<Function<World, VendorEmulator>> vendors;
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Duration ahead = Duration.ZERO;
  private Vertx vertx;
  private SandboxServer server;

  /**
   * @param configuration beside ports 0
   */
  @SafeVarargs
  public RunningSandbox(
      Map<String, String> configuration, Function<World, VendorEmulator>... vendors) {
    this.configuration = configuration;
    this.vendors = List.of(vendors);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  /** Listens on free ports from now on. */
  public void start() {
    vertx = Vertx.vertx();
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(SandboxConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValue("polycert.sandbox.port", "0")
            .withDefaultValue("polycert.sandbox.dns-port", "0")
            .withDefaultValue("polycert.sandbox.web-port", "0")
            .withSources(new PropertiesConfigSource(configuration, "test", 400))
            .build();
    SandboxConfig sandbox = config.getConfigMapping(SandboxConfig.class);
    SecureRandom random = new SecureRandom();
    InstantSource clock = () -> Instant.now().plus(ahead);
    List<VendorEmulator> emulators = new ArrayList<>();
    Settings settings = new Settings(sandbox);
    OwnedDomains domains = new OwnedDomains(settings);
    DnsRecords records = new DnsRecords();
    WebFiles files = new WebFiles();
    Ledger ledger = new Ledger();
    Faults faults = new Faults(random);
    Calls calls = new Calls();
    Journal journal = new Journal();
    SandboxWorld world =
        new SandboxWorld(
            clock.withZone(ZoneOffset.UTC),
            random,
            settings,
            domains,
            new Secrets(config, emulators),
            new CertificateAuthority(random),
            records,
            files,
            ledger,
            new SlidingWindow(),
            new Nonces());
    vendors.forEach(vendor -> emulators.add(vendor.apply(world)));
    ControlApi control =
        new ControlApi(
            world,
            settings,
            faults,
            calls,
            ledger,
            journal,
            new Publishing(records, files),
            emulators);
    server =
        new SandboxServer(
            sandbox,
            vertx,
            new Dispatcher(
                vertx,
                world,
                settings,
                faults,
                calls,
                new Subjects(ledger),
                journal,
                control,
                emulators),
            new DnsServer(vertx, new DnsAnswers(records, domains)),
            files);
    server.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    ahead = Duration.ZERO;
    control("POST", "reset", "{}");
  }

  /** Sets the vendors' clocks ahead of the callers', until the next test. */
  public void clocksAhead(Duration by) {
    ahead = by;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
  }

  public void stop() {
    server.stop();
    vertx.close();
  }

  /** Calls the control API and expects it to do what it was told. */
  public JsonObject control(String method, String path, String body) {
    HttpResponse<String> response = send(method, "/_sandbox/" + path, body);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body());
  }

  /** Sends a request without any signature. */
  public HttpResponse<String> send(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** What {@code polycert.dns.servers} is set to. */
  public String dnsServer() {
    return "127.0.0.1:" + server.dnsPort();
  }

  SandboxServer server() {
    return server;
  }
}
