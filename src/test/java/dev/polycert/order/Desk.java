package dev.polycert.order;

import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.log.LoggedIncidents;
import dev.polycert.metric.NotedMetrics;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.store.embedded.TestOrderBook;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The use cases on a real order book, with given providers and a clock that a test moves. */
public final class Desk implements AutoCloseable {
  private static final SmallRyeConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withConverter(
              Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
          .withDefaultValue("polycert.order.publish-wait", "0s")
          .withMapping(OrderConfig.class)
          .withMapping(ProviderConfig.class)
          .build();

  /** What its clock shows at first. */
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  /** What people were told, in order. */
  final List<Notice> notices = new CopyOnWriteArrayList<>();

  private final Runnable end;
  final OrderBook book;
  final OrderSteps steps;
  final FanOut fanOut;
  public final Catalog catalog;
  public final Applying applying;
  final Checking checking;
  public final Renewing renewing;
  public final DnsChanges dnsChanges;
  public final Working working;
  public final Notifying notifying;
  final Submitting submitting;
  final Ending ending;
  private final Exporting exporting;
  private final Deploying deploying;
  private final Adopting adopting;
  final NotedMetrics metrics = new NotedMetrics();
  private final MovedClock clock = new MovedClock();

  /** The zones that can be written: none, until a test says otherwise. */
  final ScriptedZones zones = new ScriptedZones();

  final ScriptedDeliverer deliverer = new ScriptedDeliverer();

  /** What our own looks see: nothing, until a test says otherwise. */
  volatile Finding.Status sight = Finding.Status.ABSENT;

  private final ValidationLook look = new GivenLook();

  public Desk(Path directory, CertificateProvider... providers) {
    this(directory, List.of(), providers);
  }

  /**
   * @param more deliverers beside the scripted one
   */
  Desk(Path directory, List<? extends Deliverer> more, CertificateProvider... providers) {
    this(directory, more, UnaryOperator.identity(), providers);
  }

  /**
   * @param seen the book as the use cases see it
   */
  Desk(
      Path directory,
      List<? extends Deliverer> more,
      UnaryOperator<OrderBook> seen,
      CertificateProvider... providers) {
    this(TestOrderBook.open(directory.resolve("orders.mv")), more, seen, providers);
  }

  private Desk(
      TestOrderBook file,
      List<? extends Deliverer> more,
      UnaryOperator<OrderBook> seen,
      CertificateProvider... providers) {
    // Ends as a process does that is killed, which takes less time than a shutdown.
    this(seen.apply(file.book()), file::kill, more, providers);
  }

  /** One whose orders are in a book that a test brings. */
  Desk(OrderBook book, CertificateProvider... providers) {
    this(book, () -> {}, List.of(), providers);
  }

  private Desk(
      OrderBook book,
      Runnable end,
      List<? extends Deliverer> more,
      CertificateProvider... providers) {
    this.book = book;
    this.end = end;
    OrderConfig orders = CONFIG.getConfigMapping(OrderConfig.class);
    catalog = new Catalog(List.of(providers), all(more), zones);
    Pace pace = new Pace(orders);
    fanOut =
        new FanOut(
            CONFIG.getConfigMapping(ProviderConfig.class),
            LoggedIncidents.incidents(),
            metrics,
            clock);
    steps =
        new OrderSteps(
            catalog,
            book,
            pace,
            orders,
            new Publishing(book, zones, look, orders),
            new Delivering(catalog, book),
            new OrderWatch(metrics, notices::add),
            clock);
    Renewals renewals = new Renewals(book, steps);
    applying = new Applying(catalog, book, steps, fanOut, clock);
    checking = new Checking(book, steps, renewals, fanOut, look, orders, clock);
    renewing = new Renewing(book, renewals, fanOut, clock);
    dnsChanges = new DnsChanges(book, steps, fanOut, renewing);
    working = new Working(book, steps, clock);
    notifying = new Notifying(book);
    submitting = new Submitting(book, steps, fanOut);
    ending = new Ending(catalog, book, steps, fanOut, clock);
    exporting = new Exporting(catalog, book, steps);
    deploying = new Deploying(catalog, book, steps, fanOut);
    adopting = new Adopting(catalog, book, steps, fanOut, clock);
  }

  private List<Deliverer> all(List<? extends Deliverer> more) {
    List<Deliverer> all = new ArrayList<>(more);
    all.add(deliverer);
    return all;
  }

  public Instant now() {
    return clock.instant();
  }

  /** Lets the clock go on by itself: it is never the same time twice. */
  void goOn() {
    clock.goesOn = true;
  }

  public void advance(Duration by) {
    clock.now = clock.now.plus(by);
  }

  public Order apply(String domain) {
    return applyFor(domain).getFirst().order();
  }

  Order applyAt(String provider, String domain) {
    return apply(Strategy.ALL, false, List.of(provider), domain).getFirst().order();
  }

  List<Applied> applyFor(String... domains) {
    return apply(Strategy.ALL, false, List.of("vendor"), domains);
  }

  Order applyAuto(String domain, DeliveryTarget... deliver) {
    ApplyCommand command =
        new ApplyCommand(
            List.of(DomainName.parse(domain)),
            List.of("vendor"),
            Strategy.ALL,
            ValidationMethod.DNS_AUTO,
            KeyAlgorithm.RSA_2048,
            Map.of(),
            Information.none(),
            List.of(deliver),
            false);
    return wait(applying.apply(command, deadline())).getFirst().order();
  }

  Applied applyFirst(String domain) {
    return apply(Strategy.FIRST, false, List.of("vendor", "second"), domain).getFirst();
  }

  Applied dryRun(String domain) {
    return apply(Strategy.ALL, true, List.of("vendor"), domain).getFirst();
  }

  private List<Applied> apply(
      Strategy strategy, boolean dryRun, List<String> providers, String... domains) {
    return wait(applying.apply(command(strategy, dryRun, providers, domains), deadline()));
  }

  private static ApplyCommand command(
      Strategy strategy, boolean dryRun, List<String> providers, String... domains) {
    return new ApplyCommand(
        Stream.of(domains).map(DomainName::parse).toList(),
        providers,
        strategy,
        ValidationMethod.DNS,
        KeyAlgorithm.RSA_2048,
        Map.of(),
        Information.none(),
        dryRun);
  }

  Order check(OrderId id) {
    return wait(checking.orders(List.of(id), deadline())).getFirst().order();
  }

  List<Order> due() {
    return wait(checking.due(deadline())).stream().map(Checked::order).toList();
  }

  List<Order> renew() {
    return wait(renewing.due(deadline()));
  }

  /** Sweeps that run at the same time. */
  List<Order> renewTwice() {
    List<Order> swept = new ArrayList<>();
    wait(Uni.join().all(renewing.due(deadline()), renewing.due(deadline())).andFailFast())
        .forEach(swept::addAll);
    return swept;
  }

  List<Order> changed(String... names) {
    return wait(dnsChanges.under(List.of(names), deadline()));
  }

  Order work(OrderId id) {
    return wait(working.send(id, deadline()));
  }

  /** As when the request's time is over before anything can be sent. */
  public List<Applied> applyWithoutTime(String... domains) {
    return wait(applying.apply(command(Strategy.ALL, false, List.of("vendor"), domains), now()));
  }

  public Order find(OrderId id) {
    return wait(book.find(id)).orElseThrow();
  }

  Submitted submit(OrderId id, Information part) {
    return wait(submitting.submit(List.of(id), part, deadline())).getFirst();
  }

  List<Closed> end(Closure closure, OrderId... ids) {
    return wait(ending.end(List.of(ids), closure, RevocationReason.SUPERSEDED, deadline()));
  }

  Exported export(OrderId id, boolean includePrivateKey) {
    return wait(exporting.export(id, includePrivateKey, deadline()));
  }

  Deployed deploy(OrderId id) {
    return wait(deploying.deploy(List.of(id), Map.of(), deadline())).getFirst();
  }

  Adopted adopt(String cursor) {
    return wait(adopting.adopt(List.of(new Adopting.Source("vendor", cursor)), deadline()))
        .getFirst();
  }

  Order latest(String domain) {
    return latest(domain, "vendor");
  }

  Order latest(String domain, String provider) {
    return wait(book.latest(provider, "default", DomainName.parse(domain))).orElseThrow();
  }

  List<HistoryEntry> history(OrderId id) {
    return wait(book.history(id));
  }

  List<Order> all() {
    return wait(book.list(OrderFilter.all(), null, 100)).orders();
  }

  /** As {@link #all}, of any number. */
  List<Order> everything() {
    return wait(book.list(OrderFilter.all(), null, 1_000_000)).orders();
  }

  private Instant deadline() {
    return now().plusSeconds(20);
  }

  private static <T> T wait(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }

  @Override
  public void close() {
    end.run();
  }

  private static final class MovedClock extends Clock {
    private volatile Instant now = START;
    private volatile boolean goesOn;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public synchronized Instant instant() {
      now = goesOn ? now.plusNanos(1000) : now;
      return now;
    }
  }

  /** Own looks are tested beside the DNS; here they would only cost time. */
  private final class GivenLook implements ValidationLook {
    @Override
    public Uni<Finding> record(String name, String type, String value, Instant deadline) {
      return seen(type + " " + name);
    }

    @Override
    public Uni<Finding> file(String url, String content, Instant deadline) {
      return seen(url);
    }

    private Uni<Finding> seen(String what) {
      return Uni.createFrom().item(new Finding(what, sight, List.of(), "publish " + what));
    }
  }
}
