package dev.polycert.domain.look;

import dev.polycert.domain.Finding;
import dev.polycert.domain.Printable;
import dev.polycert.domain.ValidationLook;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs looks on virtual threads, so many at a time. */
@ApplicationScoped
class DefaultValidationLook implements ValidationLook {
  private static final Logger LOG = Logger.getLogger(DefaultValidationLook.class);

  private final DnsLook dns;
  private final FileLook files;
  private final Clock clock;
  private final Semaphore turns;

  DefaultValidationLook(DnsLook dns, FileLook files, DnsConfig config, Clock clock) {
    this.dns = dns;
    this.files = files;
    this.clock = clock;
    this.turns = new Semaphore(config.concurrency());
  }

  @Override
  public Uni<Finding> record(String name, String type, String value, Instant deadline) {
    return run(type + " " + name, deadline, () -> dns.look(name, type, value, deadline));
  }

  @Override
  public Uni<Finding> file(String url, String content, Instant deadline) {
    return run(url, deadline, () -> files.look(url, content, deadline));
  }

  private Uni<Finding> run(String what, Instant deadline, Supplier<Finding> look) {
    return Uni.createFrom()
        .item(() -> inTurn(what, deadline, look))
        .runSubscriptionOn(Thread::startVirtualThread)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.errorf(failure, "The look for %s failed", Printable.of(what, 300));
              return unseen(what, "the look itself failed; the log says why");
            });
  }

  private Finding inTurn(String what, Instant deadline, Supplier<Finding> look) {
    Duration left = Duration.between(clock.instant(), deadline);
    try {
      if (!left.isPositive() || !turns.tryAcquire(left.toMillis(), TimeUnit.MILLISECONDS)) {
        return unseen(what, "no time was left to look: look again later");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return unseen(what, "the look was stopped: look again later");
    }
    try {
      return look.get();
    } finally {
      turns.release();
    }
  }

  private static Finding unseen(String what, String missing) {
    return new Finding(what, Finding.Status.UNREACHABLE, List.of(), missing);
  }
}
