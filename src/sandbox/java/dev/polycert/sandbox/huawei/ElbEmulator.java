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
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of Huawei Cloud ELB, API v3, and the listeners that use them: {@code POST listener}
 * of the control API makes a {@code name} use a {@code certificate}, {@code GET listeners} shows
 * which certificate each serves.
 */
@Singleton // A client proxy could not call the constructor of the superclass.
public class ElbEmulator extends ProductEmulator {
  private static final String ALL = "/v3/([^/]+)/elb/certificates";
  private static final String ONE = ALL + "/([^/]+)";
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_CERTIFICATE = 65_536;
  private static final int LONGEST_KEY = 8_192;
  private static final int MOST_DOMAINS = 100;
  private static final int A_PAGE = 2_000;

  private static final Pattern DOMAIN =
      Pattern.compile(
          "(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

  private final Map<String, Held> certificates = new LinkedHashMap<>();
  private final Map<String, String> listeners = new TreeMap<>();

  private record Held(
      String id,
      String project,
      String name,
      String description,
      String type,
      String domain,
      String certificate,
      String privateKey,
      Instant created,
      Instant updated) {}

  public ElbEmulator(World world) {
    super(
        world,
        "huawei-elb",
        List.of(
            Route.of("GET", ALL, "ListCertificates"),
            Route.of("POST", ALL, "CreateCertificate"),
            Route.of("GET", ONE, "ShowCertificate"),
            Route.of("PUT", ONE, "UpdateCertificate"),
            Route.of("DELETE", ONE, "DeleteCertificate")));
    world.onReset(
        () -> {
          certificates.clear();
          listeners.clear();
        });
  }

  @Override
  int success(Call call) {
    return call.operation().equals("CreateCertificate") ? 201 : 200;
  }

  @Override
  ObjectNode error(String code, String message, String requestId) {
    return super.error(code, message, requestId).put("request_id", requestId);
  }

  @Override
  @Nullable ObjectNode answer(Call call) {
    String project = call.names().getFirst();
    return switch (call.operation()) {
      case "ListCertificates" -> list(project, Query.parse(call.request().rawQuery()));
      case "CreateCertificate" -> one(create(project, call));
      case "ShowCertificate" -> one(held(call));
      case "UpdateCertificate" -> one(update(held(call), call));
      default -> delete(held(call));
    };
  }

  private ObjectNode list(String project, Query query) {
    int limit = query.text("limit").map(Integer::parseInt).orElse(A_PAGE);
    String marker = query.text("marker").orElse("");
    List<Held> fitting =
        certificates.values().stream()
            .filter(held -> held.project.equals(project))
            .filter(held -> fits(query, "id", held.id) && fits(query, "name", held.name))
            .filter(held -> fits(query, "type", held.type) && fits(query, "domain", held.domain))
            .dropWhile(held -> !marker.isEmpty() && !held.id.equals(marker))
            .skip(marker.isEmpty() ? 0 : 1)
            .toList();
    ObjectNode answer = object().put("request_id", world().requestId());
    ArrayNode shown = answer.putArray("certificates");
    fitting.stream().limit(limit).map(this::show).forEach(shown::add);
    ObjectNode page = answer.putObject("page_info").put("current_count", shown.size());
    if (fitting.size() > limit) {
      page.put("next_marker", fitting.get(limit - 1).id);
    }
    return answer;
  }

  /** A filter may be there several times; its values are alternatives. */
  private static boolean fits(Query query, String filter, String value) {
    Set<String> wanted =
        query.parameters().stream()
            .filter(parameter -> parameter.name().equals(filter))
            .map(Query.Parameter::value)
            .collect(Collectors.toSet());
    return wanted.isEmpty() || wanted.contains(value);
  }

  private Held create(String project, Call call) {
    JsonNode option = option(call);
    Held empty =
        new Held(
            id(),
            project,
            "",
            "",
            option.path("type").asText("server"),
            "",
            "",
            "",
            world().now(),
            world().now());
    if (!List.of("server", "client").contains(empty.type)) {
      throw invalid("type");
    }
    return put(changed(empty, option));
  }

  private Held update(Held held, Call call) {
    Held changed = changed(held, option(call));
    if (changed.domain.isEmpty() && !held.domain.isEmpty() && listeners.containsValue(held.id)) {
      throw new Refused(
          409, "ELB.8907", "The domain of a certificate that listeners use cannot be empty.");
    }
    return put(changed);
  }

  private Held put(Held held) {
    certificates.put(held.id, held);
    return held;
  }

  private Held changed(Held held, JsonNode option) {
    Held changed =
        new Held(
            held.id,
            held.project,
            text(option, "name", held.name, LONGEST_NAME),
            text(option, "description", held.description, LONGEST_NAME),
            held.type,
            text(option, "domain", held.domain, 10_000),
            text(option, "certificate", held.certificate, LONGEST_CERTIFICATE),
            text(option, "private_key", held.privateKey, LONGEST_KEY),
            held.created,
            world().now());
    List<String> domains =
        changed.domain.isEmpty() ? List.of() : List.of(changed.domain.split(","));
    if (domains.size() > MOST_DOMAINS
        || domains.stream().anyMatch(name -> !DOMAIN.matcher(name).matches())) {
      throw invalid("domain");
    }
    if (!isUsable(changed)) {
      throw new Refused(400, "ELB.1011", "Invalid private key or certificate content.");
    }
    return changed;
  }

  private static boolean isUsable(Held held) {
    try {
      var certificate = Pem.certificate(held.certificate);
      return held.type.equals("client")
          || Pem.privateKey(held.privateKey)
              .filter(key -> Pem.belongs(key, certificate))
              .isPresent();
    } catch (CertificateException unreadable) {
      return false;
    }
  }

  private static String text(JsonNode option, String field, String otherwise, int longest) {
    JsonNode given = option.path(field);
    if (given.isMissingNode() || given.isNull()) {
      return otherwise;
    }
    if (!given.isTextual() || given.asText().length() > longest) {
      throw invalid(field);
    }
    return given.asText();
  }

  private JsonNode option(Call call) {
    ObjectNode body = body(call);
    if (body == null) {
      throw new Refused(400, "ELB.0002", "The request body is null or empty.");
    }
    if (!body.path("certificate").isObject()) {
      throw invalid("certificate");
    }
    return body.path("certificate");
  }

  private @Nullable ObjectNode delete(Held held) {
    if (listeners.containsValue(held.id)) {
      throw new Refused(409, "ELB.8907", "Certificate " + held.id + " is in use.");
    }
    certificates.remove(held.id);
    return null;
  }

  private Held held(Call call) {
    String id = call.names().get(1);
    Held held = certificates.get(id);
    if (held == null || !held.project.equals(call.names().getFirst())) {
      throw new Refused(404, "ELB.8904", "Certificate " + id + " could not be found.");
    }
    return held;
  }

  private ObjectNode one(Held held) {
    ObjectNode answer = object().put("request_id", world().requestId());
    answer.set("certificate", show(held));
    return answer;
  }

  private ObjectNode show(Held held) {
    return object()
        .put("id", held.id)
        .put("project_id", held.project)
        .put("name", held.name)
        .put("description", held.description)
        .put("type", held.type)
        .put("domain", held.domain)
        .put("certificate", held.certificate)
        .put("private_key", held.privateKey)
        .put("admin_state_up", true)
        .put("expire_time", expiry(held))
        .put("created_at", time(held.created))
        .put("updated_at", time(held.updated));
  }

  private static String expiry(Held held) {
    try {
      return time(Pem.certificate(held.certificate).getNotAfter().toInstant());
    } catch (CertificateException unreadable) {
      return "";
    }
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Refused invalid(String field) {
    return new Refused(400, "ELB.1001", "Request parameters invalid: " + field + ".");
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    switch (method + " " + path) {
      case "POST listener" -> {
        String certificate = body.text("certificate");
        if (!certificates.containsKey(certificate)) {
          throw new ControlException(404, "certificate", "is none of ELB's");
        }
        listeners.put(body.text("name"), certificate);
      }
      case "GET listeners" -> {
        // Shown below.
      }
      case "GET certificates" -> {
        ObjectNode names = object();
        certificates.values().forEach(held -> names.put(held.id, held.name));
        return Reply.json(200, names.toString());
      }
      default ->
          throw new ControlException(
              404, "path", "must be POST listener, GET listeners or GET certificates, not " + path);
    }
    ObjectNode shown = object();
    listeners.forEach(
        (name, id) -> {
          Held held = certificates.get(id);
          shown.put(name, held == null ? "" : held.certificate);
        });
    return Reply.json(200, shown.toString());
  }
}
