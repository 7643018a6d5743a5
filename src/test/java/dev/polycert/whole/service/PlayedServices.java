package dev.polycert.whole.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.polycert.dns.KnotServer;
import dev.polycert.testing.JsonHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Route 53, Cloudflare, ACM and Secrets Manager on one port, as far as a certificate needs them. A
 * record that is created here is served by the name server.
 */
final class PlayedServices implements AutoCloseable {
  private static final Pattern CREATED =
      Pattern.compile(
          "<Action>CREATE</Action>.*<Name>(.*)\\.</Name><Type>(.*)</Type>.*<Value>\"(.*)\"</Value>");

  private final KnotServer knot;
  private final String route53Zone;
  private final String cloudflareZone;
  private final HttpServer server;
  private final Map<String, JsonNode> bodies = new ConcurrentHashMap<>();

  PlayedServices(KnotServer knot, String route53Zone, String cloudflareZone) throws IOException {
    this.knot = knot;
    this.route53Zone = route53Zone;
    this.cloudflareZone = cloudflareZone;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/2013-04-01/", this::route53);
    server.createContext("/client/v4/zones", this::cloudflare);
    server.createContext("/", this::awsJson);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The body of the last call of an operation of ACM or Secrets Manager. */
  JsonNode body(String operation) {
    return Objects.requireNonNull(bodies.get(operation), operation + " was not called");
  }

  private void route53(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (exchange.getRequestURI().getPath().endsWith("hostedzonesbyname")) {
      answer(
          exchange,
          """
          <ListHostedZonesByNameResponse><HostedZones><HostedZone>
          <Id>/hostedzone/ZONE1</Id><Name>%s.</Name>
          </HostedZone></HostedZones></ListHostedZonesByNameResponse>
          """
              .formatted(route53Zone));
    } else if (body.isEmpty()) {
      answer(
          exchange,
          "<ListResourceRecordSetsResponse><ResourceRecordSets/></ListResourceRecordSetsResponse>");
    } else {
      Matcher created = CREATED.matcher(body.replace("\n", ""));
      if (created.find()) {
        knot.add(route53Zone, created.group(1) + ".", created.group(2), created.group(3));
      }
      answer(
          exchange,
          """
          <ChangeResourceRecordSetsResponse><ChangeInfo>
          <Id>/change/C1</Id><Status>PENDING</Status>
          </ChangeInfo></ChangeResourceRecordSetsResponse>
          """);
    }
  }

  private void cloudflare(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String result = "[]";
    if (exchange.getRequestURI().getPath().endsWith("/zones")) {
      result = "[{\"id\":\"zone1\",\"name\":\"" + cloudflareZone + "\"}]";
    } else if (body.length > 0) {
      JsonNode record = JsonHttp.JSON.readTree(body);
      knot.add(
          cloudflareZone,
          record.path("name").textValue() + ".",
          record.path("type").textValue(),
          record.path("content").textValue());
      result = "{\"id\":\"record1\"}";
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      result = "{\"id\":\"record1\"}";
    }
    answer(exchange, "{\"success\":true,\"errors\":[],\"result\":" + result + "}");
  }

  private void awsJson(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation = target.substring(target.lastIndexOf('.') + 1);
    bodies.put(operation, JsonHttp.JSON.readTree(exchange.getRequestBody().readAllBytes()));
    answer(
        exchange,
        switch (operation) {
          case "ListCertificates" -> "{\"CertificateSummaryList\":[]}";
          case "ImportCertificate" ->
              "{\"CertificateArn\":\"arn:aws:acm:us-east-1:1:certificate/1\"}";
          default -> "{\"ARN\":\"arn:aws:secretsmanager:us-east-1:1:secret:1\"}";
        });
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
