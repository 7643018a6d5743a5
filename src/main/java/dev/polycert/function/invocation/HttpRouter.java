package dev.polycert.function.invocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.StrictJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Routes HTTP requests of API Gateway and of the HTTP server to their operations. A failure becomes
 * a reply too.
 */
@ApplicationScoped
public class HttpRouter {
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
  public Uni<Reply> answer(List<Operation> operations, Request request, Instant deadline) {
    Map<String, Match> matches = matches(operations, request.path());
    if (matches.isEmpty()) {
      return Uni.createFrom().item(notFound(operations));
    }
    if (request.method().equals("OPTIONS")) {
      return Uni.createFrom().item(new Reply(204, Map.of("allow", allow(matches)), null));
    }
    boolean head = request.method().equals("HEAD");
    Match match = matches.get(head ? "GET" : request.method());
    if (match == null) {
      String detail = "This path takes " + allow(matches) + ".";
      return Uni.createFrom().item(reply(Problem.of(405, detail)).with("allow", allow(matches)));
    }
    Uni<Reply> reply =
        match.method.equals("POST")
            ? post(match, request, deadline)
            : get(match, request, deadline);
    return head ? reply.map(Reply::withoutBody) : reply;
  }

  /** Renders a problem. */
  public Reply reply(Problem problem) {
    return Reply.json(problem.status(), Problem.MEDIA_TYPE, text(mapper.valueToTree(problem)));
  }

  private Uni<Reply> post(Match match, Request request, Instant deadline) {
    String type = request.mediaType();
    if (type != null && !type.equals("application/json") && !type.endsWith("+json")) {
      return Uni.createFrom().item(reply(Problem.of(415, "The body must be application/json.")));
    }
    byte[] body = Objects.requireNonNullElseGet(request.body(), () -> new byte[0]);
    if (body.length > Request.MAX_BODY) {
      return Uni.createFrom().item(reply(tooLarge()));
    }
    return answered(
        match.operation,
        Uni.createFrom()
            .deferred(() -> runner.run(match.operation, trigger(request, body), deadline)));
  }

  private static Trigger trigger(Request request, byte[] body) {
    return BinaryEvent.is(request)
        ? new Trigger.Events(List.of(BinaryEvent.read(request, body)))
        : Trigger.of(StrictJson.parse(body));
  }

  private Uni<Reply> get(Match match, Request request, Instant deadline) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    request.query().forEach(input::put);
    match.parameters.forEach(input::put);
    return answered(match.operation, runner.run(match.operation, input, deadline));
  }

  private Uni<Reply> answered(Operation operation, Uni<JsonNode> result) {
    return result
        .map(answer -> Reply.json(operation.status(answer), "application/json", text(answer)))
        .onFailure()
        .recoverWithItem(failure -> reply(problems.of(failure)));
  }

  /** The problem of a body over {@link Request#MAX_BODY}. */
  public static Problem tooLarge() {
    return Problem.of(413, "The body is larger than " + Request.MAX_BODY + " bytes.");
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
                    byMethod.put(route.method(), new Match(route.method(), operation, parameters)));
      }
    }
    return byMethod;
  }

  private static String allow(Map<String, Match> matches) {
    return Stream.concat(
            matches.keySet().stream()
                .flatMap(m -> m.equals("GET") ? Stream.of(m, "HEAD") : Stream.of(m)),
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

  private record Match(String method, Operation operation, Map<String, String> parameters) {}

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

    /** The largest body that is read, in bytes. */
    public static final int MAX_BODY = StrictJson.MAX_SIZE;

    public Request {
      headers = Map.copyOf(headers);
      query = Map.copyOf(query);
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
   * @param body JSON text; null when there is none
   */
  public record Reply(int status, Map<String, String> headers, @Nullable String body) {

    public Reply {
      headers = Map.copyOf(headers);
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
