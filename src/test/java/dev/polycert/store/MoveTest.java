package dev.polycert.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.order.ApiKey;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.Orders;
import dev.polycert.order.PullKey;
import dev.polycert.order.Scope;
import dev.polycert.postgresql.TestDatabase;
import dev.polycert.store.Kept.Kind;
import dev.polycert.store.Move.MoveException;
import dev.polycert.store.Portable.StoreInUseException;
import dev.polycert.store.dynamodb.TestDynamoStore;
import dev.polycert.store.embedded.TestOrderBook;
import dev.polycert.store.postgresql.TestPostgresqlStore;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.JsonHttp;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import dev.polycert.vault.VaultStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** All pairs of stores, with what {@link StoredOrdersTest} has of every kind of operation. */
@StartsProcesses
@RequiresPrograms("postgres")
class MoveTest {
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(LATER, ZoneOffset.UTC);

  /** One in eight: the move itself compares whether all are there. */
  private static final List<Stored.Expected> SOME =
      IntStream.range(0, Stored.orders().size())
          .filter(i -> i % 8 == 0)
          .mapToObj(Stored.orders()::get)
          .toList();

  private static final String UNKNOWN = "\"fromTheFuture\":[1],";

  private static final ApiKey API_KEY =
      new ApiKey(
          "00b2",
          "ff02",
          "ci",
          Set.of(Scope.READ),
          List.of(DomainName.parse("example.com")),
          List.of("tencent-ssl"),
          Orders.T0);

  private static final PullKey PULL_KEY =
      new PullKey(
          "00a1",
          "ff01",
          DomainName.parse("*.example.com"),
          true,
          "a note",
          List.of(),
          List.of(),
          Orders.T0);

  @RegisterExtension static final Resources SHARED = new Resources();
  private static final DynamoDbAsyncClient DYNAMODB = SHARED.add(DynamoDbLocal.client());

  @RegisterExtension final Resources resources = new Resources();
  private final Move move = new Move(null, CLOCK);

  private record Store(OrderBook book, VaultStore vault, Portable portable) {}

  private enum Type {
    EMBEDDED {
      @Override
      Store open(Resources resources) {
        Path file = resources.directory().resolve(UUID.randomUUID() + ".mv");
        TestOrderBook opened = resources.add(TestOrderBook.open(file));
        return new Store(opened.book(), opened.vault(), opened.portable());
      }
    },
    DYNAMODB {
      @Override
      Store open(Resources resources) {
        TestDynamoStore made = TestDynamoStore.load(MoveTest.DYNAMODB, JsonHttp.read("[]"));
        return new Store(made.book(), made.vault(), made.portable(CLOCK));
      }
    },
    POSTGRESQL {
      @Override
      Store open(Resources resources) {
        TestDatabase made = resources.add(TestDatabase.empty());
        return new Store(
            TestPostgresqlStore.book(made.database()),
            TestPostgresqlStore.vault(made.database()),
            TestPostgresqlStore.portable(made.database()));
      }
    };

    /** An empty one. */
    abstract Store open(Resources resources);
  }

  static Stream<Arguments> pairs() {
    return Stream.of(Type.values())
        .flatMap(
            from ->
                Stream.of(Type.values())
                    .filter(to -> to != from)
                    .map(to -> Arguments.of(from, to)));
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(60));
  }

  private String move(Portable from, Portable to) {
    return get(move.run(from, to));
  }

  /** A store with things of every kind. */
  private Store full(Type type) {
    Stored stored = Stored.Place.EMBEDDED.open(resources.directory());
    Store full = type.open(resources);
    try (stored) {
      move(stored.portable(), full.portable);
    }
    get(full.book.put(PULL_KEY));
    get(full.book.put(API_KEY));
    assertThat(get(full.book.turn("look", Orders.T0, LATER))).isTrue();
    return full;
  }

  private static List<Kept> contents(Portable store) {
    return get(store.contents().collect().asList()).stream().flatMap(List::stream).toList();
  }

  private static Kept some(Kind kind, Portable store) {
    return contents(store).stream().filter(thing -> thing.kind() == kind).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everythingIsThereAfterwardsAndIsUsedAsBefore(Type from, Type to) {
    Store source = full(from);
    Store target = to.open(resources);

    String report = move(source.portable, target.portable);

    assertThat(report)
        .contains(source.portable.place(), target.portable.place())
        .contains(Stored.orders().size() + " orders with ")
        .contains(
            "1 pull keys",
            "1 keys of the API",
            "1 times of periodic work",
            "reservations",
            "sealed values");
    Stored moved = new Stored(target.book, target.vault, target.portable, () -> {});
    StoredOrdersTest.areReadAsTheyWereWritten(moved, SOME);
    StoredOrdersTest.areAnsweredAsTheyWere(moved, SOME);
    StoredOrdersTest.areFoundByWhatTheyAre(moved, SOME);
    StoredOrdersTest.keepWhatTheyReserve(moved);
    StoredOrdersTest.isOpened(moved);
    StoredOrdersTest.moveOnFromWhereTheyWere(moved, SOME);
    assertThat(get(target.book.keys(PullKey.class))).containsExactly(PULL_KEY);
    assertThat(get(target.book.keys(ApiKey.class))).containsExactly(API_KEY);
    assertThat(get(target.book.turn("look", LATER.minusNanos(1), LATER))).isFalse();
    assertThat(get(target.book.turn("look", LATER, LATER))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void anOrderIsFoundByTheOtherNamesOfItsCertificate(Type to) {
    Order order =
        Order.requested(
            Identity.of("acme", "main", DomainName.parse("a.example.com"), 1, Orders.T0),
            Orders.TERMS.withOptions(Map.of("alternativeNames", "b.example.com")));
    Store source = Type.values()[(to.ordinal() + 1) % 3].open(resources);
    get(source.book.claim(order, "requested"));
    Store target = to.open(resources);

    move(source.portable, target.portable);

    OrderFilter filter = new OrderFilter(null, null, DomainName.parse("b.example.com"), null);
    assertThat(get(target.book.list(filter, null, 5)).orders()).containsExactly(order);
  }

  /** Adds members, as a version does that is newer than the one that moves the orders. */
  @ParameterizedTest
  @EnumSource
  void membersOfANewerVersionAreKept(Type type) {
    Order order = Orders.full();
    String json = new String(new OrderJson().write(order), StandardCharsets.UTF_8);
    byte[] newer = json.replaceFirst("\\{", "{" + UNKNOWN).getBytes(StandardCharsets.UTF_8);
    byte[] entry = new OrderJson().entry(order, "requested", null);
    Store source = type.open(resources);
    get(source.portable.put(List.of(Kept.order(order.id().value(), newer, List.of(entry)))));
    Store target = Type.values()[(type.ordinal() + 1) % 3].open(resources);

    move(source.portable, target.portable);

    assertThat(some(Kind.ORDER, target.portable).text()).startsWith("{" + UNKNOWN);
    assertThat(get(target.book.find(order.id())).map(found -> found.withOthers(Map.of())))
        .contains(order);
  }

  /** A store that fails, or does something else, with each batch that is put in. */
  private record Changed(Portable store, UnaryOperator<List<Kept>> change) implements Portable {

    @Override
    public String place() {
      return store.place();
    }

    @Override
    public Uni<Void> requireIdle() {
      return store.requireIdle();
    }

    @Override
    public Multi<List<Kept>> contents() {
      return store.contents();
    }

    @Override
    public Uni<Void> put(List<Kept> things) {
      return store.put(change.apply(things));
    }

    @Override
    public Uni<Void> removeTurn(String work) {
      return store.removeTurn(work);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMoveThatWasKilledIsRunAgain(Type to) {
    Type from = Type.values()[(to.ordinal() + 1) % 3];
    Store source = full(from);
    Store target = to.open(resources);
    for (int batches = 0; batches < 2; batches++) {
      AtomicInteger left = new AtomicInteger(batches);
      Portable killed =
          new Changed(
              target.portable,
              things -> {
                if (left.getAndDecrement() == 0) {
                  throw new IllegalStateException("killed");
                }
                return things;
              });
      assertThatThrownBy(() -> move(source.portable, killed)).hasMessage("killed");
    }
    Store third = Type.values()[(to.ordinal() + 2) % 3].open(resources);

    assertThatThrownBy(() -> move(target.portable, third.portable))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("only a part")
        .hasMessageContaining("move from " + source.portable.place());
    get(third.book.put(PULL_KEY));
    assertThatThrownBy(() -> move(third.portable, target.portable))
        .hasMessageContaining("left by an interrupted move from " + source.portable.place());
    move(source.portable, target.portable);
    assertThat(contents(target.portable)).hasSameSizeAs(contents(source.portable));
  }

  @Test
  void aStoreThatHasSomethingIsNoTarget() {
    Store source = full(Type.EMBEDDED);
    Store target = Type.POSTGRESQL.open(resources);
    get(target.book.claim(Orders.requested("p", "a.example.com"), "requested"));

    assertThatThrownBy(() -> move(source.portable, target.portable))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("is not empty, it has 1 orders with 1 entries");
    assertThat(contents(target.portable)).hasSize(1);
  }

  /** A process that found out whether the target takes records, and then stopped. */
  @Test
  void aTrialIsNothing() {
    Store source = full(Type.EMBEDDED);
    Store target = Type.POSTGRESQL.open(resources);
    Instant now = Instant.now();
    get(target.book.turn(OrderBook.TRIAL, now, now));

    move(source.portable, target.portable);

    assertThat(contents(target.portable))
        .extracting(Kept::key)
        .contains(OrderBook.TRIAL)
        .containsAll(contents(source.portable).stream().map(Kept::key).toList());
  }

  @Test
  void nothingIsNotMoved() {
    assertThatThrownBy(
            () ->
                move(
                    Type.EMBEDDED.open(resources).portable,
                    Type.POSTGRESQL.open(resources).portable))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("has nothing to move");
  }

  @Test
  void whatIsLostOnTheWayIsReported() {
    Store source = full(Type.EMBEDDED);
    Store target = Type.DYNAMODB.open(resources);
    Portable losing =
        new Changed(
            target.portable,
            things -> things.stream().filter(it -> it.kind() != Kind.PULL_KEY).toList());

    assertThatThrownBy(() -> move(source.portable, losing))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("is not like the source")
        .hasMessageContaining("1 pull keys")
        .hasMessageContaining("0 pull keys");
  }

  @Test
  void aSourceThatChangesMeanwhileIsReported() {
    Store source = full(Type.DYNAMODB);
    Store target = Type.EMBEDDED.open(resources);
    Portable slow =
        new Changed(
            target.portable,
            things -> {
              get(source.book.put(PULL_KEY.asRevoked()));
              return things;
            });

    assertThatThrownBy(() -> move(source.portable, slow))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("has changed meanwhile");
  }

  /** A process that did nothing when the move began leaves no trace before it writes. */
  @Test
  void aProcessThatBeginsToWriteToTheTableIsReported() {
    Store source = full(Type.DYNAMODB);
    Store target = Type.POSTGRESQL.open(resources);
    AtomicInteger made = new AtomicInteger();
    Portable slow =
        new Changed(
            target.portable,
            things -> {
              String domain = "new" + made.getAndIncrement() + ".example.com";
              get(source.book.claim(Orders.requested("p", domain), "requested"));
              return things;
            });

    assertThatThrownBy(() -> move(source.portable, slow))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("has changed meanwhile; stop all processes that use it")
        .hasMessageContaining("%,d orders".formatted(Stored.orders().size()));
    assertThat(made.get()).isPositive();
    assertThatThrownBy(() -> move(target.portable, Type.EMBEDDED.open(resources).portable))
        .as("a part of the orders")
        .hasMessageContaining("only a part");
    assertThat(move(source.portable, target.portable)).as("again").contains("found alike in both");
  }

  /** A lease is no part of what is copied; the process will write when it has done its work. */
  @Test
  void aProcessThatTakesAnOrderFromTheTableMeanwhileIsReported() {
    TestDynamoStore source = TestDynamoStore.load(DYNAMODB, JsonHttp.read("[]"));
    Instant due = Orders.T0.plusSeconds(10);
    Order order = Orders.requested("p", "a.example.com").withNextStepAt(due);
    get(source.book().claim(order, "requested"));
    Portable slow =
        new Changed(
            Type.EMBEDDED.open(resources).portable,
            things -> {
              get(source.book().lease(order, due, due.plusSeconds(60)));
              return things;
            });
    Portable at = source.portable(Clock.fixed(due, ZoneOffset.UTC));

    assertThatThrownBy(() -> move(at, slow))
        .isInstanceOf(StoreInUseException.class)
        .hasMessageContaining("has order " + order.id().value() + " at work");
  }

  @Test
  void aFileOfAnotherProcessIsNotTouched() {
    Path file = resources.directory().resolve("used.mv");
    TestOrderBook process = resources.add(TestOrderBook.open(file));
    get(process.book().put(PULL_KEY));
    Portable source = resources.add(TestOrderBook.open(file)).portable();

    assertThatThrownBy(() -> move(source, Type.POSTGRESQL.open(resources).portable))
        .hasMessageContaining("in use by another process");
  }

  @Test
  void aDatabaseOfAnotherProcessIsNotTouched() {
    TestDatabase process = resources.add(TestDatabase.empty());
    get(TestPostgresqlStore.book(process.database()).put(PULL_KEY));
    TestDatabase same = resources.add(process.again());
    Portable source = TestPostgresqlStore.portable(same.database());

    assertThatThrownBy(() -> move(source, Type.EMBEDDED.open(resources).portable))
        .isInstanceOf(StoreInUseException.class)
        .hasMessageContaining("1 connections of other processes");
    process.close();
    assertThat(move(source, Type.EMBEDDED.open(resources).portable)).contains("1 pull keys");
  }

  @Test
  void aTableWithAnOrderAtWorkIsNotTouched() {
    TestDynamoStore store = TestDynamoStore.load(DYNAMODB, JsonHttp.read("[]"));
    Instant due = Orders.T0.plusSeconds(10);
    Order order = Orders.requested("p", "a.example.com").withNextStepAt(due);
    get(store.book().claim(order, "requested"));
    assertThat(get(store.book().lease(order, due, due.plusSeconds(60)))).isTrue();
    Portable at = store.portable(Clock.fixed(due.plusSeconds(59), ZoneOffset.UTC));
    Portable after = store.portable(Clock.fixed(due.plusSeconds(61), ZoneOffset.UTC));

    assertThatThrownBy(() -> move(at, Type.EMBEDDED.open(resources).portable))
        .isInstanceOf(StoreInUseException.class)
        .hasMessageContaining(order.id().value());
    assertThat(move(after, Type.EMBEDDED.open(resources).portable)).contains("1 orders with 1");
  }
}
