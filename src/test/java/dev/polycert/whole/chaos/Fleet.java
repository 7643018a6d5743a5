package dev.polycert.whole.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.polycert.sandbox.EveryVendor;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.store.dynamodb.DynamoDbTestResource;
import dev.polycert.store.postgresql.PostgresqlTestResource;
import dev.polycert.testing.Pebble;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Processes that share one table or database and the emulated vendors of this process. */
final class Fleet implements AutoCloseable {
  static final List<String> PROVIDERS = ChaosFixture.PROVIDERS;

  /** Which the processes write themselves. */
  static final String ZONE = "example.com";

  private static final String VAULT_KEY =
      Base64.getEncoder().encodeToString("fake-key-that-is-32-bytes-long!!".getBytes(US_ASCII));
  private static final String ENDPOINT = "quarkus.dynamodb.endpoint-override";

  /** The settings of the table or the database. */
  private final Map<String, String> store;

  private final RunningSandbox sandbox = EveryVendor.create();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final @Nullable Pebble ca;

  /** To the CA all go by one address, which its orders and accounts are known by. */
  private final @Nullable Tap caTap;

  private volatile Tap.Watcher caWatcher = new Killer();

  Fleet() throws IOException {
    this(false);
  }

  /** One on PostgreSQL. */
  static Fleet onPostgresql() throws IOException {
    return new Fleet(new PostgresqlTestResource().start(), false);
  }

  /**
   * @param withCa whether there is an ACME CA too, which asks the sandbox's name server
   */
  Fleet(boolean withCa) throws IOException {
    this(new DynamoDbTestResource().start(), withCa);
  }

  private Fleet(Map<String, String> store, boolean withCa) throws IOException {
    this.store = store;
    sandbox.start();
    ca = withCa ? Pebble.start(sandbox.dnsServer(), Duration.ofDays(90)) : null;
    caTap = ca == null ? null : new Tap(ca.directory(), ca.tls(), new Last());
    Caller control = new Caller(sandbox.uri("/"), sandbox.uri("/"), "");
    control.reset();
    control.control("PUT", "settings", "{\"limits\": false}");
  }

  /** One more process. */
  Worker worker(String requestTimeout) throws IOException {
    return start(requestTimeout, sandbox.uri("/"), store);
  }

  /** Watches what is sent to the CA for the process that was started last. */
  private final class Last implements Tap.Watcher {
    @Override
    public boolean sent(String request) throws InterruptedException {
      return caWatcher.sent(request);
    }

    @Override
    public boolean answered(String request) throws InterruptedException {
      return caWatcher.answered(request);
    }
  }

  /** One whose every request is watched; those to the CA until the next one is started. */
  Worker watched(String requestTimeout, Tap.Watcher watcher) throws IOException {
    Tap vendors = new Tap(sandbox.uri("/"), watcher);
    parts.add(vendors);
    caWatcher = watcher;
    Map<String, String> watched = new HashMap<>(store);
    if (store.containsKey(ENDPOINT)) {
      Tap table = new Tap(URI.create(store.get(ENDPOINT)), watcher);
      parts.add(table);
      watched.put(ENDPOINT, table.uri().toString());
    }
    return start(requestTimeout, vendors.uri(), watched);
  }

  private Worker start(String requestTimeout, URI vendors, Map<String, String> store)
      throws IOException {
    Map<String, String> settings = new HashMap<>(store);
    settings.put("polycert.rate.kind", "local");
    settings.put("polycert.http.endpoint", vendors.toString());
    settings.put("polycert.request-timeout", requestTimeout);
    settings.put("polycert.dns.servers", sandbox.dnsServer());
    settings.put("polycert.validation.allow-private-addresses", "true");
    settings.put("polycert.dns-writer.dnspod.zones", ZONE);
    if (ca != null) {
      URI directory = caTap.uri().resolve(ca.directory().getPath());
      settings.put("polycert.acme.ca.pebble.directory", directory.toString());
      settings.put("polycert.acme.ca.pebble.trust", ca.trust().toAbsolutePath().toString());
      settings.put("polycert.vault.key", VAULT_KEY);
    }
    Worker worker = new Worker(settings, EveryVendor.environment(), sandbox.uri("/"));
    parts.add(worker);
    return worker;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
    if (ca != null) {
      caTap.close();
      ca.close();
    }
    sandbox.stop();
  }
}
