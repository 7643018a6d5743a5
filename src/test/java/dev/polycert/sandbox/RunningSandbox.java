package dev.polycert.sandbox;

import dev.polycert.provider.TestConfig;
import dev.polycert.provider.contract.MovableClock;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final MovableClock clock = new MovableClock();
  private Vertx vertx;
  private SandboxServer server;

  /**
   * @param configuration beside the ports, which are free ones
   */
  @SafeVarargs
  public RunningSandbox(
      Map<String, String> configuration, Function<World, VendorEmulator>... vendors) {
    this.configuration = new HashMap<>(configuration);
    for (String port : List.of("port", "dns-port", "web-port")) {
      this.configuration.put("polycert.sandbox." + port, "0");
    }
    this.vendors = List.of(vendors);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  /** Listens on free ports from now on. */
  public void start() {
    vertx = Vertx.vertx();
    SmallRyeConfig config = TestConfig.of(configuration, SandboxConfig.class);
    SandboxConfig sandbox = config.getConfigMapping(SandboxConfig.class);
    SecureRandom random = new SecureRandom();
    List<VendorEmulator> emulators = new ArrayList<>();
    Settings settings = new Settings(sandbox);
    OwnedDomains domains = new OwnedDomains(settings);
    DnsRecords records = new DnsRecords();
    WebFiles files = new WebFiles();
    Ledger ledger = new Ledger();
    Faults faults = new Faults(random);
    CallCounts calls = new CallCounts();
    Journal journal = new Journal();
    World world =
        new World(
            clock,
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
            new Publisher(records, files),
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
    clock.reset();
    control("POST", "reset", "{}");
  }

  /** Sets the vendors' clocks ahead of the callers', until the next test. */
  public void clocksAhead(Duration by) {
    clock.advance(by);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
  }

  public void stop() {
    server.stop();
    vertx.close();
  }

  /** Calls the control API and expects success. */
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
