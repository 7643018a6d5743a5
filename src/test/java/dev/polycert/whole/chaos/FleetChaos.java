package dev.polycert.whole.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.testing.PostgresqlServer;
import dev.polycert.whole.bench.Targets;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes of the packaged application at one table or database. */
class FleetChaos {
  private static final String PROVIDER = "tencent-ssl";
  private static final String WRITE = "ApplyCertificate";
  private static final List<String> WAITING = List.of("REQUESTED", "APPLYING", "UNCERTAIN");

  @RegisterExtension final Targets targets = new Targets();

  @Test
  void theyApplyOnceForWhatAllAreAsked() throws Exception {
    assumeTrue(Scale.soak(), "a case of the long runs");
    int processes = 16;
    int threads = 64;
    List<String> domains = Caller.domains("fleet", 5);
    try (Fleet fleet = new Fleet()) {
      List<Worker> workers = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        workers.add(fleet.worker("60s"));
      }
      int asked = 0;
      try (ExecutorService callers = Executors.newFixedThreadPool(threads)) {
        List<Future<List<JsonNode>>> answers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          Caller caller = workers.get(i % processes).caller();
          for (String provider : Fleet.PROVIDERS) {
            answers.add(callers.submit(() -> caller.apply(provider, domains)));
          }
        }
        for (Future<List<JsonNode>> answer : answers) {
          assertThat(answer.get()).hasSameSizeAs(domains).noneMatch(entry -> entry.has("error"));
          asked += domains.size();
        }
      }
      targets.tell("%d processes: times asked".formatted(processes), asked, "");
      int applications = 0;
      for (String provider : Fleet.PROVIDERS) {
        Map<String, Integer> applied = workers.getFirst().caller().applications(provider);
        applications += applied.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(applied)
            .containsOnlyKeys(domains)
            .allSatisfy((domain, count) -> assertThat(count).isEqualTo(1));
      }
      targets.atMost("applications", applications, domains.size() * Fleet.PROVIDERS.size(), "");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50, 99})
  void whatATimeOutLeavesUndoneTheSweepDoes(int percent) throws Exception {
    assumeTrue(percent == 50 || Scale.soak(), "a case of the long runs");
    try (Fleet fleet = new Fleet()) {
      theOtherFinishes(fleet, percent, "timeout");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50, 99})
  void theSweepDoesItOnPostgresqlToo(int percent) throws Exception {
    assumeTrue(Scale.soak(), "a case of the long runs");
    assumeTrue(PostgresqlServer.installed(), "PostgreSQL is not installed");
    try (Fleet fleet = Fleet.onPostgresql()) {
      theOtherFinishes(fleet, percent, "postgresql");
    }
  }

  /** One process is killed at so many percent of the writes; another one finishes them. */
  private void theOtherFinishes(Fleet fleet, int percent, String label) throws Exception {
    int count = Scale.of(60, 1000);
    List<String> domains = Caller.domains(label + percent + "x", count);
    Mortal mortal = new Mortal(count * percent / 100);
    try (Worker survivor = fleet.worker("60s");
        Worker killed = fleet.watched(Scale.of(8, 60) + "s", mortal)) {
      mortal.worker = killed;
      assertThat(killed(killed, domains)).as("was killed").isTrue();
      finishes(survivor.caller(), domains, "%s, killed at %d %%".formatted(label, percent));
    }
  }

  /** In each round all processes are asked for the same, and all but one are killed under way. */
  @Test
  void killedAtRandomOnPostgresqlTheyDoAllOnce() throws Exception {
    assumeTrue(PostgresqlServer.installed(), "PostgreSQL is not installed");
    int processes = Scale.of(3, 16);
    List<String> domains = Caller.domains("random", Scale.of(40, 1000));
    Random chance = new Random(Scale.seed());
    try (Fleet fleet = Fleet.onPostgresql();
        ExecutorService callers = Executors.newFixedThreadPool(processes);
        Worker survivor = fleet.worker("60s")) {
      int kills = 0;
      int rounds = Scale.of(1, 3);
      for (int round = 0; round < rounds; round++) {
        List<String> asked =
            domains.subList(domains.size() * round / rounds, domains.size() * (round + 1) / rounds);
        List<Worker> workers = new ArrayList<>();
        for (int i = 1; i < processes; i++) {
          Mortal mortal = new Mortal(1 + chance.nextInt(asked.size() / processes));
          mortal.worker = fleet.watched(Scale.of(8, 60) + "s", mortal);
          workers.add(mortal.worker);
        }
        List<Future<Boolean>> ends = new ArrayList<>();
        workers.forEach(worker -> ends.add(callers.submit(() -> killed(worker, asked))));
        for (Future<Boolean> end : ends) {
          kills += end.get() ? 1 : 0;
        }
      }
      targets.tell("postgresql, %d processes: kills".formatted(processes), kills, "");
      assertThat(kills).isPositive();
      survivor.caller().apply(PROVIDER, domains);
      finishes(survivor.caller(), domains, "postgresql, killed at random");
    }
  }

  /** Kills its process as it sends so many writes. */
  private static final class Mortal implements Tap.Watcher {
    private final AtomicInteger left;
    private volatile Worker worker;

    Mortal(int writes) {
      left = new AtomicInteger(writes);
    }

    @Override
    public boolean sent(String request) {
      if (request.equals(WRITE) && left.decrementAndGet() == 0) {
        worker.kill();
      }
      return true;
    }

    @Override
    public boolean answered(String request) {
      return true;
    }
  }

  /** Asks a process for all domains, and returns whether the process dies of it. */
  private static boolean killed(Worker worker, List<String> domains) {
    try {
      worker.caller().apply(PROVIDER, domains);
      return false;
    } catch (UncheckedIOException died) {
      return true;
    }
  }

  /** The remaining process does the work that the others have left undone, and nothing twice. */
  private void finishes(Caller caller, List<String> domains, String label) throws Exception {
    long without = domains.size() - caller.orders(PROVIDER).size();
    assertThat(without).as("orders lost").isZero();
    Instant end = Instant.now().plusSeconds(Scale.of(90, 300));
    while (Instant.now().isBefore(end) && waiting(caller, domains) > 0) {
      Thread.sleep(Duration.ofSeconds(2));
      caller.sweep();
    }
    Map<String, Integer> applications = caller.applications(PROVIDER);
    targets.atMost(
        label + ": duplicates and lost orders",
        without + Caller.wrong(applications, domains),
        0,
        "");
    assertThat(waiting(caller, domains)).isZero();
    assertThat(applications)
        .containsOnlyKeys(domains)
        .allSatisfy((domain, applied) -> assertThat(applied).isEqualTo(1));
  }

  private static long waiting(Caller caller, List<String> domains) {
    Map<String, JsonNode> orders = caller.orders(PROVIDER);
    return domains.stream()
        .filter(domain -> WAITING.contains(Caller.state(orders.get(domain))))
        .count();
  }

  /** Holds up the answers to one kind of request, while the process is frozen. */
  private static final class Freezer implements Tap.Watcher {
    private final String held;
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private volatile Worker worker;
    private volatile boolean armed;

    Freezer(String held) {
      this.held = held;
    }

    @Override
    public boolean sent(String request) {
      sent.add(request);
      return true;
    }

    @Override
    public boolean answered(String request) throws InterruptedException {
      if (armed && request.equals(held) && announced()) {
        armed = false;
        worker.freeze();
        frozen.countDown();
        thawed.await();
      }
      return true;
    }

    /** Of the records the one after the vendor was looked at: the intent. */
    private boolean announced() {
      return held.equals(WRITE) || sent.contains("DescribeCertificates");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TransactWriteItems", WRITE})
  void oneThatWakesAfterItsLeaseWritesNothing(String held) throws Exception {
    assumeTrue(held.equals(WRITE) || Scale.soak(), "a case of the long runs");
    String domain = "www.frozen-" + held.toLowerCase() + ".com";
    Freezer freezer = new Freezer(held);
    try (Fleet fleet = new Fleet();
        Worker survivor = fleet.worker("60s");
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Worker frozen = fleet.watched("3s", freezer)) {
      frozen.caller().apply(PROVIDER, List.of("www.warm.com"));
      freezer.sent.clear();
      freezer.worker = frozen;
      freezer.armed = true;
      CompletableFuture<List<JsonNode>> answer =
          CompletableFuture.supplyAsync(
              () -> frozen.caller().apply(PROVIDER, List.of(domain)), caller);
      freezer.frozen.await();
      Thread.sleep(Duration.ofSeconds(4));
      for (int i = 0; i < 15 && !done(survivor, domain); i++) {
        survivor.caller().sweep();
        Thread.sleep(Duration.ofSeconds(1));
      }
      assertThat(done(survivor, domain))
          .as("%s", survivor.caller().orders(PROVIDER).get(domain))
          .isTrue();
      JsonNode before = survivor.caller().orders(PROVIDER).get(domain);
      freezer.sent.clear();

      frozen.goOn();
      freezer.thawed.countDown();
      // Its caller has got an error or nothing new by then: nobody waits that long.
      answer.handle((entries, failure) -> "over").get();

      JsonNode after = survivor.caller().orders(PROVIDER).get(domain);
      long written = after.get("version").asLong() - before.get("version").asLong();
      long sent = List.copyOf(freezer.sent).stream().filter(WRITE::equals).count();
      targets.atMost("frozen at %s: writes after the lease".formatted(held), written + sent, 0, "");
      assertThat(after).isEqualTo(before);
      assertThat(freezer.sent).doesNotContain(WRITE);
      assertThat(survivor.caller().applications(PROVIDER)).containsEntry(domain, 1);
    }
  }

  private static boolean done(Worker survivor, String domain) {
    return Caller.state(survivor.caller().orders(PROVIDER).get(domain))
        .equals("PENDING_VALIDATION");
  }
}
