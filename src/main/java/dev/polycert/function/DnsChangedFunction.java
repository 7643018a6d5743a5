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
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.order.Scope;
import dev.polycert.order.use.DnsChange;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Accepts hints that the DNS has changed, and checks the orders that may wait for that. */
@ApplicationScoped
public class DnsChangedFunction implements Operation {
  private static final int MAX_NAMES = 10_000;
  private static final String NO_NAME =
      "%s is no name of a DNS record, such as _acme-challenge.www.example.com";

  private final Invocation invocation;
  private final DnsChange changes;

  DnsChangedFunction(Invocation invocation, DnsChange changes) {
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
    return List.of(new Route("POST", "/dns-changed", Scope.APPLY));
  }

  /** Turns an event of a DNS service into the request that any other caller would send. */
  @Override
  public JsonNode input(Event event) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    switch (DnsEvents.read(event)) {
      case DnsHint.Names hint -> put(input, hint.names());
      case DnsHint.Somewhere hint -> input.put("due", true);
      case DnsHint.Nothing hint -> input.put("ignored", hint.why());
    }
    return input;
  }

  /** A service may have records at names that hosts cannot have; no validation is there. */
  private static void put(ObjectNode input, Set<String> written) {
    List<String> names = written.stream().filter(DnsHint::isName).sorted().toList();
    if (names.isEmpty()) {
      input.put("ignored", "it names no record that a validation could be");
    } else {
      names.forEach(input.putArray("names")::add);
    }
  }

  @Override
  public Uni<StepsAnswer> run(JsonNode input, Instant deadline) {
    return switch (read(input)) {
      case DnsHint.Names hint ->
          changes.under(hint.names(), deadline).map(DnsChangedFunction::answer);
      case DnsHint.Somewhere hint -> changes.somewhere(deadline).map(DnsChangedFunction::answer);
      case DnsHint.Nothing hint ->
          Uni.createFrom().item(new StepsAnswer(List.of(), "ignored: " + hint.why()));
    };
  }

  private static StepsAnswer answer(DnsChange.Result result) {
    if (result.left() > 0) {
      return StepsAnswer.of(
          result.checked(),
          "not all that wait were looked at: the next steps of %d others come soon"
              .formatted(result.left()));
    }
    return result.checked().isEmpty()
        ? new StepsAnswer(List.of(), "no order waits for what has changed")
        : StepsAnswer.of(result.checked());
  }

  /**
   * Reads a request.
   *
   * @throws InvalidInput with all its errors
   */
  static DnsHint read(JsonNode input) {
    Fields fields = Fields.of(input);
    Map<String, String> names = fields.texts("names", MAX_NAMES);
    Boolean due = fields.flag("due");
    String ignored = fields.text("ignored");
    long given = Stream.of("names", "due", "ignored").filter(fields::has).count();
    if (names != null) {
      names.forEach(
          (path, name) -> {
            if (!DnsHint.isName(name)) {
              fields.errorAt(path, NO_NAME.formatted(Fields.quote(name)));
            }
          });
    }
    if (Boolean.FALSE.equals(due)) {
      fields.error("due", "can only be true");
    }
    fields.finish();
    if (given != 1) {
      throw InvalidInput.whole(
          "Expected names (of DNS records), due (true), or an event of a DNS service.");
    }
    if (ignored != null) {
      return new DnsHint.Nothing(ignored);
    }
    return names == null ? new DnsHint.Somewhere() : DnsHint.ofNames(names.values());
  }
}
