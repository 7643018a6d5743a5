package dev.polycert.function.invocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.InvalidInput.FieldError;
import dev.polycert.function.read.StrictJson;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Routes HTTP requests of API Gateway and of the HTTP server to their operations. A failure becomes
 * a reply too.
 */
@ApplicationScoped
public class HttpRouter {
  private static final String BATCH = "application/cloudevents-batch+json";

  private final Runner runner;
  private final Problems problems;
  private final ObjectMapper mapper;

  HttpRouter(Runner runner, Problems problems, ObjectMapper mapper) {
    this.runner = runner;
    this.problems = problems;
    this.mapper = mapper;
  }

  /**
   * Answers one request.
   *
   * @param operations the operations that can be reached here
   */
  public Uni<Reply> answer(
      List<Operation> operations, Request request, Principal caller, Instant deadline) {
    Map<String, Match> matches = matches(operations, request.path());
    boolean root = request.path().equals("/");
    if (matches.isEmpty() && !root) {
      return Uni.createFrom().item(notFound(operations));
    }
    String allow = allow(root ? Set.of("GET") : matches.keySet());
    if (request.method().equals("OPTIONS")) {
      return Uni.createFrom().item(new Reply(204, Map.of("allow", allow), null));
    }
    boolean head = request.method().equals("HEAD");
    String method = head ? "GET" : request.method();
    if (root && method.equals("GET")) {
      return Uni.createFrom().item(head ? index(operations).withoutBody() : index(operations));
    }
    Match match = matches.get(method);
    if (match == null) {
      String detail = "This path takes " + allow + ".";
      return Uni.createFrom().item(reply(Problem.of(405, detail)).with("allow", allow));
    }
    if (!caller.has(match.route.scope())) {
      return Uni.createFrom().item(reply(Problem.outOfScope(match.route, caller)));
    }
    Uni<Reply> reply =
        match.route.method().equals("POST")
            ? post(match, request, caller, deadline)
            : get(match, request, caller, deadline);
    return head ? reply.map(Reply::withoutBody) : reply;
  }

  /** Renders a problem. */
  public Reply reply(Problem problem) {
    return Reply.json(problem.status(), Problem.MEDIA_TYPE, text(mapper.valueToTree(problem)));
  }

  /** Renders the problem of a failure; an unexpected one is logged. */
  public Reply reply(Throwable failure) {
    return reply(problems.of(failure));
  }

  /** Renders how something is, with its checks. */
  public Reply status(int status, String word, Map<String, String> checks) {
    ObjectNode answer = mapper.createObjectNode().put("status", word);
    answer.set("checks", mapper.valueToTree(checks));
    return Reply.json(status, "application/json", text(answer));
  }

  private Uni<Reply> post(Match match, Request request, Principal caller, Instant deadline) {
    String foreign = request.foreignEncoding();
    if (foreign != null) {
      return Uni.createFrom().item(reply(Problem.of(415, foreign)));
    }
    if (!request.query().isEmpty()) {
      return Uni.createFrom()
          .item(reply(unread(request.query().keySet(), "a POST takes its members in the body")));
    }
    byte[] body = request.content();
    if (body.length > Request.MAX_BODY) {
      return Uni.createFrom().item(reply(tooLarge()));
    }
    return replied(
        Uni.createFrom()
            .deferred(() -> runner.run(match.operation, trigger(request, body), caller, deadline))
            .map(answer -> json(match.operation, answer)));
  }

  private static Trigger trigger(Request request, byte[] body) {
    if (BinaryEvent.is(request)) {
      return new Trigger.Single(BinaryEvent.read(request, body));
    }
    JsonNode json = StrictJson.parse(body);
    return json.isArray() && BATCH.equals(request.mediaType())
        ? Trigger.together(json)
        : Trigger.of(json);
  }

  private Uni<Reply> get(Match match, Request request, Principal caller, Instant deadline) {
    Set<String> twice = new TreeSet<>(request.query().keySet());
    twice.retainAll(match.parameters.keySet());
    if (!twice.isEmpty()) {
      return Uni.createFrom().item(reply(unread(twice, "is in the path, and not in the query")));
    }
    if (!saysNothing(request.content(), match.parameters)) {
      String detail =
          match.route.method() + " takes its members in the path and the query, and no body.";
      return Uni.createFrom().item(reply(Problem.of(400, detail)));
    }
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    request.query().forEach(input::put);
    match.parameters.forEach(input::put);
    boolean table = Table.wanted(request.headers().getOrDefault("accept", ""));
    return replied(
        runner
            .run(match.operation, input, caller, deadline)
            .map(
                answer ->
                    (table ? match.operation.table(input) : Optional.<Table>empty())
                        .map(it -> it.reply(answer, request.query()))
                        .orElseGet(() -> json(match.operation, answer))));
  }

  /** Whether a body says no more than the path; some clients send one with every request. */
  private boolean saysNothing(byte[] body, Map<String, String> path) {
    try {
      JsonNode said = mapper.readTree(body);
      return said.isMissingNode()
          || said.isNull()
          || (said.isObject()
              && said.properties().stream()
                  .allMatch(it -> it.getValue().asText().equals(path.get(it.getKey()))));
    } catch (IOException noJson) {
      return false;
    }
  }

  private Reply json(Operation operation, JsonNode answer) {
    return Reply.json(operation.status(answer), "application/json", text(answer));
  }

  private Uni<Reply> replied(Uni<Reply> result) {
    return result.onFailure().recoverWithItem(failure -> reply(failure));
  }

  /** The problem of a body over {@link Request#MAX_BODY}. */
  public static Problem tooLarge() {
    return Problem.of(413, "The body is larger than " + Request.MAX_BODY + " bytes.");
  }

  /** The first name that a query has more than once; its values would be one text otherwise. */
  public static Optional<String> repeated(@Nullable String query) {
    Set<String> seen = new HashSet<>();
    return named(query).filter(name -> !name.isEmpty() && !seen.add(name)).findFirst();
  }

  /** The names in a query. */
  public static Set<String> names(@Nullable String query) {
    return named(query).collect(Collectors.toSet());
  }

  private static Stream<String> named(@Nullable String query) {
    return query == null || query.isEmpty()
        ? Stream.of()
        : Stream.of(query.split("[&;]")).map(pair -> decoded(pair.split("=", 2)[0]));
  }

  /** A broken escape stays as it is written. */
  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return name;
    }
  }

  /** The problem of members of a query that are not read. */
  public static Problem unread(Set<String> names, String why) {
    return wrong(names.stream().sorted().map(name -> new FieldError(name, why)).toList());
  }

  private static Problem wrong(List<FieldError> errors) {
    return Problem.of(400, String.valueOf(InvalidInput.of(errors).getMessage()), errors);
  }

  /** The problem of a query that has a name more than once. */
  public static Problem givenTwice(String name) {
    return wrong(List.of(new FieldError(name, "is given more than once")));
  }

  /** Links to the routes, for a program that begins at the root of the one-process server. */
  private Reply index(List<Operation> operations) {
    ObjectNode index = mapper.createObjectNode();
    index.put("description", "/openapi.json");
    index.put("health", "/health");
    index.put("metrics", "/metrics");
    index.put("events", "/events");
    index.put("certificates", "/certificates/{order or domain}");
    ArrayNode routes = index.putArray("routes");
    operations.stream()
        .flatMap(operation -> operation.routes().stream())
        .sorted(Comparator.comparing(Route::path))
        .forEach(
            route ->
                routes
                    .addObject()
                    .put("method", route.method())
                    .put("path", route.path())
                    .put("scope", route.scope().text()));
    return Reply.json(200, "application/json", text(index));
  }

  private Reply notFound(List<Operation> operations) {
    String routes =
        operations.stream()
            .flatMap(operation -> operation.routes().stream())
            .sorted(Comparator.comparing(Route::path))
            .map(Route::toString)
            .collect(Collectors.joining(", "));
    return reply(Problem.of(404, "There is nothing at this path. There is: " + routes + "."));
  }

  private static Map<String, Match> matches(List<Operation> operations, String path) {
    Map<String, Match> byMethod = new LinkedHashMap<>();
    for (Operation operation : operations) {
      for (Route route : operation.routes()) {
        route
            .match(path)
            .ifPresent(
                parameters ->
                    byMethod.merge(
                        route.method(),
                        new Match(route, operation, parameters),
                        HttpRouter::nearer));
      }
    }
    return byMethod;
  }

  /** {@code /orders/summary} is no order with the id "summary". */
  private static Match nearer(Match one, Match other) {
    return one.parameters.size() <= other.parameters.size() ? one : other;
  }

  private static String allow(Set<String> methods) {
    return Stream.concat(
            methods.stream().flatMap(m -> m.equals("GET") ? Stream.of(m, "HEAD") : Stream.of(m)),
            Stream.of("OPTIONS"))
        .collect(Collectors.joining(", "));
  }

  private String text(JsonNode answer) {
    try {
      return mapper.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }

  private record Match(Route route, Operation operation, Map<String, String> parameters) {}

  /**
   * An HTTP request.
   *
   * @param method upper case
   * @param path without the stage and the query
   * @param headers by lower-case name
   * @param body null or empty when there is none
   */
  public record Request(
      String method,
      String path,
      Map<String, String> headers,
      Map<String, String> query,
      byte @Nullable [] body) {

    private static final Pattern CHARSET =
        Pattern.compile(";\\s*charset\\s*=\\s*\"?(?<name>[^\";\\s]*)", Pattern.CASE_INSENSITIVE);

    /** ASCII is a part of it. */
    private static final Pattern UTF_8 =
        Pattern.compile("utf-?8|us-ascii", Pattern.CASE_INSENSITIVE);

    /** The largest body that is read, in bytes. */
    public static final int MAX_BODY = StrictJson.MAX_SIZE;

    public Request {
      headers = Map.copyOf(headers);
      query = Map.copyOf(query);
    }

    private byte[] content() {
      return Objects.requireNonNullElseGet(body, () -> new byte[0]);
    }

    /** Why the body cannot be read as JSON in UTF-8 that is not compressed; null when it can. */
    @Nullable String foreignEncoding() {
      String type = mediaType();
      if (type != null && !type.equals("application/json") && !type.endsWith("+json")) {
        return "The body must be application/json.";
      }
      String encoding = headers.getOrDefault("content-encoding", "").strip();
      if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
        return "The body must come without a Content-Encoding.";
      }
      Matcher charset = CHARSET.matcher(headers.getOrDefault("content-type", ""));
      return charset.find() && !UTF_8.matcher(charset.group("name")).matches()
          ? "The body must be in UTF-8."
          : null;
    }

    /** The media type without parameters, in lower case; null when the request has none. */
    @Nullable String mediaType() {
      String header = headers.get("content-type");
      return header == null || header.isBlank()
          ? null
          : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An HTTP response.
   *
   * @param body null when there is none
   */
  public record Reply(int status, Map<String, String> headers, @Nullable String body) {

    public Reply {
      headers = Map.copyOf(headers);
    }

    /** A response that is not JSON. */
    public static Reply text(String mediaType, String body) {
      return json(200, mediaType, body);
    }

    static Reply json(int status, String mediaType, String body) {
      return new Reply(
          status,
          Map.of(
              "content-type", mediaType,
              "cache-control", "no-store",
              "x-content-type-options", "nosniff"),
          body);
    }

    /** The same response with one more header. */
    public Reply with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body);
    }

    /** The same response to a HEAD request. */
    Reply withoutBody() {
      return new Reply(status, headers, null);
    }
  }
}
