package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Notice;
import dev.polycert.order.NoticeChannels;
import dev.polycert.order.OrderId;
import dev.polycert.order.use.Notify;
import dev.polycert.order.use.Notify.Recorded;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns records of the table's stream into notices, and sends them by the configured channels: the
 * enrichment step of an EventBridge pipe, which puts the answer on a bus. So no request waits for a
 * notice.
 */
@ApplicationScoped
public class NotifyFunction implements Operation {
  private final Invocation invocation;
  private final Notify notify;
  private final NoticeChannels channels;

  NotifyFunction(Invocation invocation, Notify notify, NoticeChannels channels) {
    this.invocation = invocation;
    this.notify = notify;
    this.channels = channels;
  }

  /** The Lambda function. */
  @Funq("notify")
  public Uni<JsonNode> notices(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "notify";
  }

  /** None: its only input is a stream. */
  @Override
  public List<Route> routes() {
    return List.of();
  }

  /** The input is an array of items; those without an {@code id} of an order have no notice. */
  @Override
  public Uni<List<Notice>> run(JsonNode input, Instant deadline) {
    if (!input.isArray()) {
      throw InvalidInput.whole("The records of a stream are expected, as a pipe hands them over.");
    }
    List<Recorded> records = new ArrayList<>();
    for (JsonNode item : input) {
      OrderId.parse(item.path("id").asText())
          .map(id -> new Recorded(id, item.path("version").asLong()))
          .ifPresent(records::add);
    }
    return notify.notices(records).call(notices -> channels.send(notices, deadline));
  }
}
