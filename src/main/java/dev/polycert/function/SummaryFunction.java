package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.OrderFilterReader;
import dev.polycert.order.Attention;
import dev.polycert.order.Catalog;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.OwnOrders;
import dev.polycert.order.use.Summarize;
import dev.polycert.order.use.Summarize.Account;
import dev.polycert.order.use.Summarize.Counts;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts orders by state and by need, so that a caller sees how far a large request is. */
@ApplicationScoped
public class SummaryFunction implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final Summarize summarize;
  private final OwnOrders own;

  SummaryFunction(Invocation invocation, Catalog catalog, Summarize summarize, OwnOrders own) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.summarize = summarize;
    this.own = own;
  }

  /** The Lambda function. */
  @Funq("summary")
  public Uni<JsonNode> summary(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "summary";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("GET", "/orders/summary", Scope.READ));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input);
    return OrderFilterReader.requireProvider(
            request.filter(), catalog, provider -> own.areAt(caller, provider))
        .flatMap(checked -> summarize.count(caller, request.filter(), request.cursor(), deadline))
        .onFailure(IllegalArgumentException.class)
        .transform(
            failure -> InvalidInput.of("cursor", "is not one that a summary of orders has given"))
        .map(Answer::of);
  }

  /** The orders to count. */
  record Request(OrderFilter filter, @Nullable String cursor) {

    /**
     * Reads a request: query parameters, or JSON with the same names.
     *
     * @throws InvalidInput with all its errors
     */
    static Request read(JsonNode input) {
      Fields fields = Fields.of(input);
      Request request = new Request(OrderFilterReader.read(fields), fields.text("cursor"));
      fields.finish();
      return request;
    }
  }

  /**
   * The counts.
   *
   * @param orders how many orders were counted: all that match, or as many as one request counts
   * @param open how many are neither issued nor at an end
   * @param issued how many are issued
   * @param ended how many are at an end, and not issued
   * @param states how many are in which state
   * @param providers how many are at which provider
   * @param accounts how many are at which account in which state
   * @param needPerson how many need a person
   * @param attention how many need a person, by reason; a generation that another one has followed
   *     does not count
   * @param next the cursor to go on counting from; absent when all were counted
   */
  @RegisterForReflection
  public record Answer(
      int orders,
      int open,
      int issued,
      int ended,
      Map<OrderState, Integer> states,
      Map<String, Integer> providers,
      List<AccountView> accounts,
      int needPerson,
      Map<Attention, Integer> attention,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {

    public Answer {
      states = Collections.unmodifiableMap(states);
      providers = Collections.unmodifiableMap(providers);
      accounts = List.copyOf(accounts);
      attention = Collections.unmodifiableMap(attention);
    }

    static Answer of(Counts counts) {
      Map<OrderState, Integer> states = new EnumMap<>(OrderState.class);
      Map<String, Integer> providers = new TreeMap<>();
      for (Account account : counts.accounts()) {
        account.states().forEach((state, count) -> states.merge(state, count, Integer::sum));
        providers.merge(account.provider(), sum(account.states(), any -> true), Integer::sum);
      }
      Map<Attention, Integer> attention = new EnumMap<>(Attention.class);
      attention.putAll(counts.attention());
      return new Answer(
          counts.orders(),
          sum(states, OrderState::open),
          sum(states, state -> state == OrderState.ISSUED),
          sum(states, OrderState::ended),
          states,
          providers,
          counts.accounts().stream().map(AccountView::of).toList(),
          attention.values().stream().mapToInt(Integer::intValue).sum(),
          attention,
          counts.next());
    }
  }

  private static int sum(Map<OrderState, Integer> states, Predicate<OrderState> which) {
    return states.entrySet().stream()
        .filter(count -> which.test(count.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /**
   * The orders of one account.
   *
   * @param orders how many
   * @param states how many are in which state
   */
  @RegisterForReflection
  public record AccountView(
      String provider, String account, int orders, Map<OrderState, Integer> states) {

    public AccountView {
      states = Collections.unmodifiableMap(states);
    }

    static AccountView of(Account account) {
      Map<OrderState, Integer> states = new EnumMap<>(OrderState.class);
      states.putAll(account.states());
      return new AccountView(
          account.provider(), account.account(), sum(states, any -> true), states);
    }
  }
}
