package dev.polycert.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.polycert.dns.DnsRecord;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.order.use.HttpreqConfig;
import dev.polycert.provider.TestConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Another Polycert, as far as a client of its {@code httpreq} sees it: its door and its order book,
 * at an address of its own. Its zone is where a test says.
 */
public final class HttpreqGateway implements AutoCloseable {
  /** The only client's. */
  public static final String USER = "polycert";

  public static final String PASSWORD = "fake-password-for-the-gateway";

  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final Desk desk;
  private final HttpreqDoor door;
  private final Consumer<DnsRecord> removed;
  private final HttpServer server;

  /**
   * Starts it.
   *
   * @param directory for its order book
   * @param zone that it writes
   * @param added gets each record that it writes
   * @param removed gets each record that it takes out again
   */
  public HttpreqGateway(
      Path directory, String zone, Consumer<DnsRecord> added, Consumer<DnsRecord> removed)
      throws IOException {
    this.removed = removed;
    desk = new Desk(directory, new ScriptedProvider("vendor"));
    desk.zones.zone = zone;
    desk.zones.published = added;
    HttpreqConfig config =
        TestConfig.of(
                new HashMap<>(
                    Map.of(
                        "polycert.httpreq.client.\"" + USER + "\".password",
                        PASSWORD,
                        "polycert.httpreq.client.\"" + USER + "\".zones",
                        zone)),
                HttpreqConfig.class)
            .getConfigMapping(HttpreqConfig.class);
    door = new HttpreqDoor(config, desk.publishFor(config));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/httpreq/", this::answer);
    server.start();
  }

  /** Where it has {@code /present} and {@code /cleanup}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/httpreq";
  }

  /** The bodies of all requests with the right password. */
  public List<JsonNode> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String said = "";
    int status = 200;
    Optional<List<Operation>> opened =
        door.open(exchange.getRequestHeaders().getFirst("Authorization"));
    if (opened.isEmpty()) {
      status = 401;
    } else {
      try {
        run(opened.get(), exchange);
      } catch (InvalidInput invalid) {
        status = 400;
        said = invalid.errors().toString();
      } catch (RuntimeException refused) {
        status = 409;
        said = String.valueOf(refused.getMessage());
      }
    }
    byte[] body = said.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void run(List<Operation> opened, HttpExchange exchange) throws IOException {
    String route = "POST " + exchange.getRequestURI().getPath();
    JsonNode body = Doors.json(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    asked.add(body);
    Set<DnsRecord> before = new HashSet<>(desk.zones.records.keySet());
    opened.stream()
        .filter(operation -> operation.routes().toString().contains(route))
        .findFirst()
        .orElseThrow()
        .run(body, desk.now().plus(Duration.ofMinutes(1)))
        .await()
        .atMost(Duration.ofSeconds(20));
    before.removeAll(desk.zones.records.keySet());
    before.forEach(removed);
  }

  @Override
  public void close() throws Exception {
    server.stop(0);
    desk.close();
  }
}
