package dev.polycert.notice;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.metric.Metrics;
import dev.polycert.order.Notice;
import dev.polycert.order.NoticeChannels.Tried;
import dev.polycert.rate.Sleeper;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings notices to one place. Notices wait in memory until others join their message, and after a
 * failure for the next try. A message is tried for about an hour; then its notices are lost.
 * Notices that find no room are lost at once. Each loss is logged and counted.
 */
final class Channel {
  private static final Logger LOG = Logger.getLogger(Channel.class);

  /** Notices that may wait. */
  static final int MOST = 1000;

  /** The longest time of one try, which has a few calls and may wait for a rate token. */
  private static final Duration TRY = Duration.ofSeconds(60);

  /** The pauses after failures: about an hour in all. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(4),
          Duration.ofMinutes(8),
          Duration.ofMinutes(16),
          Duration.ofMinutes(30));

  private final String name;
  private final Kind kind;
  private final Selection selection;
  private final Wording wording;
  private final Duration collect;
  private final Sender sender;
  private final Metrics metrics;
  private final Clock clock;
  private final Sleeper sleeper;

  /** Guarded by this, as is all below. */
  private final Deque<Notice> waiting = new ArrayDeque<>();

  /** The message that is being sent or is to be tried again. */
  private @Nullable Message current;

  /** Whether more notices waited than the message had room for. */
  private boolean full;

  private int failures;
  private boolean sending;

  /** Grows with each plan to send, so that a timer of an earlier plan does nothing. */
  private int plan;

  /** Completes when there is nothing more to send; null while nobody waits for that. */
  private @Nullable CompletableFuture<Void> flushed;

  private Instant flushEnd = Instant.MAX;
  private boolean failing;
  private long lost;
  private @Nullable String lastLoss;

  Channel(
      String name,
      NoticeConfig.Channel settings,
      Selection selection,
      Wording wording,
      Sender sender,
      Metrics metrics,
      Clock clock,
      Sleeper sleeper) {
    this.name = name;
    this.kind = settings.kind();
    this.selection = selection;
    this.wording = wording;
    this.collect = settings.collect();
    this.sender = sender;
    this.metrics = metrics;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** Takes a notice if this channel selects it. */
  synchronized void offer(Notice notice) {
    if (!selection.wants(notice)) {
      return;
    }
    if (waiting.size() >= MOST) {
      lose(List.of(notice), MOST + " notices are waiting already");
      return;
    }
    waiting.add(notice);
    if (current == null && waiting.size() == 1) {
      later(collect);
    }
  }

  private void later(Duration pause) {
    int mine = ++plan;
    sleeper.after(pause, () -> run(mine));
  }

  private synchronized void run(int planned) {
    if (planned == plan && !sending) {
      next();
    }
  }

  /** Sends the next message, if any. */
  private void next() {
    if (current == null && waiting.isEmpty()) {
      if (flushed != null) {
        flushed.complete(null);
        flushed = null;
        flushEnd = Instant.MAX;
      }
      return;
    }
    Message message = current == null ? take() : current;
    current = message;
    sending = true;
    Instant end = clock.instant().plus(TRY);
    Instant deadline = flushEnd.isBefore(end) ? flushEnd : end;
    Uni.createFrom()
        .deferred(() -> sender.send(message, deadline))
        .subscribe()
        .with(
            answer -> ended(message, error(answer)),
            bug -> {
              LOG.errorf(bug, "%s: sending failed", name);
              ended(message, new VendorError(ErrorClass.FINAL, "Internal", "see the log"));
            });
  }

  /** Makes one message of as many waiting notices as the service takes. */
  private Message take() {
    List<Notice> taken = new ArrayList<>();
    taken.add(waiting.remove());
    Message message = fitting(wording.message(taken));
    while (!waiting.isEmpty()) {
      taken.add(waiting.element());
      Message longer = wording.message(taken);
      if (!sender.fits(longer)) {
        break;
      }
      waiting.remove();
      message = longer;
    }
    full = !waiting.isEmpty();
    return message;
  }

  private Message fitting(Message message) {
    Message fitting = message;
    Message shorter = message.shorter();
    while (!sender.fits(fitting) && !shorter.equals(fitting)) {
      fitting = shorter;
      shorter = fitting.shorter();
    }
    return fitting;
  }

  private static @Nullable VendorError error(Answer<Boolean> answer) {
    return answer instanceof Answer.Failed<Boolean>(Failure failure) ? failure.error() : null;
  }

  private synchronized void ended(Message message, @Nullable VendorError error) {
    sending = false;
    failing = error != null;
    if (!message.equals(current)) {
      // The message was given up while it was under way.
      next();
    } else if (error == null) {
      metrics.sent(name, true, message.notices().size());
      current = null;
      failures = 0;
      if (full || waiting.isEmpty() || flushed != null) {
        next();
      } else {
        later(collect);
      }
    } else if (flushed != null) {
      current = null;
      failures = 0;
      lose(message.notices(), sentence(error));
      // The next message would fail as well, and the process has no time.
      lose(drained(), sentence(error));
      next();
    } else if (error.errorClass().retryable() && failures < PAUSES.size()) {
      LOG.warnf("%s: a message is tried again later: %s", name, sentence(error));
      later(pause(error));
    } else {
      current = null;
      failures = 0;
      lose(message.notices(), sentence(error));
      next();
    }
  }

  private Duration pause(VendorError error) {
    Duration pause = PAUSES.get(failures);
    failures++;
    Duration asked = error.retryAfter();
    return asked == null || asked.compareTo(pause) < 0 ? pause : asked;
  }

  private List<Notice> drained() {
    List<Notice> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  private void lose(List<Notice> notices, String why) {
    if (notices.isEmpty()) {
      return;
    }
    lost += notices.size();
    lastLoss = clock.instant() + ": " + why;
    metrics.sent(name, false, notices.size());
    notices.forEach(
        notice ->
            LOG.errorf(
                "%s: the notice %s of %s (%s) is lost: %s",
                name, notice.id(), notice.subject(), notice.type(), why));
  }

  private static String sentence(VendorError error) {
    return error.message().isEmpty() ? error.code() : error.code() + ": " + error.message();
  }

  /** Sends what waits now, and loses what cannot be sent by the deadline. Never fails. */
  Uni<Void> flush(Instant deadline) {
    return Uni.createFrom()
        .completionStage(() -> flushing(deadline))
        .ifNoItem()
        .after(Duration.ofMillis(Math.max(1, left(deadline).toMillis())))
        .recoverWithUni(
            () -> {
              abandon();
              return Uni.createFrom().voidItem();
            });
  }

  private Duration left(Instant deadline) {
    return Duration.between(clock.instant(), deadline);
  }

  private synchronized CompletableFuture<Void> flushing(Instant deadline) {
    if (flushed == null) {
      flushed = new CompletableFuture<>();
    }
    CompletableFuture<Void> done = flushed;
    flushEnd = deadline;
    plan++;
    if (!sending) {
      next();
    }
    return done;
  }

  private synchronized void abandon() {
    flushed = null;
    flushEnd = Instant.MAX;
    lose(drained(), "there was no time to send it");
    if (current != null) {
      lose(current.notices(), "there was no time to send it");
      current = null;
      failures = 0;
    }
  }

  /** Sends a test message once. */
  Uni<Tried> test(Instant deadline) {
    Message message = fitting(wording.message(List.of(Notice.test(clock.instant()))));
    return sender.send(message, deadline).map(answer -> tried(error(answer)));
  }

  private synchronized Tried tried(@Nullable VendorError error) {
    failing = error != null;
    int here = waiting.size() + (current == null ? 0 : current.notices().size());
    return new Tried(name, kind.toString(), error, here, lost, Optional.ofNullable(lastLoss));
  }

  synchronized boolean failing() {
    return failing;
  }
}
