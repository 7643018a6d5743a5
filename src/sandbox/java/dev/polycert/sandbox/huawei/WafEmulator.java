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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of Huawei Cloud WAF, API v1, and the protected domains that use them: {@code POST
 * host} of the control API makes a {@code hostname} of a {@code type}, cloud or premium.
 */
@Singleton // A client proxy could not call the constructor of the superclass.
public class WafEmulator extends ProductEmulator {
  private static final String ALL = "/v1/([^/]+)/waf/certificate";
  private static final String ONE = ALL + "/([^/]+)";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
  private static final Duration MONTH = Duration.ofDays(30);

  private final Map<String, Held> certificates = new LinkedHashMap<>();
  private final Map<String, Host> hosts = new LinkedHashMap<>();

  private record Held(
      String id, String project, String name, String content, String key, Instant at) {}

  private record Host(String id, String hostname, String type, String certificate) {}

  public WafEmulator(World world) {
    super(
        world,
        "huawei-waf",
        List.of(
            Route.of("GET", ALL, "ListCertificates"),
            Route.of("POST", ALL, "CreateCertificate"),
            Route.of("POST", ONE + "/apply-to-hosts", "ApplyCertificateToHost"),
            Route.of("GET", ONE, "ShowCertificate"),
            Route.of("DELETE", ONE, "DeleteCertificate")));
    world.onReset(
        () -> {
          certificates.clear();
          hosts.clear();
        });
  }

  @Override
  @Nullable ObjectNode answer(Call call) {
    return switch (call.operation()) {
      case "ListCertificates" -> list(call.names().getFirst(), call.request());
      case "CreateCertificate" -> create(call);
      case "ApplyCertificateToHost" -> apply(held(call), call);
      case "ShowCertificate" -> full(held(call));
      default -> delete(held(call));
    };
  }

  private ObjectNode list(String project, Request request) {
    Query query = Query.parse(request.rawQuery());
    int page = number(query, "page", 1);
    int size = number(query, "pagesize", 10);
    String name = query.text("name").orElse("");
    boolean withHosts = query.text("host").filter("true"::equals).isPresent();
    List<Held> fitting =
        certificates.values().stream()
            .filter(held -> held.project.equals(project) && held.name.contains(name))
            .toList();
    ObjectNode answer = object().put("total", fitting.size());
    ArrayNode items = answer.putArray("items");
    fitting.stream()
        .skip((page - 1L) * size)
        .limit(size)
        .map(held -> withHosts ? withHosts(held) : shown(held))
        .forEach(items::add);
    return answer;
  }

  private static int number(Query query, String name, int otherwise) {
    String given = query.text(name).orElse(String.valueOf(otherwise));
    if (!given.matches("[1-9]\\d{0,4}")) {
      throw new Refused(400, "WAF.00011011", "pageOrPageSize.illegal");
    }
    return Integer.parseInt(given);
  }

  private ObjectNode create(Call call) {
    ObjectNode body = body(call);
    if (body == null) {
      throw new Refused(400, "WAF.00011003", "request.body.illegal");
    }
    Held made =
        new Held(
            id(),
            call.names().getFirst(),
            body.path("name").asText(""),
            body.path("content").asText(""),
            body.path("key").asText(""),
            world().now());
    if (!NAME.matcher(made.name).matches()) {
      throw new Refused(400, "WAF.00011005", "name.illegal");
    }
    if (certificates.values().stream()
        .anyMatch(it -> it.project.equals(made.project) && it.name.equals(made.name))) {
      throw new Refused(400, "WAF.00011016", "name.duplicate");
    }
    X509Certificate certificate = certificate(made);
    if (certificate == null
        || Pem.privateKey(made.key).filter(key -> Pem.belongs(key, certificate)).isEmpty()) {
      throw new Refused(400, "WAF.00011019", "cert.illegal");
    }
    if (certificate.getNotAfter().toInstant().isBefore(world().now())) {
      throw new Refused(400, "WAF.00011021", "cert.expired");
    }
    certificates.put(made.id, made);
    return full(made);
  }

  private ObjectNode apply(Held held, Call call) {
    ObjectNode body = body(call);
    if (body == null) {
      throw new Refused(400, "WAF.00011003", "request.body.illegal");
    }
    List<Host> named = new ArrayList<>(hosts(body.path("cloud_host_ids"), "cloud"));
    named.addAll(hosts(body.path("premium_host_ids"), "premium"));
    if (named.isEmpty()) {
      throw new Refused(400, "WAF.00011003", "request.body.illegal");
    }
    named.forEach(host -> hosts.put(host.id, new Host(host.id, host.hostname, host.type, held.id)));
    ObjectNode answer = withHosts(held);
    answer.remove("exp_status");
    return answer;
  }

  private List<Host> hosts(JsonNode ids, String type) {
    return ids.valueStream()
        .map(
            id -> {
              Host host = hosts.get(id.asText());
              if (host == null || !host.type.equals(type)) {
                throw new Refused(400, "WAF.00011004", "id.illegal");
              }
              return host;
            })
        .toList();
  }

  private ObjectNode delete(Held held) {
    if (hosts.values().stream().anyMatch(host -> host.certificate.equals(held.id))) {
      throw new Refused(400, "WAF.00011001", "bad.request");
    }
    ObjectNode last = full(held);
    certificates.remove(held.id);
    return last;
  }

  private Held held(Call call) {
    Held held = certificates.get(call.names().get(1));
    if (held == null || !held.project.equals(call.names().getFirst())) {
      throw new Refused(400, "WAF.00011004", "id.illegal");
    }
    return held;
  }

  private ObjectNode shown(Held held) {
    X509Certificate certificate = certificate(held);
    Instant end = certificate == null ? Instant.EPOCH : certificate.getNotAfter().toInstant();
    Instant now = world().now();
    int status = end.isBefore(now) ? 1 : end.isBefore(now.plus(MONTH)) ? 2 : 0;
    return object()
        .put("id", held.id)
        .put("name", held.name)
        .put("expire_time", end.toEpochMilli())
        .put("exp_status", status)
        .put("timestamp", held.at.toEpochMilli());
  }

  private ObjectNode withHosts(Held held) {
    ObjectNode shown = shown(held);
    ArrayNode bound = shown.putArray("bind_host");
    hosts.values().stream()
        .filter(host -> host.certificate.equals(held.id))
        .forEach(
            host ->
                bound
                    .addObject()
                    .put("id", host.id)
                    .put("hostname", host.hostname)
                    .put("waf_type", host.type));
    return shown;
  }

  private ObjectNode full(Held held) {
    return withHosts(held).put("content", held.content).put("key", held.key);
  }

  private static @Nullable X509Certificate certificate(Held held) {
    try {
      return Pem.certificate(held.content);
    } catch (CertificateException unreadable) {
      return null;
    }
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    if (!(method + " " + path).equals("POST host")) {
      throw new ControlException(404, "path", "must be POST host, not " + path);
    }
    Host made =
        new Host(id(), body.text("hostname"), body.optionalText("type").orElse("cloud"), "");
    hosts.put(made.id, made);
    return Reply.json(200, object().put("id", made.id).toString());
  }
}
