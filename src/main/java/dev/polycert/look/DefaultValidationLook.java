package dev.polycert.look;

import dev.polycert.domain.Aliases;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.NameServers;
import dev.polycert.domain.Obstacle;
import dev.polycert.domain.Printable;
import dev.polycert.domain.ValidationLook;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs looks on virtual threads, a limited number at a time. */
@ApplicationScoped
class DefaultValidationLook implements ValidationLook, Aliases, NameServers {
  private static final Logger LOG = Logger.getLogger(DefaultValidationLook.class);

  /** As RFC 8657, section 4, names it. */
  private static final String ACME_DNS = "dns-01";

  /** The number of CNAMEs that resolvers of CAs follow. */
  private static final int LONGEST_CHAIN = 8;

  private final DnsLook dns;
  private final FileLook files;
  private final DnssecLook dnssec;
  private final CaaLook caa;
  private final Clock clock;
  private final Semaphore turns;
  private final boolean configuredServers;

  DefaultValidationLook(
      DnsLook dns, FileLook files, DnssecLook dnssec, CaaLook caa, DnsConfig config, Clock clock) {
    this.dns = dns;
    this.files = files;
    this.dnssec = dnssec;
    this.caa = caa;
    this.clock = clock;
    this.turns = new Semaphore(config.concurrency());
    this.configuredServers = config.servers().isPresent();
  }

  @Override
  public Uni<Finding> record(String name, String type, String value, Instant deadline) {
    String what = type + " " + name;
    return run(what, deadline, () -> dns.look(name, type, value, deadline), unseen(what));
  }

  @Override
  public Uni<Finding> file(String url, String content, Instant deadline) {
    return run(url, deadline, () -> files.look(url, content, deadline), unseen(url));
  }

  @Override
  public Uni<Optional<Obstacle>> obstacle(DomainName name, Issuer issuer, Instant deadline) {
    return run(
        "obstacles of " + name,
        deadline,
        () -> lookForObstacle(name, issuer, deadline),
        why -> Optional.of(Obstacle.passing(Obstacle.UNREACHABLE, why)));
  }

  /** Lasting obstacles come first, then broken signatures, which explain why a resolver fails. */
  private Optional<Obstacle> lookForObstacle(DomainName name, Issuer issuer, Instant deadline) {
    Optional<Obstacle> found =
        issuer.heedsCaa() ? caa.look(name, issuer, deadline) : Optional.empty();
    return found.filter(Obstacle::lasting).isPresent()
        ? found
        : dnssec
            .look(name.base(), deadline)
            .or(() -> atDelegation(name, issuer, deadline))
            .or(() -> found);
  }

  /** CNAMEs may lead from the validation of a name into a zone whose signatures do not hold. */
  private Optional<Obstacle> atDelegation(DomainName name, Issuer issuer, Instant deadline) {
    if (configuredServers || !ACME_DNS.equals(issuer.method())) {
      return Optional.empty();
    }
    String record = "_acme-challenge." + name.base();
    String at = record;
    for (int links = 0; links < LONGEST_CHAIN; links++) {
      if (!(dns.alias(at, deadline) instanceof Alias.Target(String target, _))) {
        break;
      }
      at = target;
    }
    String end = at;
    return end.equals(record)
        ? Optional.empty()
        : dnssec
            .look(end, deadline)
            .map(
                found ->
                    new Obstacle(
                        found.lasting(),
                        found.code(),
                        "the CNAME of %s leads to %s: %s".formatted(record, end, found.text())));
  }

  @Override
  public Uni<Alias> alias(String name, Instant deadline) {
    return run(
        "CNAME " + name,
        deadline,
        () -> dns.alias(name, deadline),
        why -> new Alias.Unclear(why, null));
  }

  @Override
  public Uni<Optional<String>> zone(String name, Instant deadline) {
    return run(
        "zone of " + name, deadline, () -> dns.zone(name, deadline), why -> Optional.empty());
  }

  @Override
  public Uni<Optional<List<String>>> of(String zone, Instant deadline) {
    return run(
        "NS " + zone, deadline, () -> dns.nameServers(zone, deadline), why -> Optional.empty());
  }

  @Override
  public boolean asksAuthorities() {
    return !configuredServers;
  }

  private <T> Uni<T> run(
      String what, Instant deadline, Supplier<T> look, Function<String, T> unseen) {
    return Uni.createFrom()
        .item(() -> inTurn(deadline, look, unseen))
        .runSubscriptionOn(Thread::startVirtualThread)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.errorf(failure, "The look for %s failed", Printable.of(what, 300));
              return unseen.apply("the look itself failed; the log says why");
            });
  }

  private <T> T inTurn(Instant deadline, Supplier<T> look, Function<String, T> unseen) {
    Duration left = Duration.between(clock.instant(), deadline);
    try {
      if (!left.isPositive() || !turns.tryAcquire(left.toMillis(), TimeUnit.MILLISECONDS)) {
        return unseen.apply("no time was left to look: look again later");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return unseen.apply("the look was stopped: look again later");
    }
    try {
      return look.get();
    } finally {
      turns.release();
    }
  }

  private static Function<String, Finding> unseen(String what) {
    return missing -> new Finding(what, Finding.Status.UNREACHABLE, List.of(), missing);
  }
}
