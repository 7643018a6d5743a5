package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An ACME directory that does what a test says: its orders are ready at once, signatures are not
 * looked at, and answers may be replaced by operation.
 */
final class FakeCa implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final FakeIssuer issuer = new FakeIssuer();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<String, Deque<Reply>> scripted = new HashMap<>();
  private final Map<String, List<JsonNode>> received = new ConcurrentHashMap<>();
  private final Map<String, String> certificates = new ConcurrentHashMap<>();
  private final Map<String, Integer> looks = new ConcurrentHashMap<>();
  private volatile FakeIssuer.Flaw flaw = FakeIssuer.Flaw.NONE;
  private volatile int processing;
  private volatile String retryAfter = "";
  private volatile boolean renewalInfo;
  private volatile String identity = "";
  private volatile boolean orderAgain;
  private volatile String lastOrder = "";
  private volatile boolean proofs;
  private volatile boolean files;
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private volatile @Nullable Instant orderEnd;
  private volatile @Nullable Instant proofEnd;
  private final Set<String> proven = ConcurrentHashMap.newKeySet();
  private volatile BiFunction<String, Reply, Reply> distortion = (operation, reply) -> reply;

  /** An answer in place of the usual one. */
  record Reply(int status, Map<String, String> headers, String body) {

    static Reply problem(int status, String type, Map<String, String> more) {
      Map<String, String> headers = new HashMap<>(more);
      headers.put("Content-Type", "application/problem+json");
      String body =
          "{\"type\":\"urn:ietf:params:acme:error:%s\",\"detail\":\"because of %s\"}"
              .formatted(type, type);
      return new Reply(status, headers, body);
    }

    /** Takes effect like the usual one, but its answer is lost. */
    static Reply lost() {
      return new Reply(-1, Map.of(), "");
    }

    /** Never ends. */
    static Reply endless() {
      return new Reply(-2, Map.of(), "");
    }

    static Reply json(String body, Map<String, String> more) {
      Map<String, String> headers = new HashMap<>(more);
      headers.put("Content-Type", "application/json");
      return new Reply(200, headers, body);
    }
  }

  FakeCa() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String directory() {
    return base() + "/directory";
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers the operation with these, then as usual. */
  synchronized FakeCa on(String operation, Reply... answers) {
    scripted.put(operation, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  FakeCa issues(FakeIssuer.Flaw wrong) {
    flaw = wrong;
    return this;
  }

  /** Lets orders be processed for so many answers, that to finalize included. */
  FakeCa processes(int times, String retry) {
    processing = times;
    retryAfter = retry;
    return this;
  }

  /** Wants control of the name to be shown, and believes it as soon as it is asked to look. */
  FakeCa wantsProofs() {
    proofs = true;
    return this;
  }

  /** Wants control of the first name of each order to be shown by DNS or by a file. */
  FakeCa wantsProofsOfNames() {
    files = true;
    return wantsProofs();
  }

  /** Gives the last order again for as long as it has issued nothing for it. */
  FakeCa givesOrdersAgain() {
    orderAgain = true;
    return this;
  }

  private String unissued() {
    return lastOrder.isEmpty() || certificates.containsKey(lastOrder)
        ? Integer.toString(numbers.incrementAndGet())
        : lastOrder;
  }

  /** Says when it gives up an order, and what its names want shown. */
  FakeCa gives(Instant order, Instant proof) {
    orderEnd = order;
    proofEnd = proof;
    return this;
  }

  private static String expires(@Nullable Instant end) {
    return end == null ? "" : ",\"expires\":\"" + end + "\"";
  }

  /** Answers with what is made of the usual answer to an operation. */
  FakeCa distorts(BiFunction<String, Reply, Reply> how) {
    distortion = how;
    return this;
  }

  FakeCa suggestsRenewals() {
    renewalInfo = true;
    return this;
  }

  /** Has that name in CAA records. */
  FakeCa calls(String name) {
    identity = name;
    return this;
  }

  /** What was sent to the operation, in order; empty objects for POST-as-GET and GET. */
  List<JsonNode> received(String operation) {
    return received.getOrDefault(operation, List.of());
  }

  private void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
    String operation = path[0];
    JsonNode payload = payload(exchange);
    received
        .computeIfAbsent(operation, it -> Collections.synchronizedList(new ArrayList<>()))
        .add(payload);
    Reply reply = scripted(operation);
    Reply usual =
        reply == null || reply.status() == -1
            ? distortion.apply(operation, usual(operation, path.length > 1 ? path[1] : "", payload))
            : reply;
    exchange.getResponseHeaders().add("Replay-Nonce", "nonce" + numbers.incrementAndGet());
    usual.headers().forEach(exchange.getResponseHeaders()::add);
    if (reply != null && reply.status() == -1) {
      exchange.close();
    } else if (usual.status() == -2) {
      sendWithoutEnd(exchange);
    } else {
      byte[] body = usual.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(usual.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }
  }

  private static void sendWithoutEnd(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write(new byte[8192]);
      }
    } catch (IOException cutOff) {
      exchange.close();
    }
  }

  private static JsonNode payload(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (body.length == 0) {
      return JSON.createObjectNode();
    }
    byte[] inner = Base64.getUrlDecoder().decode(JSON.readTree(body).get("payload").asText());
    return inner.length == 0 ? JSON.createObjectNode() : JSON.readTree(inner);
  }

  private synchronized Reply scripted(String operation) {
    Deque<Reply> answers = scripted.get(operation);
    return answers == null ? null : answers.pollFirst();
  }

  private Reply usual(String operation, String id, JsonNode payload) {
    return switch (operation) {
      case "directory" -> Reply.json(directoryJson(), Map.of());
      case "nonce" -> new Reply(200, Map.of(), "");
      case "account" ->
          Reply.json("{\"status\":\"valid\"}", Map.of("Location", base() + "/account/1"));
      case "new-order" -> {
        String number = orderAgain ? unissued() : Integer.toString(numbers.incrementAndGet());
        lastOrder = number;
        if (files) {
          names.put(number, payload.at("/identifiers/0/value").asText());
        }
        yield Reply.json(order(number), Map.of("Location", base() + "/order/" + number));
      }
      case "order" -> Reply.json(order(id), waiting(id));
      case "authorization" -> Reply.json(authorization(id), Map.of());
      case "challenge", "file-challenge" -> {
        proven.add(id);
        yield Reply.json(challenge(operation, id), Map.of("Link", "<" + base() + ">;rel=\"up\""));
      }
      case "finalize" -> {
        certificates.put(id, issuer.issue(payload.get("csr").asText(), flaw));
        yield Reply.json(order(id), Map.of());
      }
      case "certificate" ->
          new Reply(
              200,
              Map.of(
                  "Content-Type",
                  "application/pem-certificate-chain",
                  "Link",
                  "<" + base() + "/alternate/" + id + ">;rel=\"alternate\""),
              certificates.getOrDefault(id, ""));
      case "alternate" ->
          new Reply(
              200,
              Map.of("Content-Type", "application/pem-certificate-chain"),
              issuer.alternate(certificates.getOrDefault(id, "")));
      case "revoke" -> new Reply(200, Map.of(), "");
      default -> new Reply(404, Map.of(), "");
    };
  }

  private Map<String, String> waiting(String id) {
    boolean waits = looks.getOrDefault(id, 0) <= processing && certificates.containsKey(id);
    return waits && !retryAfter.isEmpty() ? Map.of("Retry-After", retryAfter) : Map.of();
  }

  private String directoryJson() {
    return """
    {"newNonce":"%1$s/nonce","newAccount":"%1$s/account","newOrder":"%1$s/new-order",
     "revokeCert":"%1$s/revoke","keyChange":"%1$s/key"%2$s,
     "meta":{"profiles":{"shortlived":"six days","tlsserver":"90 days"}%3$s}}
    """
        .formatted(
            base(),
            renewalInfo ? ",\"renewalInfo\":\"" + base() + "/ari\"" : "",
            identity.isEmpty() ? "" : ",\"caaIdentities\":[\"" + identity + "\"]");
  }

  private String order(String id) {
    boolean issued = certificates.containsKey(id);
    boolean processed = issued && looks.merge(id, 1, Integer::sum) > processing;
    String open = proofs && !proven.contains(id) ? "pending" : "ready";
    String status = processed ? "valid" : issued ? "processing" : open;
    return """
    {"status":"%s","identifiers":[],"authorizations":[%s],"finalize":"%s/finalize/%s"%s%s}
    """
        .formatted(
            status,
            proofs ? "\"" + base() + "/authorization/" + id + "\"" : "",
            base(),
            id,
            processed ? ",\"certificate\":\"" + base() + "/certificate/" + id + "\"" : "",
            expires(orderEnd));
  }

  private String authorization(String id) {
    String challenges = challenge("challenge", id);
    return """
    {"status":"%s","identifier":{"type":"dns","value":"%s"},"challenges":[%s]%s}
    """
        .formatted(
            proven.contains(id) ? "valid" : "pending",
            names.getOrDefault(id, "www.fake.example"),
            files ? challenges + "," + challenge("file-challenge", id) : challenges,
            expires(proofEnd));
  }

  private String challenge(String operation, String id) {
    return "{\"type\":\"%s\",\"url\":\"%s/%s/%s\",\"token\":\"%s\",\"status\":\"%s\"}"
        .formatted(
            operation.equals("challenge") ? "dns-01" : "http-01",
            base(),
            operation,
            id,
            "t0ken",
            proven.contains(id) ? "valid" : "pending");
  }

  /** Forgets what it has received. */
  void forget() {
    received.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
