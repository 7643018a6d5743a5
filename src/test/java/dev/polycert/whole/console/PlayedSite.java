package dev.polycert.whole.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.polycert.testing.JsonHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * The console as it is on AWS: CloudFront with the headers of infra/console.yml, an OIDC issuer at
 * which the person is signed in already, and API Gateway with a JWT authoriser and CORS. Each is an
 * origin of its own.
 */
final class PlayedSite implements AutoCloseable {
  static final String CLIENT = "polycert-console";
  static final String TOKEN = "fake-access-token";
  private static final String LIT = "META-INF/resources/_static/lit-html/3.3.1/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html",
          "js", "text/javascript",
          "css", "text/css",
          "svg", "image/svg+xml",
          "json", "application/json");

  private final HttpServer pages = listening();
  private final HttpServer issuer = listening();
  private final HttpServer api = listening();
  private final String policy;

  /** What an event of API Gateway is answered with. */
  private final Function<JsonNode, JsonNode> lambda;

  /** Refusals of the issuer and requests that CORS does not allow, in words. */
  final List<String> wrong = new CopyOnWriteArrayList<>();

  /** What the issuer puts into the place of the right value; null for the right one. */
  volatile @Nullable String otherState;

  volatile @Nullable String otherNonce;
  volatile int tokenSeconds = 300;

  private volatile Map<String, String> asked = Map.of();
  private volatile boolean used;

  PlayedSite(Function<JsonNode, JsonNode> lambda) throws IOException {
    this.lambda = lambda;
    this.policy = policy();
    pages.createContext("/", this::page);
    issuer.createContext("/realm/.well-known/openid-configuration", this::discover);
    issuer.createContext("/realm/authorize", this::authorize);
    issuer.createContext("/realm/token", this::token);
    api.createContext("/", this::call);
    List.of(pages, issuer, api).forEach(HttpServer::start);
  }

  private static HttpServer listening() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      return server;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String origin(HttpServer server) {
    return "http://localhost:" + server.getAddress().getPort();
  }

  String address() {
    return origin(pages) + "/";
  }

  private String issuerName() {
    return origin(issuer) + "/realm";
  }

  /** The policy of the stack, for these origins. */
  private String policy() throws IOException {
    JsonNode stack =
        JsonHttp.JSON.valueToTree(new Yaml().load(Files.readString(Path.of("infra/console.yml"))));
    return stack
        .at(
            "/Resources/Headers/Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig"
                + "/ContentSecurityPolicy/ContentSecurityPolicy/Fn::Sub/0")
        .asText()
        .replace("${Api}", origin(api))
        .replace("https://${IssuerHost}", origin(issuer))
        .replace("${TokenOrigin}", "");
  }

  private void page(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] content = file(path.equals("/") ? "/console/index.html" : path);
    exchange.getResponseHeaders().set("content-security-policy", policy);
    exchange.getResponseHeaders().set("x-content-type-options", "nosniff");
    exchange.getResponseHeaders().set("cross-origin-opener-policy", "same-origin");
    exchange.getResponseHeaders().set("referrer-policy", "no-referrer");
    String type = path.equals("/") ? "html" : path.substring(path.lastIndexOf('.') + 1);
    send(exchange, content == null ? 403 : 200, TYPES.get(type), content);
  }

  private byte @Nullable [] file(String path) throws IOException {
    if (path.equals("/config.json")) {
      return text(
          JsonHttp.JSON
              .createObjectNode()
              .put("api", origin(api))
              .put("issuer", issuerName())
              .put("clientId", CLIENT)
              .put("scope", "openid polycert:read"));
    }
    String resource =
        path.startsWith("/console/lit/")
            ? LIT + path.substring("/console/lit/".length())
            : path.substring(1);
    try (InputStream in = PlayedSite.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      byte[] content = in.readAllBytes();
      return path.endsWith(".html")
          ? new String(content, StandardCharsets.UTF_8)
              .replace("{key}", "oidc")
              .replace("{sandbox}", "")
              .getBytes(StandardCharsets.UTF_8)
          : content;
    }
  }

  private void discover(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("access-control-allow-origin", "*");
    ObjectNode found = JsonHttp.JSON.createObjectNode();
    found.put("issuer", issuerName());
    found.put("authorization_endpoint", issuerName() + "/authorize");
    found.put("token_endpoint", issuerName() + "/token");
    send(exchange, 200, TYPES.get("json"), text(found));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    asked = form(exchange.getRequestURI().getRawQuery());
    used = false;
    expect("response_type", "code", asked.get("response_type"));
    expect("client_id", CLIENT, asked.get("client_id"));
    expect("redirect_uri", address(), asked.get("redirect_uri"));
    expect("code_challenge_method", "S256", asked.get("code_challenge_method"));
    expect("scope", "openid polycert:read", asked.get("scope"));
    String state = Objects.requireNonNullElse(otherState, asked.get("state"));
    String back = address() + "?code=fake-code&state=" + state + "&iss=" + issuerName();
    exchange.getResponseHeaders().set("location", back);
    send(exchange, 302, "text/plain", new byte[0]);
  }

  private void token(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("access-control-allow-origin", "*");
    Map<String, String> given =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    expect("grant_type", "authorization_code", given.get("grant_type"));
    expect("code", used ? "none, it was used" : "fake-code", given.get("code"));
    expect("client_id", CLIENT, given.get("client_id"));
    expect("redirect_uri", address(), given.get("redirect_uri"));
    expect("verifier", asked.get("code_challenge"), hashed(given.get("code_verifier")));
    used = true;
    ObjectNode claims = JsonHttp.JSON.createObjectNode();
    claims.put("iss", issuerName()).put("sub", "alice").put("aud", CLIENT);
    claims.put("nonce", Objects.requireNonNullElse(otherNonce, asked.get("nonce")));
    claims.put("exp", Instant.now().getEpochSecond() + 60);
    ObjectNode answer = JsonHttp.JSON.createObjectNode();
    answer.put("access_token", TOKEN).put("token_type", "Bearer").put("expires_in", tokenSeconds);
    answer.put("id_token", "e30." + encoded(text(claims)) + ".c2lnbmF0dXJl");
    send(exchange, 200, TYPES.get("json"), text(answer));
  }

  /**
   * Like API Gateway: it answers preflights itself, and only answers of a route have CORS headers.
   */
  private void call(HttpExchange exchange) throws IOException {
    String origin = exchange.getRequestHeaders().getFirst("origin");
    boolean ours = (origin(pages)).equals(origin);
    if (exchange.getRequestMethod().equals("OPTIONS") && ours) {
      exchange.getResponseHeaders().set("access-control-allow-origin", origin);
      exchange.getResponseHeaders().set("access-control-allow-methods", "GET,POST");
      exchange
          .getResponseHeaders()
          .set("access-control-allow-headers", "authorization,content-type");
      send(exchange, 204, "text/plain", new byte[0]);
      return;
    }
    String path = exchange.getRequestURI().getPath();
    boolean in = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("authorization"));
    boolean route = path.equals("/orders") || path.equals("/providers");
    if (!ours || !in || !route) {
      wrong.add(exchange.getRequestMethod() + " " + path + " from " + origin);
      send(exchange, in ? 404 : 401, TYPES.get("json"), "{}".getBytes(StandardCharsets.UTF_8));
      return;
    }
    JsonNode answer = lambda.apply(event(exchange));
    exchange.getResponseHeaders().set("access-control-allow-origin", origin);
    send(
        exchange,
        answer.path("statusCode").asInt(),
        answer.at("/headers/content-type").asText(),
        answer.path("body").asText().getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode event(HttpExchange exchange) {
    ObjectNode event = JsonHttp.JSON.createObjectNode();
    event.put("version", "2.0").put("rawPath", exchange.getRequestURI().getPath());
    event.putObject("headers").put("accept", exchange.getRequestHeaders().getFirst("accept"));
    ObjectNode query = event.putObject("queryStringParameters");
    form(exchange.getRequestURI().getRawQuery()).forEach(query::put);
    ObjectNode context = event.putObject("requestContext").put("stage", "$default");
    context.putObject("http").put("method", exchange.getRequestMethod());
    ObjectNode claims = context.putObject("authorizer").putObject("jwt").putObject("claims");
    claims.put("sub", "alice").put("scope", "openid polycert:read");
    return event;
  }

  private void expect(String what, @Nullable String right, @Nullable String given) {
    if (!Objects.equals(right, given)) {
      wrong.add(what + " is " + given + " and not " + right);
    }
  }

  private static Map<String, String> form(@Nullable String text) {
    return text == null
        ? Map.of()
        : Arrays.stream(text.split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static String hashed(@Nullable String verifier) {
    try {
      return encoded(
          MessageDigest.getInstance("SHA-256")
              .digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] text(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, byte @Nullable [] body)
      throws IOException {
    byte[] sent = body == null ? new byte[0] : body;
    exchange.getResponseHeaders().set("content-type", String.valueOf(type));
    exchange.sendResponseHeaders(status, sent.length == 0 ? -1 : sent.length);
    exchange.getResponseBody().write(sent);
    exchange.close();
  }

  @Override
  public void close() {
    List.of(pages, issuer, api).forEach(server -> server.stop(0));
  }
}
