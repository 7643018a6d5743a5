package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.metric.Metrics;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.sandbox.SandboxServer;
import dev.polycert.server.Server;
import dev.polycert.whole.secrecy.Canaries;
import dev.polycert.whole.secrecy.LeakWatch;
import dev.polycert.whole.secrecy.OutputWatch;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contract's tests are made of: a caller, a domain of his own, and a watch for leaks. */
public abstract class ContractFixture {
  private static final AtomicInteger DOMAINS = new AtomicInteger();

  /** Lists may lag behind an unclear write for that long, so that nothing is sent again sooner. */
  private static final Duration SETTLED = Duration.ofMinutes(3);

  @Inject @Any Instance<CertificateProvider> providers;
  @Inject Server server;
  @Inject SandboxServer sandbox;
  @Inject MovableClock clock;
  @Inject Metrics metrics;

  final Contract contract;
  final String provider;
  final String domain =
      "contract-" + DOMAINS.incrementAndGet() + ".example" + DOMAINS.get() + ".com";
  Caller caller;
  LeakWatch watch;
  OutputWatch output;

  ContractFixture(Contract contract) {
    this.contract = contract;
    this.provider = contract.provider();
  }

  protected final Caller caller() {
    return caller;
  }

  protected final MovableClock clock() {
    return clock;
  }

  protected final String domain() {
    return domain;
  }

  /** A refusal in which the vendor repeats our keys, where a message and where an id should be. */
  protected final FaultSpec echoing(String operation) {
    String echo = echo();
    return FaultSpec.code(provider, operation, contract.quotaStatus(), contract.quotaCode())
        .with("message", echo)
        .with("requestId", echo);
  }

  /** The keys of the vendor, in every form. */
  final String echo() {
    return Canaries.echo(bean().descriptor());
  }

  @BeforeEach
  void start() {
    caller = new Caller(server.port(), sandbox.port());
    caller.control("POST", "reset", "{}");
    watch = new LeakWatch();
    output = new OutputWatch();
  }

  @AfterEach
  void tellsNoSecret() {
    clock.reset();
    String answers = caller.answers();
    metrics.flush();
    watch.close();
    output.close();
    assertThat(watch.leaks()).isEmpty();
    assertThat(watch.seen()).as("the log was watched").isPositive();
    assertThat(Canaries.in(answers)).isFalse();
    assertThat(Canaries.in(output.text())).isFalse();
  }

  final JsonNode apply() {
    return caller.apply(provider, domain);
  }

  final JsonNode publishAndCheck(JsonNode order) {
    caller.publish(order.get("validations"));
    return caller.check(order);
  }

  /** Looks again when the vendor's lists are believed. */
  final JsonNode settled(JsonNode entry) {
    clock.advance(SETTLED);
    return caller.check(entry);
  }

  static void assertState(JsonNode order, String state) {
    assertThat(order.path("state").asText()).as(order.toPrettyString()).isEqualTo(state);
  }

  final void assertHistory(JsonNode entry, String why) {
    assertThat(caller.order(entry).get("history").findValuesAsText("why"))
        .anyMatch(line -> line.startsWith(why));
  }

  final int writes() {
    return caller.calls(provider, contract.write());
  }

  final void assertWrites(int expected) {
    assertThat(writes()).isEqualTo(expected);
  }

  final void assertOneApplication() {
    assertThat(caller.applications(provider, domain)).isEqualTo(1);
  }

  final CertificateProvider bean() {
    return all().stream()
        .filter(bean -> bean.descriptor().id().equals(provider))
        .findFirst()
        .orElseThrow();
  }

  final String other() {
    return all().stream()
        .map(bean -> bean.descriptor().id())
        .filter(id -> !id.equals(provider))
        .sorted()
        .findFirst()
        .orElseThrow();
  }

  final List<CertificateProvider> all() {
    return StreamSupport.stream(providers.spliterator(), false)
        .filter(bean -> bean.account().configured())
        .toList();
  }
}
