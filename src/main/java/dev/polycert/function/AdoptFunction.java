package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.Limits;
import dev.polycert.function.read.Nearest;
import dev.polycert.function.read.ProvidersReader;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Adopt;
import dev.polycert.order.use.Adopt.Source;
import dev.polycert.provider.Capability;
import dev.polycert.provider.Reference;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adopts the certificates that exist at provider accounts into the order book. */
@ApplicationScoped
public class AdoptFunction implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final Adopt adopt;

  AdoptFunction(Invocation invocation, Catalog catalog, Adopt adopt) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.adopt = adopt;
  }

  /** The Lambda function. */
  @Funq("adopt")
  public Uni<JsonNode> adopt(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "adopt";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/adopt", Scope.APPLY));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input, catalog, caller);
    new Limits(caller)
        .providers("providers", request.sources().stream().map(Source::provider).toList())
        .require();
    return adopt
        .adopt(caller, request.sources(), request.renew(), deadline)
        .map(adopted -> Answer.of(adopted, request.watch(), request.notes()));
  }

  /**
   * The inventories to adopt, each from where an earlier answer ended.
   *
   * @param renew whether what is adopted is renewed as well
   * @param watch whether the request says that it is not
   * @param notes what was read otherwise than it was written, such as duplicates, and accounts that
   *     are left out
   */
  record Request(List<Source> sources, boolean renew, boolean watch, List<String> notes) {

    Request {
      sources = List.copyOf(sources);
      notes = List.copyOf(notes);
    }

    /**
     * Reads a request. When it names no providers, all are meant that are configured, can list
     * their certificates and are the caller's.
     *
     * @throws dev.polycert.function.read.InvalidInput with all its errors
     */
    static Request read(JsonNode input, Catalog catalog, Principal caller) {
      Fields fields = Fields.of(input);
      List<String> notes = new ArrayList<>();
      List<String> providers = new ProvidersReader(fields, catalog).providers(notes);
      if (!fields.has("providers")) {
        List<String> capable = catalog.capableOf(Capability.DISCOVER);
        providers = providers.stream().filter(capable::contains).filter(caller::mayUse).toList();
        if (providers.isEmpty()) {
          fields.error(
              "providers",
              "no configured provider of yours lists what it has; "
                  + String.join(", ", capable)
                  + " would");
        }
      }
      Fields given = fields.object("cursors");
      Map<String, String> cursors = new HashMap<>();
      for (String id : given.names()) {
        String cursor = given.text(id);
        if (!providers.contains(id)) {
          given.error(id, "is not a provider of this request; " + Nearest.hint(id, providers));
        } else if (cursor != null) {
          cursors.put(id, cursor);
        }
      }
      Boolean renew = fields.flag("renew");
      fields.finish();
      List<Source> sources = providers.stream().map(id -> new Source(id, cursors.get(id))).toList();
      return new Request(sources, Boolean.TRUE.equals(renew), Boolean.FALSE.equals(renew), notes);
    }
  }

  /**
   * The result for each inventory.
   *
   * @param notes what was read otherwise than it was written, such as duplicates
   */
  @RegisterForReflection
  public record Answer(
      List<Account> providers, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes) {

    public Answer {
      providers = List.copyOf(providers);
      notes = List.copyOf(notes);
    }

    /**
     * @param counts the number of items of each fate
     * @param notes what the provider does not list
     * @param next the value for {@code cursors} to go on with; absent when everything was read
     * @param error why it was not read to its end; without {@code next} it has to start again
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Account(
        String provider,
        Map<Adopt.Fate, Integer> counts,
        List<Item> items,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes,
        @Nullable String next,
        @Nullable ErrorView error) {

      public Account {
        notes = List.copyOf(notes);
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        items = List.copyOf(items);
      }

      private static Account of(Adopt.Entry adopted, boolean watch) {
        Map<Adopt.Fate, Integer> counts = new EnumMap<>(Adopt.Fate.class);
        adopted.items().forEach(item -> counts.merge(item.fate(), 1, Integer::sum));
        return new Account(
            adopted.provider(),
            counts,
            adopted.items().stream().map(item -> Item.of(item, watch)).toList(),
            adopted.notes(),
            adopted.next(),
            ErrorView.ofNullable(adopted.error()));
      }
    }

    /**
     * @param domain as the vendor writes it
     * @param state the state of the order
     * @param watched whether the order is watched alone: it is not renewed
     * @param notAfter when the certificate expires
     * @param message why it has no order, or why that is not renewed
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
        String domain,
        Reference reference,
        Adopt.Fate fate,
        @Nullable OrderId orderId,
        @Nullable OrderState state,
        @Nullable Boolean watched,
        String vendorStatus,
        @Nullable Instant notAfter,
        @Nullable String message) {

      private static Item of(Adopt.Item item, boolean watch) {
        Order order = item.order();
        boolean renewed =
            watch && item.fate() == Adopt.Fate.EXISTING && order != null && !order.watched();
        return new Item(
            item.listed().domain(),
            item.listed().reference(),
            item.fate(),
            order == null ? null : order.id(),
            order == null ? null : order.state(),
            order == null ? null : order.watched(),
            item.listed().vendorStatus(),
            item.listed().facts() == null ? null : item.listed().facts().notAfter(),
            renewed ? "goes on being renewed: \"renew\": false does not end that" : item.message());
      }
    }

    static Answer of(List<Adopt.Entry> adopted, boolean watch, List<String> notes) {
      return new Answer(adopted.stream().map(entry -> Account.of(entry, watch)).toList(), notes);
    }
  }
}
