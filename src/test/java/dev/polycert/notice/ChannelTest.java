package dev.polycert.notice;

import static dev.polycert.notice.SampleNotices.failed;
import static dev.polycert.notice.SampleNotices.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.metric.PrometheusMetrics;
import dev.polycert.order.Notice;
import dev.polycert.order.NoticeChannels.Tried;
import dev.polycert.rate.VirtualTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways of one channel's notices, in a time of the test's own. */
class ChannelTest {
  private static final Answer<Boolean> SENT = Answer.of(true);

  private final VirtualTime time = new VirtualTime();
  private final PrometheusMetrics metrics = new PrometheusMetrics(time);
  private final Scripted sender = new Scripted();
  private final Channel channel = channel(settings("kind", "slack"));

  /** Takes at most three lines, and answers as set; it accepts all by default. */
  private static final class Scripted implements Sender {
    private final List<Message> seen = new ArrayList<>();
    private final Deque<Uni<Answer<Boolean>>> answers = new ArrayDeque<>();

    @Override
    public boolean fits(Message message) {
      return message.lines().size() <= 3;
    }

    @Override
    public Uni<Answer<Boolean>> send(Message message, Instant deadline) {
      seen.add(message);
      return answers.isEmpty() ? SENT.now() : answers.remove();
    }

    void then(ErrorClass errorClass) {
      answers.add(Answer.<Boolean>refused(new VendorError(errorClass, "no_service", "gone")).now());
    }

    List<List<String>> subjects() {
      return seen.stream()
          .map(message -> message.notices().stream().map(Notice::subject).toList())
          .toList();
    }
  }

  private Channel channel(NoticeConfig.Channel settings) {
    return new Channel(
        "ops",
        settings,
        Selection.of("ops.", settings, List::of),
        new Wording("ops", "ops.", settings),
        sender,
        metrics,
        time,
        time);
  }

  private void offer(String... domains) {
    for (String domain : domains) {
      channel.offer(failed(domain));
    }
  }

  private String told() {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith("polycert_channel_notices_total"))
        .toList()
        .toString();
  }

  @Test
  void noticesOfOneMinuteAreOneMessage() {
    offer("a.example");
    time.pass(Duration.ofSeconds(59));
    offer("b.example");
    assertThat(sender.seen).isEmpty();

    time.pass(Duration.ofSeconds(1));
    assertThat(sender.subjects()).containsExactly(List.of("a.example", "b.example"));

    offer("c.example");
    time.pass(Duration.ofMinutes(1));
    assertThat(sender.subjects().getLast()).containsExactly("c.example");
    assertThat(told())
        .isEqualTo("[polycert_channel_notices_total{channel=\"ops\",outcome=\"arrived\"} 3]");
  }

  @Test
  void whatFindsNoRoomIsSentRightAfter() {
    offer("a.example", "b.example", "c.example", "d.example");

    time.pass(Duration.ofMinutes(1));
    assertThat(sender.subjects())
        .containsExactly(List.of("a.example", "b.example", "c.example"), List.of("d.example"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorClass.class,
      names = {"RETRY", "THROTTLED"})
  void aMessageIsTriedAgainAsItWas(ErrorClass passing) {
    sender.then(passing);
    offer("a.example");
    time.pass(Duration.ofMinutes(1));
    assertThat(channel.failing()).isTrue();
    offer("b.example");

    time.pass(Duration.ofMinutes(1));
    assertThat(sender.subjects()).startsWith(List.of("a.example"), List.of("a.example"));
    assertThat(sender.seen.get(1).id()).isEqualTo(sender.seen.getFirst().id());
    assertThat(channel.failing()).isFalse();
    time.pass(Duration.ofMinutes(1));
    assertThat(sender.subjects().getLast()).containsExactly("b.example");
  }

  @Test
  void afterAnHourOfTriesTheNoticesAreLostAndCountedAndTheNextOnesGoOn() {
    for (int i = 0; i < 7; i++) {
      sender.then(ErrorClass.RETRY);
    }
    offer("a.example");
    time.pass(Duration.ofMinutes(61));
    offer("b.example");
    assertThat(told()).isEqualTo("[]");

    time.pass(Duration.ofMinutes(3));
    assertThat(sender.seen).hasSize(8);
    assertThat(sender.subjects().getLast()).containsExactly("b.example");
    assertThat(told()).contains("outcome=\"lost\"} 1", "outcome=\"arrived\"} 1");
    assertThat(tried().lastLoss().orElseThrow()).endsWith("no_service: gone");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorClass.class,
      names = {"FINAL", "CREDENTIALS"})
  void whatIsRefusedForGoodIsLostAtOnce(ErrorClass forGood) {
    sender.then(forGood);
    offer("a.example");

    time.pass(Duration.ofMinutes(1));
    assertThat(told()).contains("outcome=\"lost\"} 1");
    assertThat(channel.failing()).isTrue();
    assertThat(time.timers()).isZero();
  }

  @Test
  void aBugLosesAloudWhatItIsAboutAndNothingElse() {
    sender.answers.add(Uni.createFrom().failure(new IllegalStateException("a bug")));
    offer("a.example");
    time.pass(Duration.ofMinutes(1));
    assertThat(told()).contains("outcome=\"lost\"} 1");

    offer("b.example");
    time.pass(Duration.ofMinutes(1));
    assertThat(sender.subjects().getLast()).containsExactly("b.example");
  }

  @Test
  void onlySoManyWaitAndTheRestIsLostAloud() {
    for (int i = 0; i < Channel.MOST + 2; i++) {
      offer("a" + i + ".example");
    }

    assertThat(tried().lost()).isEqualTo(2);
    assertThat(tried().waiting()).isEqualTo(Channel.MOST);
  }

  @Test
  void aFlushSendsAllAtOnceAndWaitsForIt() {
    offer("a.example", "b.example", "c.example", "d.example");

    channel.flush(time.instant().plusSeconds(5)).await().indefinitely();
    assertThat(sender.subjects())
        .containsExactly(List.of("a.example", "b.example", "c.example"), List.of("d.example"));
    time.pass(Duration.ofHours(1));
    assertThat(sender.seen).hasSize(2);
  }

  @Test
  void aFlushThatFailsLosesAllAloud() {
    sender.then(ErrorClass.RETRY);
    offer("a.example", "b.example", "c.example", "d.example");

    channel.flush(time.instant().plusSeconds(5)).await().indefinitely();
    assertThat(sender.seen).hasSize(1);
    assertThat(told()).contains("outcome=\"lost\"} 4");
    offer("e.example");
    time.pass(Duration.ofMinutes(1));
    assertThat(sender.subjects().getLast()).containsExactly("e.example");
  }

  @Test
  void aFlushEndsInTimeAndWhatWasUnderWayIsLostAloud() {
    List<UniEmitter<? super Answer<Boolean>>> silent = new ArrayList<>();
    sender.answers.add(Uni.createFrom().emitter(silent::add));
    offer("a.example", "b.example", "c.example", "d.example");

    channel.flush(time.instant()).await().indefinitely();
    assertThat(told()).contains("outcome=\"lost\"} 4");
    silent.getFirst().complete(SENT);
    offer("e.example");
    time.pass(Duration.ofMinutes(1));
    assertThat(sender.subjects().getLast()).containsExactly("e.example");
  }

  @Test
  void aTestMessageIsSentOnceAndShowsWhatIsWrong() {
    sender.then(ErrorClass.CREDENTIALS);

    Tried tried = tried();
    assertThat(tried.error()).returns("no_service", VendorError::code);
    assertThat(tried.kind()).isEqualTo("slack");
    assertThat(sender.seen.getFirst().title()).isEqualTo("Polycert: notice.test");
    assertThat(channel.failing()).isTrue();
    tried();
    assertThat(channel.failing()).isFalse();
  }

  private Tried tried() {
    return channel.test(time.instant().plusSeconds(9)).await().indefinitely();
  }

  @Test
  void whatTheChannelDoesNotBringIsLeftAlone() {
    channel.offer(SampleNotices.notice(Notice.Kind.ISSUED, "a.example", "acme", ""));

    time.pass(Duration.ofHours(1));
    assertThat(sender.seen).isEmpty();
  }
}
