package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import jakarta.inject.Singleton;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Accelerated domains of Huawei Cloud CDN and their certificates, API v1.0 and v1.1. {@code POST
 * domain} of the control API makes a {@code name} with an {@code originProtocol}, {@code redirect}
 * and {@code http2}; {@code POST lock} keeps a {@code name} as it is configured. As the vendor
 * does, it refuses with the status 200, and puts settings back to their defaults that a call for
 * certificates leaves out.
 */
@Singleton // A client proxy could not call the constructor of the superclass.
public class CdnEmulator extends ProductEmulator {
  private static final int MOST_DOMAINS = 50;
  private static final Pattern BLANK_LINE = Pattern.compile("(?m)^\\s*$\\n");

  private final Map<String, Domain> domains = new TreeMap<>();

  private final Set<String> locked = new HashSet<>();

  private record Domain(
      String id,
      String name,
      String originProtocol,
      String redirect,
      boolean http2,
      boolean https,
      String certificateName,
      String certificate) {}

  public CdnEmulator(World world) {
    super(
        world,
        "huawei-cdn",
        List.of(
            Route.of(
                "GET", "/v1\\.1/cdn/configuration/domains/([^/]+)/configs", "ShowDomainFullConfig"),
            Route.of(
                "GET", "/v1\\.0/cdn/domains/https-certificate-info", "ShowCertificatesHttpsInfo"),
            new Route(
                "PUT",
                Pattern.compile("/v1\\.0/cdn/domains/config-https-info"),
                "UpdateDomainMultiCertificates",
                // 20 a minute.
                1.0 / 3)));
    world.onReset(
        () -> {
          domains.clear();
          locked.clear();
        });
  }

  @Override
  ObjectNode error(String code, String message, String requestId) {
    ObjectNode answer = object();
    answer.putObject("error").put("error_code", code).put("error_msg", message);
    return answer;
  }

  @Override
  @Nullable ObjectNode answer(Call call) {
    return switch (call.operation()) {
      case "ShowDomainFullConfig" -> configs(domain(Query.decode(call.names().getFirst())));
      case "ShowCertificatesHttpsInfo" -> certificates(Query.parse(call.request().rawQuery()));
      default -> update(call);
    };
  }

  private ObjectNode configs(Domain domain) {
    ObjectNode answer = object();
    ObjectNode configs = answer.putObject("configs");
    configs.put("origin_protocol", domain.originProtocol);
    ObjectNode https = configs.putObject("https");
    https.put("https_status", domain.https ? "on" : "off");
    https.put("http2_status", domain.http2 ? "on" : "off");
    if (domain.https) {
      https
          .put("certificate_name", domain.certificateName)
          .put("certificate_value", domain.certificate)
          .put("certificate_source", 0)
          .put("certificate_type", "server")
          .put("expire_time", expiry(domain));
    }
    ObjectNode redirect = configs.putObject("force_redirect");
    redirect.put("status", domain.redirect.isEmpty() ? "off" : "on");
    if (!domain.redirect.isEmpty()) {
      redirect.put("type", domain.redirect).put("redirect_code", 301);
    }
    return answer;
  }

  private ObjectNode certificates(Query query) {
    String wanted = query.text("domain_name").orElse("");
    ObjectNode answer = object();
    ArrayNode shown = answer.putArray("https");
    domains.values().stream()
        .filter(domain -> domain.https && (wanted.isEmpty() || domain.name.equals(wanted)))
        .forEach(
            domain ->
                shown
                    .addObject()
                    .put("domain_id", domain.id)
                    .put("domain_name", domain.name)
                    .put("cert_name", domain.certificateName)
                    .put("certificate", domain.certificate)
                    .put("certificate_type", 0)
                    .put("expiration_time", expiry(domain))
                    .put("https_status", originWay(domain.originProtocol))
                    .put("http2", domain.http2 ? 1 : 0));
    return answer.put("total", shown.size());
  }

  private static long expiry(Domain domain) {
    try {
      return Pem.certificate(domain.certificate).getNotAfter().toInstant().toEpochMilli();
    } catch (CertificateException unreadable) {
      return Instant.EPOCH.toEpochMilli();
    }
  }

  private ObjectNode update(Call call) {
    ObjectNode body = body(call);
    JsonNode https = body == null ? object() : body.path("https");
    List<String> names = List.of(https.path("domain_name").asText("").split(","));
    if (names.size() > MOST_DOMAINS) {
      throw new Refused(200, "CDN.0005", "The upper limit is exceeded.");
    }
    names.forEach(this::domain);
    if (names.stream().anyMatch(locked::contains)) {
      throw new Refused(200, "CDN.0116", "The domain name is locked.");
    }
    boolean on = https.path("https_switch").asInt() == 1;
    if (on) {
      check(https);
    }
    JsonNode redirect = https.path("force_redirect_config");
    for (String name : names) {
      Domain old = domain(name);
      domains.put(
          name,
          new Domain(
              old.id,
              name,
              originProtocol(https.path("access_origin_way").asInt(2)),
              redirect.path("switch").asInt() == 1 ? redirect.path("redirect_type").asText() : "",
              https.path("http2").asInt() == 1,
              on,
              https.path("cert_name").asText(""),
              https.path("certificate").asText("")));
    }
    ObjectNode answer = object();
    ObjectNode set = ((ObjectNode) https).deepCopy();
    set.remove("private_key");
    set.put("expiration_time", expiry(domain(names.getFirst())));
    answer.set("https", set);
    return answer;
  }

  private static void check(JsonNode https) {
    String name = https.path("cert_name").asText("");
    String pem = https.path("certificate").asText("");
    String key = https.path("private_key").asText("");
    boolean named = name.length() >= 3 && name.length() <= 64;
    if (!named || BLANK_LINE.matcher(pem).find() || BLANK_LINE.matcher(key).find()) {
      throw new Refused(400, "CDN.0000", "The request parameter is invalid.");
    }
    try {
      var certificate = Pem.certificate(pem);
      if (Pem.privateKey(key).filter(it -> Pem.belongs(it, certificate)).isEmpty()) {
        throw new Refused(400, "CDN.0000", "The certificate and the key do not match.");
      }
    } catch (CertificateException unreadable) {
      throw new Refused(400, "CDN.0000", "The certificate is invalid.");
    }
  }

  private static int originWay(String protocol) {
    return switch (protocol) {
      case "follow" -> 1;
      case "https" -> 3;
      default -> 2;
    };
  }

  private static String originProtocol(int way) {
    return switch (way) {
      case 1 -> "follow";
      case 3 -> "https";
      default -> "http";
    };
  }

  private Domain domain(String name) {
    Domain domain = domains.get(name);
    if (domain == null) {
      throw new Refused(200, "CDN.0105", "The acceleration domain name does not exist.");
    }
    return domain;
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    String name = body.text("name");
    if ((method + " " + path).equals("POST lock")) {
      locked.add(domain(name).name);
      return Reply.json(200, "{}");
    }
    if (!(method + " " + path).equals("POST domain")) {
      throw new ControlException(404, "path", "must be POST domain or POST lock, not " + path);
    }
    Domain made =
        new Domain(
            id(),
            name,
            body.optionalText("originProtocol").orElse("http"),
            body.optionalText("redirect").orElse(""),
            body.flag("http2").orElse(false),
            false,
            "",
            "");
    domains.put(name, made);
    return Reply.json(200, object().put("id", made.id).toString());
  }
}
