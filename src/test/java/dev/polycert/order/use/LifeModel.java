package dev.polycert.order.use;

import static dev.polycert.order.use.Move.DOMAINS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lives through moves with the real use cases on a real order book, and holds the law after each. A
 * killed process leaves its book and the vendors' ledgers, and nothing else.
 */
final class LifeModel implements AutoCloseable {
  private static final List<String> VENDORS = List.of("vendor", "second");

  private final Path directory;
  private final Map<String, RandomVendor> vendors = new HashMap<>();
  private Map<OrderId, Order> before = Map.of();
  private CompletableFuture<Void> death = new CompletableFuture<>();
  private volatile Desk desk;

  /** How far this machine's clock is behind the vendors'. */
  private volatile Duration behind = Duration.ZERO;

  LifeModel() {
    try {
      directory = Files.createTempDirectory("life");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    VENDORS.forEach(id -> vendors.put(id, new RandomVendor(id, this::vendorsNow)));
    start();
  }

  private Instant vendorsNow() {
    return desk.now().plus(behind);
  }

  private void start() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Desk[] own = new Desk[1];
    own[0] =
        new Desk(
            directory,
            vendors.values().stream()
                .map(
                    vendor ->
                        new RandomVendorLine(vendor, end, () -> own[0].book, () -> own[0].now()))
                .toArray(RandomVendorLine[]::new));
    death = end;
    desk = own[0];
  }

  private void restart() {
    Instant now = desk.now();
    death.complete(null);
    desk.close();
    start();
    desk.advance(Duration.between(desk.now(), now));
  }

  /** How many applications the vendors have. */
  int applications() {
    return vendors.values().stream().mapToInt(RandomVendor::applications).sum();
  }

  void live(Move.Then then) {
    vendors.values().forEach(vendor -> vendor.forecast(then.weather()));
    boolean finished = make(then.move(), then.move() instanceof Move.Twice ? 2 : 1);
    vendors.values().forEach(vendor -> vendor.mayEnd(Optional.empty()));
    holds();
    if (finished && then.move() instanceof Move.Sweep) {
      assertThat(before.values())
          .as("orders past their deadline after a sweep")
          .noneMatch(this::overdue);
    }
  }

  /** Whom somebody is at work with, the sweep leaves alone until that one's lease is over. */
  private boolean overdue(Order order) {
    Instant deadline = order.deadline();
    Intent intent = order.intent();
    return !order.state().ended()
        && deadline != null
        && !desk.now().isBefore(deadline)
        && (intent == null || !desk.now().isBefore(intent.until()));
  }

  private boolean make(Move move, int times) {
    return switch (move) {
      case Move.Twice(Move twice) -> make(twice, times);
      case Move.Apply apply -> apply(apply, times);
      case Move.ApplyLate(int domain) ->
          run(
              times,
              () ->
                  desk.apply.apply(
                      command(List.of(domain), Apply.Strategy.ALL, false), desk.now()));
      case Move.Submit(int index) ->
          order(index)
              .map(
                  order ->
                      run(
                          times,
                          () -> desk.submit.submit(List.of(order.id()), information(), deadline())))
              .orElse(true);
      case Move.Check(int index) ->
          order(index)
              .map(order -> run(times, () -> desk.check.orders(List.of(order.id()), deadline())))
              .orElse(true);
      case Move.Sweep() -> run(times, () -> desk.renew.due(deadline()));
      case Move.DnsChanged(int domain) ->
          run(times, () -> desk.dnsChange.under(List.of(DOMAINS.get(domain)), deadline()));
      case Move.End(Cancellation.Kind closure, int index) ->
          order(index).map(order -> end(closure, order, times)).orElse(true);
      case Move.Pass(Duration time) -> {
        desk.advance(time);
        yield true;
      }
      case Move.Back(Duration time) -> {
        behind = behind.plus(time);
        desk.advance(time.negated());
        yield true;
      }
      case Move.Restart() -> {
        restart();
        yield true;
      }
    };
  }

  private boolean apply(Move.Apply move, int times) {
    Apply.Strategy strategy = move.first() ? Apply.Strategy.FIRST : Apply.Strategy.ALL;
    Apply.Command command = command(move.domains(), strategy, move.dryRun());
    List<String> asked =
        move.domains().stream()
            .flatMap(
                domain ->
                    move.first()
                        ? Stream.of(DOMAINS.get(domain))
                        : VENDORS.stream().map(vendor -> DOMAINS.get(domain) + "@" + vendor))
            .toList();
    return run(
        times,
        () ->
            desk.apply
                .apply(command, deadline())
                .invoke(
                    answer ->
                        assertThat(answer)
                            .as("one entry per pair, in request order")
                            .extracting(
                                it ->
                                    move.first()
                                        ? it.domain().ascii()
                                        : it.domain().ascii() + "@" + it.provider())
                            .isEqualTo(asked)));
  }

  private boolean end(Cancellation.Kind closure, Order order, int times) {
    vendors.get(order.provider()).mayEnd(Optional.ofNullable(order.reference()));
    return run(
        times,
        () ->
            desk.cancel.end(List.of(order.id()), closure, RevocationReason.SUPERSEDED, deadline()));
  }

  private static Apply.Command command(
      List<Integer> domains, Apply.Strategy strategy, boolean dryRun) {
    return new Apply.Command(
        domains.stream().map(DOMAINS::get).map(DomainName::parse).toList(),
        VENDORS,
        strategy,
        ValidationMethod.DNS,
        KeyAlgorithm.RSA_2048,
        Map.of(),
        Information.none(),
        List.of(),
        false,
        dryRun);
  }

  private static Information information() {
    return new Information(null, null, null, null, true);
  }

  private Optional<Order> order(int index) {
    List<Order> all = List.copyOf(before.values());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(index % all.size()));
  }

  private Instant deadline() {
    return desk.now().plusSeconds(20);
  }

  /** Whether it came to an end before the process did. */
  private boolean run(int times, Supplier<Uni<?>> use) {
    List<CompletableFuture<?>> answers =
        IntStream.range(0, times)
            .<CompletableFuture<?>>mapToObj(
                time -> Uni.createFrom().deferred(use).subscribeAsCompletionStage())
            .toList();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    try {
      CompletableFuture.anyOf(all, death).get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a use case failed", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("a use case does not end", e);
    }
    if (death.isDone()) {
      restart();
      return false;
    }
    return true;
  }

  // --- the law ---

  private void holds() {
    Map<OrderId, Order> now = LifeLaw.byId(desk);
    vendors.values().forEach(vendor -> assertThat(vendor.wrongs).isEmpty());
    now.values()
        .forEach(
            order -> {
              Order earlier = before.get(order.id());
              if (earlier != null) {
                LifeLaw.follows(earlier, order);
                vendors
                    .get(order.provider())
                    .entry(Optional.ofNullable(earlier.reference()))
                    .filter(entry -> entry.live(vendorsNow()))
                    .ifPresent(entry -> LifeLaw.keeps(earlier, order));
              }
            });
    assertThat(now.keySet()).containsAll(before.keySet());
    LifeLaw.generations(now.values());
    before = now;
  }

  /** The history shows what happened. */
  void historiesAreWhole() {
    before.values().forEach(order -> LifeLaw.told(order, desk.history(order.id())));
  }

  @Override
  public void close() {
    death.complete(null);
    desk.close();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
