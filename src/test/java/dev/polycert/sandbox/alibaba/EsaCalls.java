package dev.polycert.sandbox.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.FakeWorld;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.VendorEmulator.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A customer of the emulated ESA, who signs as the vendor's description says. */
final class EsaCalls {
  static final String HOST = "esa.cn-hangzhou.aliyuncs.com";
  final FakeWorld world = new FakeWorld();
  final EsaEmulator emulator = new EsaEmulator(world);
  private int nonce;

  /** Calls, and gives the fields of a success. */
  JsonNode ok(String action, Map<String, ?> parameters) {
    var reply = emulator.handle(request("POST", action, parameters));
    assertThat(reply.status()).as(text(reply)).isEqualTo(200);
    return json(reply);
  }

  /** Calls, and gives {@code status code} of a refusal. */
  String refusal(String action, Map<String, ?> parameters) {
    return refusal(emulator.handle(request("POST", action, parameters)));
  }

  static String refusal(Reply reply) {
    return reply.status() + " " + json(reply).get("Code").asText();
  }

  Request request(String method, String action, Map<String, ?> parameters) {
    return sign(method, query(parameters), headers(action), new byte[0]);
  }

  Request form(String action, Map<String, ?> parameters) {
    var body = query(parameters).getBytes(StandardCharsets.UTF_8);
    var headers = headers(action);
    headers.put("content-type", "application/x-www-form-urlencoded");
    headers.put("x-acs-content-sha256", Digests.sha256(body));
    return sign("POST", "", headers, body);
  }

  TreeMap<String, String> headers(String action) {
    var headers = new TreeMap<String, String>();
    headers.put("host", HOST);
    headers.put("x-acs-action", action);
    headers.put("x-acs-version", "2024-09-10");
    headers.put("x-acs-date", world.wallClock().truncatedTo(ChronoUnit.SECONDS).toString());
    headers.put("x-acs-signature-nonce", "nonce-" + nonce++);
    headers.put("x-acs-content-sha256", Digests.sha256(""));
    return headers;
  }

  /** Signs all the headers that are given. */
  static Request sign(String method, String query, TreeMap<String, String> headers, byte[] body) {
    var names = new TreeSet<>(headers.keySet());
    var unsigned = new Request(method, "/", query, headers, body);
    var signature =
        Digests.hmacSha256(FakeWorld.SECRET, Acs3Verifier.stringToSign(unsigned, names));
    var signed = new TreeMap<>(headers);
    signed.put(
        "authorization",
        "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s"
            .formatted(FakeWorld.KEY_ID, String.join(";", names), signature));
    return new Request(method, "/", query, signed, body);
  }

  private static String query(Map<String, ?> parameters) {
    return parameters.entrySet().stream()
        .map(p -> Query.encode(p.getKey()) + "=" + Query.encode(p.getValue().toString()))
        .collect(Collectors.joining("&"));
  }

  long site(String name) {
    return ok("ListSites", Map.of("SiteName", name)).get("Sites").get(0).get("SiteId").asLong();
  }

  String apply(long site, String domain, String type) {
    var parameters = Map.of("SiteId", site, "Domains", domain, "Type", type);
    return ok("ApplyCertificate", parameters).get("Result").get(0).get("Id").asText();
  }

  JsonNode certificate(long site, String id) {
    return ok("GetCertificate", Map.of("SiteId", site, "Id", id));
  }

  static JsonNode json(Reply reply) {
    try {
      return new ObjectMapper().readTree(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
