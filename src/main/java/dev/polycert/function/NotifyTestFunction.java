package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.NoticeChannels;
import dev.polycert.order.Scope;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends a test message by the channels of notices, and reports the result of each. */
@ApplicationScoped
public class NotifyTestFunction implements Operation {
  private final Invocation invocation;
  private final NoticeChannels channels;

  NotifyTestFunction(Invocation invocation, NoticeChannels channels) {
    this.invocation = invocation;
    this.channels = channels;
  }

  /** The Lambda function. */
  @Funq("notify-test")
  public Uni<JsonNode> test(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "notify-test";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/notify-test", Scope.ADMIN));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    Request request = Request.read(input, channels.names());
    return channels
        .test(request.channels(), deadline)
        .map(tried -> new Answer(tried.stream().map(Answer.Entry::of).toList()));
  }

  /** The channels to try. */
  record Request(List<String> channels) {
    private static final int MAX_CHANNELS = 100;

    Request {
      channels = List.copyOf(channels);
    }

    /**
     * Reads a request.
     *
     * @param known all channels, which an absent list stands for
     * @throws InvalidInput with all its errors
     */
    static Request read(JsonNode input, List<String> known) {
      Fields fields = Fields.of(input);
      Map<String, String> named = fields.texts("channels", MAX_CHANNELS);
      if (named != null) {
        named.forEach(
            (path, name) -> {
              if (!known.contains(name)) {
                fields.errorAt(
                    path,
                    Fields.quote(name)
                        + (known.isEmpty()
                            ? " is not configured; no channel is"
                            : " is not configured; there are " + String.join(", ", known)));
              }
            });
      }
      fields.finish();
      if (known.isEmpty()) {
        throw InvalidInput.whole(
            "No channel of notices is configured: set polycert.notice.\"<name>\".kind and the"
                + " settings of that kind.");
      }
      return new Request(named == null ? known : named.values().stream().distinct().toList());
    }
  }

  /** The result of each channel, in the order of the request. */
  @RegisterForReflection
  public record Answer(List<Entry> channels) {

    public Answer {
      channels = List.copyOf(channels);
    }

    /**
     * A channel.
     *
     * @param kind such as {@code slack}
     * @param sent whether the service took the test message
     * @param error why the service did not take it
     * @param waiting notices that wait to be sent
     * @param lost notices that could not be sent since the process started
     * @param lastLoss when and why the last of them was lost
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
        String channel,
        String kind,
        boolean sent,
        @Nullable ErrorView error,
        int waiting,
        long lost,
        @Nullable String lastLoss) {

      private static Entry of(NoticeChannels.Tried tried) {
        return new Entry(
            tried.channel(),
            tried.kind(),
            tried.error() == null,
            ErrorView.ofNullable(tried.error()),
            tried.waiting(),
            tried.lost(),
            tried.lastLoss().orElse(null));
      }
    }
  }
}
