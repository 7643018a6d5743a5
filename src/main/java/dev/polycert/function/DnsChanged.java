package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.function.hint.DnsEvents;
import dev.polycert.function.hint.DnsHint;
import dev.polycert.function.invocation.Event;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.DnsChanges;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Takes hints that the DNS has changed and checks the orders that may have waited for it. */
@ApplicationScoped
public class DnsChanged implements Operation {
  private final Invocation invocation;
  private final DnsChanges changes;

  DnsChanged(Invocation invocation, DnsChanges changes) {
    this.invocation = invocation;
    this.changes = changes;
  }

  /** The Lambda function. */
  @Funq("dns-changed")
  public Uni<JsonNode> dnsChanged(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "dns-changed";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/dns-changed"));
  }

  /** Of an event only the names count, in the form in which anybody else may send them. */
  @Override
  public JsonNode input(Event event) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    switch (DnsEvents.read(event)) {
      case DnsHint.Names hint -> hint.names().forEach(input.putArray("names")::add);
      case DnsHint.Somewhere hint -> input.put("due", true);
      case DnsHint.Nothing hint -> input.put("ignored", hint.why());
    }
    return input;
  }

  @Override
  public Uni<StepsAnswer> run(JsonNode input, Instant deadline) {
    return switch (DnsChangedRequest.read(input)) {
      case DnsHint.Names hint -> changes.under(hint.names(), deadline).map(StepsAnswer::of);
      case DnsHint.Somewhere hint -> changes.somewhere(deadline).map(StepsAnswer::of);
      case DnsHint.Nothing hint ->
          Uni.createFrom().item(new StepsAnswer(List.of(), "ignored: " + hint.why()));
    };
  }
}
