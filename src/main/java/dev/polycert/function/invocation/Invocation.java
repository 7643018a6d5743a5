package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.read.Forbidden;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.StrictJson;
import dev.polycert.log.CurrentEvent;
import dev.polycert.metric.Metrics;
import dev.polycert.order.NoticeChannels;
import dev.polycert.order.Principal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers the events of a Lambda function, each in the form that its sender expects. */
@ApplicationScoped
public class Invocation {
  private static final Logger LOG = Logger.getLogger(Invocation.class);

  private final HttpRouter http;
  private final Runner runner;
  private final Problems problems;
  private final CurrentEvent current;
  private final NoticeChannels channels;
  private final Metrics metrics;
  private final Clock clock;
  private final InvocationConfig config;
  private final Claims claims;

  Invocation(
      HttpRouter http,
      Runner runner,
      Problems problems,
      CurrentEvent current,
      NoticeChannels channels,
      Metrics metrics,
      Clock clock,
      InvocationConfig config,
      Claims claims) {
    this.http = http;
    this.runner = runner;
    this.problems = problems;
    this.current = current;
    this.channels = channels;
    this.metrics = metrics;
    this.clock = clock;
    this.config = config;
    this.claims = claims;
  }

  /** When an invocation that starts now has to end. */
  public Instant deadline() {
    return clock.instant().plus(config.requestTimeout());
  }

  /**
   * Answers one event.
   *
   * @return an HTTP response, the failures of a batch, or the plain result
   * @throws FunctionException as failure, for a sender that gets a plain result
   */
  public Uni<JsonNode> answer(Operation operation, @Nullable JsonNode event) {
    Instant deadline = deadline();
    current.begin(Trigger.id(event));
    return Uni.createFrom()
        .deferred(() -> answer(operation, Trigger.of(event), deadline))
        .onFailure(failure -> !(failure instanceof FunctionException))
        .transform(failure -> new FunctionException(problems.of(failure).sentence()))
        // Lambda may freeze the process as soon as it has the answer.
        .eventually(() -> channels.flush(deadline))
        .onTermination()
        .invoke(metrics::flush);
  }

  private Uni<JsonNode> answer(Operation operation, Trigger trigger, Instant deadline) {
    return switch (trigger) {
      case Trigger.Http event -> http(operation, event.event(), deadline);
      case Trigger.Batch batch -> batch(operation, batch.messages(), deadline);
      case Trigger.Schedule schedule ->
          runner.run(operation, schedule, Principal.PROCESS, deadline);
      case Trigger.Single event -> runner.run(operation, event, Principal.PROCESS, deadline);
      // Its sender may not read the answer: what has failed has to be sent again.
      case Trigger.Together events -> runner.handle(operation, events, Principal.PROCESS, deadline);
      case Trigger.Direct direct -> runner.run(operation, direct, Principal.PROCESS, deadline);
    };
  }

  private Uni<JsonNode> http(Operation operation, JsonNode event, Instant deadline) {
    return Uni.createFrom()
        .item(() -> ApiGateway.request(event))
        .flatMap(
            request ->
                http.answer(
                    List.of(operation), request, ApiGateway.caller(event, claims), deadline))
        .onFailure(failure -> failure instanceof InvalidInput || failure instanceof Forbidden)
        .recoverWithItem(refused -> http.reply(problems.of(refused)))
        .map(ApiGateway::reply);
  }

  /**
   * Reports to the queue which messages failed ({@code ReportBatchItemFailures}), so that one that
   * always fails does not hold up the others.
   */
  private Uni<JsonNode> batch(
      Operation operation, List<Trigger.Message> messages, Instant deadline) {
    if (messages.isEmpty()) {
      return Uni.createFrom().failure(InvalidInput.whole("The batch is empty."));
    }
    return Uni.join()
        .all(messages.stream().map(message -> failed(operation, message, deadline)).toList())
        .andFailFast()
        .map(Invocation::failures);
  }

  /** Handles one message; returns its id if that failed. */
  private Uni<Optional<String>> failed(
      Operation operation, Trigger.Message message, Instant deadline) {
    return Uni.createFrom()
        .deferred(
            () ->
                runner.handle(
                    operation,
                    Trigger.of(StrictJson.parse(message.body())),
                    Principal.PROCESS,
                    deadline))
        .map(done -> Optional.<String>empty())
        .onFailure()
        .recoverWithItem(
            failure -> {
              String why = problems.of(failure).sentence();
              LOG.errorf("%s: message %s failed: %s", operation.name(), message.id(), why);
              return Optional.of(message.id());
            });
  }

  private static JsonNode failures(List<Optional<String>> failed) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("batchItemFailures");
    failed.stream()
        .flatMap(Optional::stream)
        .forEach(id -> items.addObject().put("itemIdentifier", id));
    return answer;
  }
}
