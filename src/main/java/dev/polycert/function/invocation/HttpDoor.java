package dev.polycert.function.invocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers HTTP requests, whoever received them. Always answers, never fails. */
@ApplicationScoped
public class HttpDoor {
  private final Runner runner;
  private final Problems problems;
  private final ObjectMapper mapper;

  HttpDoor(Runner runner, Problems problems, ObjectMapper mapper) {
    this.runner = runner;
    this.problems = problems;
    this.mapper = mapper;
  }

  /**
   * Answers one request.
   *
   * @param operations those that can be asked for here
   */
  public Uni<HttpReply> answer(List<Operation> operations, HttpCall call, Instant deadline) {
    Map<String, Match> matches = matches(operations, call.path());
    if (matches.isEmpty()) {
      return Uni.createFrom().item(notFound(operations));
    }
    if (call.method().equals("OPTIONS")) {
      return Uni.createFrom().item(new HttpReply(204, Map.of("allow", allow(matches)), null));
    }
    boolean head = call.method().equals("HEAD");
    Match match = matches.get(head ? "GET" : call.method());
    if (match == null) {
      String detail = "This path takes " + allow(matches) + ".";
      return Uni.createFrom().item(reply(Problem.of(405, detail)).with("allow", allow(matches)));
    }
    Uni<HttpReply> reply =
        match.method.equals("POST") ? post(match, call, deadline) : get(match, call, deadline);
    return head ? reply.map(HttpReply::withoutBody) : reply;
  }

  /** Renders a problem. */
  public HttpReply reply(Problem problem) {
    return HttpReply.json(problem.status(), Problem.MEDIA_TYPE, text(mapper.valueToTree(problem)));
  }

  private Uni<HttpReply> post(Match match, HttpCall call, Instant deadline) {
    String type = call.mediaType();
    if (type != null && !type.equals("application/json") && !type.endsWith("+json")) {
      return Uni.createFrom().item(reply(Problem.of(415, "The body must be application/json.")));
    }
    byte[] body = Objects.requireNonNullElseGet(call.body(), () -> new byte[0]);
    if (body.length > HttpCall.MAX_BODY) {
      return Uni.createFrom().item(reply(tooLarge()));
    }
    return answered(
        match.operation,
        Uni.createFrom()
            .deferred(() -> runner.run(match.operation, trigger(call, body), deadline)));
  }

  private static Trigger trigger(HttpCall call, byte[] body) {
    return BinaryEvent.is(call)
        ? new Trigger.Events(List.of(BinaryEvent.read(call, body)))
        : Trigger.of(StrictJson.parse(body));
  }

  private Uni<HttpReply> get(Match match, HttpCall call, Instant deadline) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    call.query().forEach(input::put);
    match.parameters.forEach(input::put);
    return answered(match.operation, runner.run(match.operation, input, deadline));
  }

  private Uni<HttpReply> answered(Operation operation, Uni<JsonNode> result) {
    return result
        .map(answer -> HttpReply.json(operation.status(answer), "application/json", text(answer)))
        .onFailure()
        .recoverWithItem(failure -> reply(problems.of(failure)));
  }

  /** The problem of a body over {@link HttpCall#MAX_BODY}. */
  public static Problem tooLarge() {
    return Problem.of(413, "The body is larger than " + HttpCall.MAX_BODY + " bytes.");
  }

  private HttpReply notFound(List<Operation> operations) {
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
}
