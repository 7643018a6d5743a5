package dev.polycert.sandbox.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.FakeWorld;
import dev.polycert.sandbox.VendorEmulator.Reply;
import dev.polycert.sandbox.VendorEmulator.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A customer of the emulated SCM, who signs as the vendor's description says. */
final class ScmCalls {
  static final String CERTIFICATES = "/v3/scm/certificates";
  static final String HOST = "scm.cn-north-4.myhuaweicloud.com";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  final FakeWorld world = new FakeWorld();
  final ScmEmulator emulator = new ScmEmulator(world);

  JsonNode get(String pathAndQuery) {
    return ok("GET", pathAndQuery, "");
  }

  JsonNode ok(String method, String pathAndQuery, String body) {
    var reply = emulator.handle(request(method, pathAndQuery, body));
    assertThat(reply.status()).as(text(reply)).isEqualTo(200);
    return json(reply);
  }

  /** Calls, and gives {@code status code} of a refusal. */
  String refusal(String method, String pathAndQuery, String body) {
    return refusal(emulator.handle(request(method, pathAndQuery, body)));
  }

  static String refusal(Reply reply) {
    return reply.status() + " " + json(reply).get("error_code").asText();
  }

  Request request(String method, String pathAndQuery, String body) {
    return sign(method, pathAndQuery, headers(), body);
  }

  TreeMap<String, String> headers() {
    var headers = new TreeMap<String, String>();
    headers.put("host", HOST);
    headers.put("x-sdk-date", DATE.format(world.wallClock()));
    return headers;
  }

  /** Signs all the headers that are given. */
  static Request sign(
      String method, String pathAndQuery, Map<String, String> headers, String body) {
    var parts = (pathAndQuery + "?").split("\\?", -1);
    var sorted = new TreeMap<>(headers);
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var names = new TreeSet<>(sorted.keySet());
    var unsigned = new Request(method, parts[0], parts[1], sorted, bytes);
    var stringToSign = SdkHmacVerifier.stringToSign(unsigned, names);
    sorted.put(
        "authorization",
        "SDK-HMAC-SHA256 Access=%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                FakeWorld.KEY_ID,
                String.join(";", names),
                Digests.hmacSha256(FakeWorld.SECRET, stringToSign)));
    return new Request(method, parts[0], parts[1], sorted, bytes);
  }

  /** The id of an unused certificate of that domain type. */
  String unused(String domainType) {
    for (var line : get(CERTIFICATES + "?status=PAID&limit=50").get("certificates")) {
      if (line.get("domain_type").asText().equals(domainType)) {
        return line.get("id").asText();
      }
    }
    throw new AssertionError("no unused " + domainType);
  }

  /** What v3 wants at the least. */
  static ObjectNode form(String domain) {
    return new ObjectMapper()
        .createObjectNode()
        .put("domain", domain)
        .put("applicant_name", "张三")
        .put("applicant_phone", "13212345678")
        .put("applicant_email", "admin@example.com")
        .put("agree_privacy_protection", true);
  }

  String applied(String domain) {
    var id = unused(domain.startsWith("*.") ? "WILDCARD" : "SINGLE_DOMAIN");
    apply(id, form(domain));
    return id;
  }

  void apply(String id, ObjectNode form) {
    var answer = ok("POST", CERTIFICATES + "/" + id + "/apply", form.toString());
    assertThat(answer.get("request_info").asText()).isEqualTo("success");
  }

  JsonNode show(String id) {
    return get(CERTIFICATES + "/" + id);
  }

  String status(String id) {
    return show(id).get("status").asText();
  }

  void publish(JsonNode shown) {
    for (var proof : shown.get("authentification")) {
      world.addDns(proof.get("record_name").asText(), "TXT", proof.get("record_value").asText());
    }
  }

  /** Takes the application of the domain to its end. */
  String issued(String domain) {
    var id = applied(domain);
    publish(show(id));
    assertThat(status(id)).isEqualTo("ISSUED");
    return id;
  }

  /** Buys, and gives the ids. */
  List<String> buy(String type, String domainType, int domains, int count) {
    return ok("POST", CERTIFICATES + "/buy", order(type, domainType, domains, count).toString())
        .get("cert")
        .findValuesAsText("cert_id");
  }

  static ObjectNode order(String type, String domainType, int domains, int count) {
    return new ObjectMapper()
        .createObjectNode()
        .put("cert_brand", "GEOTRUST")
        .put("cert_type", type)
        .put("domain_type", domainType)
        .put("effective_time", 1)
        .put("domain_numbers", domains)
        .put("order_number", count)
        .put("agree_privacy_protection", true);
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
