package dev.polycert.order.use;

import dev.polycert.call.NamedAccount;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import dev.polycert.domain.ServedLook;
import dev.polycert.domain.ValidationLook;
import dev.polycert.log.LoggedIncidents;
import dev.polycert.metric.NotedMetrics;
import dev.polycert.order.Cancellation;
import dev.polycert.order.Catalog;
import dev.polycert.order.Catalogs;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Notice;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.OrderFilter;
import dev.polycert.order.OrderId;
import dev.polycert.order.Principal;
import dev.polycert.order.ScriptedDeliverer;
import dev.polycert.order.ScriptedZones;
import dev.polycert.order.ServedConfig;
import dev.polycert.order.step.ClientPublisher;
import dev.polycert.order.step.StepParts;
import dev.polycert.order.step.Steps;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.FreeTokens;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Outlook;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.store.embedded.TestOrderBook;
import dev.polycert.vault.TestVault;
import dev.polycert.vault.Vault;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  /** The notices that were sent, in order. */
  public final List<Notice> notices = new CopyOnWriteArrayList<>();

  static final Vault VAULT = TestVault.over(new TestVault.Memory());

  private final Runnable end;
  public final OrderBook book;
  public final Catalog catalog;
  final Steps steps;
  final FanOut fanOut;
  public final ClientPublisher clients;
  public final Apply apply;
  public final Check check;
  public final Renew renew;
  public final DnsChange dnsChange;
  public final Work work;
  public final Notify notify;
  public final Submit submit;
  public final Cancel cancel;
  public final Export export;
  public final Deploy deploy;
  public final Deliver deliver;
  public final CheckServed checkServed;
  public final AccessKeys accessKeys;
  public final OwnOrders own;
  public final Pull pull;
  final WatchList watchList;
  public final Adopt adopt;
  public final NotedMetrics metrics = new NotedMetrics();
  private final MovedClock clock = new MovedClock();

  /** The zones that can be written: none, until a test says otherwise. */
  public final ScriptedZones zones = new ScriptedZones();

  public final ScriptedDeliverer deliverer = new ScriptedDeliverer();

  /** The use case behind {@code httpreq}, for the clients of these settings. */
  public PublishForClient publishFor(HttpreqConfig config) {
    return new PublishForClient(clients, config);
  }

  /** What our own looks see: nothing, until a test says otherwise. */
  public volatile Finding.Status sight = Finding.Status.ABSENT;

  /** How often it looks at what is served: never, until a test says otherwise. */
  public volatile Duration lookEvery = Duration.ZERO;

  /** The hosts that are looked at without an order. */
  public volatile List<ServedHost> watch = List.of();

  /** What is served where. */
  public volatile ServedLook served =
      (host, wanted, deadline) ->
          Uni.createFrom().item(List.of(ServedAddress.unreachable(host, null, "is not there")));

  /** What keeps a CA from issuing, by name. */
  public final Map<String, Obstacle> obstacles = new ConcurrentHashMap<>();

  private final ValidationLook look = new GivenLook();

  public Desk(Path directory, CertificateProvider... providers) {
    this(directory, List.of(), providers);
  }

  /**
   * @param more deliverers beside the scripted one
   */
  public Desk(Path directory, List<? extends Deliverer> more, CertificateProvider... providers) {
    this(directory, more, UnaryOperator.identity(), providers);
  }

  /**
   * @param seen the book as the use cases see it
   */
  public Desk(
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
    this(seen.apply(file.book()), file::kill, more, List.of(), providers);
  }

  /**
   * One with accounts.
   *
   * @param more their deliverers
   */
  public static Desk at(
      Path directory,
      List<NamedAccount> accounts,
      List<? extends Deliverer> more,
      CertificateProvider... providers) {
    TestOrderBook file = TestOrderBook.open(directory.resolve("orders.mv"));
    return new Desk(file.book(), file::kill, more, accounts, providers);
  }

  /** One whose orders are in a book that a test brings. */
  public Desk(OrderBook book, CertificateProvider... providers) {
    this(book, () -> {}, List.of(), List.of(), providers);
  }

  private Desk(
      OrderBook book,
      Runnable end,
      List<? extends Deliverer> more,
      List<NamedAccount> accounts,
      CertificateProvider... providers) {
    this.book = book;
    this.end = end;
    OrderConfig orders = CONFIG.getConfigMapping(OrderConfig.class);
    catalog = Catalogs.of(List.of(providers), all(more), zones, accounts);
    Lanes lanes = lanes();
    fanOut = new FanOut(lanes, LoggedIncidents.incidents(), metrics, clock);
    Outlook outlook = new Outlook(look, CONFIG.getConfigMapping(ProviderConfig.class), clock);
    StepParts parts =
        new StepParts(
            catalog,
            outlook,
            book,
            zones,
            look,
            orders,
            (host, wanted, deadline) -> served.look(host, wanted, deadline),
            new GivenHosts(),
            metrics,
            notices::add,
            clock);
    steps = parts.steps;
    clients = parts.clients;
    NamedOrders named = new NamedOrders(book, steps, fanOut);
    DryRun dryRun = new DryRun(catalog, outlook);
    SwitchedValidation switched = new SwitchedValidation(catalog, book, parts.generations, steps);
    Targets targets = new Targets(catalog, book, steps, clock);
    ChangedTerms changed =
        new ChangedTerms(catalog, book, parts.generations, switched, targets, dryRun, VAULT, clock);
    Applicant applicant =
        new Applicant(
            catalog,
            book,
            parts.generations,
            parts.delegations,
            changed,
            targets,
            dryRun,
            steps,
            clock);
    apply = new Apply(applicant, new Failover(applicant, book, steps, fanOut), fanOut);
    check = new Check(book, steps, parts.renewer, fanOut, look, orders, clock);
    watchList = new WatchList(book, parts.lookout, new GivenHosts(), clock);
    renew = new Renew(book, parts.renewer, lanes, watchList, fanOut, clock);
    checkServed = new CheckServed(named, steps, parts.lookout, clock);
    dnsChange = new DnsChange(book, steps, fanOut, renew, look, clock);
    work = new Work(book, steps, clock);
    notify = new Notify(book);
    submit = new Submit(named, steps, VAULT);
    cancel = new Cancel(catalog, named);
    accessKeys = new AccessKeys(book, new SecureRandom(), clock);
    own = new OwnOrders(book);
    export = new Export(catalog, named, steps, clock);
    pull = new Pull(catalog, book, accessKeys, export);
    deploy = new Deploy(catalog, named);
    deliver = new Deliver(catalog, book, named, targets);
    adopt =
        new Adopt(catalog, new Adoption(catalog, book, parts.generations, steps), fanOut, clock);
  }

  private static Lanes lanes() {
    return new Lanes(CONFIG.getConfigMapping(ProviderConfig.class), new FreeTokens());
  }

  /** As another process has it. */
  FanOut anotherFanOut() {
    return new FanOut(lanes(), LoggedIncidents.incidents(), metrics, clock);
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
  public void goOn() {
    clock.goesOn = true;
  }

  public void advance(Duration by) {
    clock.now = clock.now.plus(by);
  }

  public Order apply(String domain) {
    return applyFor(domain).getFirst().order();
  }

  public Order applyAt(String provider, String domain) {
    return apply(Apply.Strategy.ALL, false, List.of(provider), domain).getFirst().order();
  }

  public List<Apply.Entry> applyFor(String... domains) {
    return apply(Apply.Strategy.ALL, false, List.of("vendor"), domains);
  }

  public Order applyAuto(String domain, DeliveryTarget... deliver) {
    return applyWith(domain, Map.of(), deliver);
  }

  public Order applyWith(String domain, Map<String, String> options, DeliveryTarget... deliver) {
    Apply.Command command =
        new Apply.Command(
            List.of(DomainName.parse(domain)),
            List.of("vendor"),
            Apply.Strategy.ALL,
            ValidationMethod.DNS_AUTO,
            KeyAlgorithm.RSA_2048,
            Map.of("vendor", options),
            Information.none(),
            List.of(deliver),
            false,
            false);
    return wait(apply.apply(command, deadline())).getFirst().order();
  }

  public Apply.Entry apply(Apply.Command command) {
    return wait(apply.apply(command, deadline())).getFirst();
  }

  public Apply.Entry applyFirst(String domain) {
    return apply(Apply.Strategy.FIRST, false, List.of("vendor", "second"), domain).getFirst();
  }

  public Apply.Entry dryRun(String domain) {
    return apply(Apply.Strategy.ALL, true, List.of("vendor"), domain).getFirst();
  }

  private List<Apply.Entry> apply(
      Apply.Strategy strategy, boolean dryRun, List<String> providers, String... domains) {
    return wait(apply.apply(command(strategy, dryRun, providers, domains), deadline()));
  }

  private static Apply.Command command(
      Apply.Strategy strategy, boolean dryRun, List<String> providers, String... domains) {
    return new Apply.Command(
        Stream.of(domains).map(DomainName::parse).toList(),
        providers,
        strategy,
        ValidationMethod.DNS,
        KeyAlgorithm.RSA_2048,
        Map.of(),
        Information.none(),
        List.of(),
        false,
        dryRun);
  }

  public Order check(OrderId id) {
    return wait(check.orders(List.of(id), deadline())).getFirst().order();
  }

  public List<Order> due() {
    return wait(check.due(deadline())).stream().map(Check.Entry::order).toList();
  }

  public List<Order> renew() {
    return wait(renew.due(deadline()));
  }

  /** Sweeps that run at the same time. */
  public List<Order> renewTwice() {
    List<Order> swept = new ArrayList<>();
    wait(Uni.join().all(renew.due(deadline()), renew.due(deadline())).andFailFast())
        .forEach(swept::addAll);
    return swept;
  }

  public List<Order> changed(String... names) {
    return wait(dnsChange.under(List.of(names), deadline())).checked();
  }

  public DnsChange.Result changedSomewhere() {
    return wait(dnsChange.somewhere(deadline()));
  }

  public Order work(OrderId id) {
    return wait(work.send(id, deadline()));
  }

  /** As when the request's time is over before anything can be sent. */
  public List<Apply.Entry> applyWithoutTime(String... domains) {
    return wait(apply.apply(command(Apply.Strategy.ALL, false, List.of("vendor"), domains), now()));
  }

  /** An order on record of which nothing was sent. */
  Order recorded(String provider, String domain) {
    Apply.Command command = command(Apply.Strategy.ALL, false, List.of(provider), domain);
    return wait(apply.apply(command, now())).getFirst().order();
  }

  public Order find(OrderId id) {
    return wait(book.find(id)).orElseThrow();
  }

  public Submit.Entry submit(OrderId id, Information part) {
    return result(wait(submit.submit(List.of(id), part, deadline())).getFirst());
  }

  public List<Cancellation> end(Cancellation.Kind closure, OrderId... ids) {
    return end(closure, RevocationReason.SUPERSEDED, ids);
  }

  List<Cancellation> end(Cancellation.Kind closure, RevocationReason reason, OrderId... ids) {
    return wait(cancel.end(List.of(ids), closure, reason, deadline())).stream()
        .map(Desk::result)
        .toList();
  }

  public Export.Entry export(OrderId id, boolean includePrivateKey) {
    return wait(exporting(id, includePrivateKey, deadline()));
  }

  /** As above, for a test that does something meanwhile. */
  Uni<Export.Entry> exporting(OrderId id, boolean includePrivateKey, Instant deadline) {
    return export.export(id, includePrivateKey, deadline);
  }

  public Deploy.Entry deploy(OrderId id) {
    return result(wait(deploy.deploy(List.of(id), Map.of(), deadline())).getFirst());
  }

  public Deliver.Entry deliver(OrderId id, List<DeliveryTarget> add, List<DeliveryTarget> remove) {
    return result(deliver(List.of(id), add, remove).getFirst());
  }

  public List<NamedOrder<Deliver.Entry>> deliver(
      List<OrderId> ids, List<DeliveryTarget> add, List<DeliveryTarget> remove) {
    return wait(delivering(ids, add, remove));
  }

  /** The same, while the caller does something else. */
  public Uni<List<NamedOrder<Deliver.Entry>>> delivering(
      List<OrderId> ids, List<DeliveryTarget> add, List<DeliveryTarget> remove) {
    return deliver.deliver(ids, add, remove, false, deadline());
  }

  /** Tries all targets of an order at once that its certificate has not reached. */
  public Deliver.Entry deliverAgain(OrderId id, List<DeliveryTarget> remove) {
    return result(
        wait(deliver.deliver(List.of(id), List.of(), remove, true, deadline())).getFirst());
  }

  /** Looks at what the hosts of an order serve now. */
  public CheckServed.Entry checkServed(OrderId id) {
    return result(wait(checkServed.orders(List.of(id), deadline())).getFirst());
  }

  public List<CheckServed.Host> checkServed(ServedHost... hosts) {
    return wait(checkServed.hosts(List.of(hosts), deadline()));
  }

  private static <R> R result(NamedOrder<R> named) {
    return Objects.requireNonNull(named.result(), () -> named.error().message());
  }

  public Adopt.Entry adopt(String cursor) {
    return adopt(cursor, false);
  }

  /** Adopts what is then renewed as well. */
  public Adopt.Entry adoptToRenew() {
    return adopt(null, true);
  }

  private Adopt.Entry adopt(String cursor, boolean renew) {
    return wait(adopt.adopt(
            Principal.PROCESS, List.of(new Adopt.Source("vendor", cursor)), renew, deadline()))
        .getFirst();
  }

  public Order latest(String domain) {
    return latest(domain, "vendor");
  }

  public Order latest(String domain, String provider) {
    return wait(book.latest(provider, "default", DomainName.parse(domain))).orElseThrow();
  }

  public List<HistoryEntry> history(OrderId id) {
    return wait(book.history(id));
  }

  public List<Order> all() {
    return wait(book.list(OrderFilter.all(), null, 100)).orders();
  }

  /** As {@link #all}, of any number. */
  public List<Order> everything() {
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

  private final class GivenHosts implements ServedConfig {
    @Override
    public Duration every() {
      return lookEvery;
    }

    @Override
    public Optional<List<ServedHost>> watch() {
      return Optional.of(watch);
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

    @Override
    public Uni<Optional<Obstacle>> obstacle(DomainName name, Issuer issuer, Instant deadline) {
      return Uni.createFrom().item(Optional.ofNullable(obstacles.get(name.ascii())));
    }

    private Uni<Finding> seen(String what) {
      return Uni.createFrom().item(new Finding(what, sight, List.of(), "publish " + what));
    }
  }
}
