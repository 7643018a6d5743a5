package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.metric.Metrics;
import dev.polycert.whole.secrecy.EchoWatch;
import dev.polycert.whole.secrecy.LeakWatch;
import dev.polycert.whole.secrecy.OutputWatch;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The plays of {@link ErrorPlayTest}, one of each kind, while the vendors repeat all that they were
 * sent, {@code Authorization} and the body with the rest: what comes of an order and how often is
 * asked is as without, and none of it is passed on.
 */
@QuarkusTest
@TestProfile(ContractProfile.class)
class EchoPlayTest extends PlacingPlays {
  @Inject Metrics metrics;

  private LeakWatch watch;
  private OutputWatch output;
  private @Nullable ErrorPlay played;

  static Stream<ErrorPlay> plays() {
    Set<String> kinds = new HashSet<>();
    return ErrorPlay.all(true)
        .filter(play -> play.setting().equals("apply") || play.setting().equals("check"))
        .filter(play -> kinds.add(play.provider() + play.setting() + play.errorClass()));
  }

  @BeforeEach
  void watch() {
    watch = new LeakWatch(EchoWatch::tells, line -> true);
    output = new OutputWatch();
  }

  @Override
  FaultSpec refusal(ErrorPlay play) {
    played = play;
    return FaultSpec.echo(play.provider(), play.operation(), play.status(), play.code());
  }

  @AfterEach
  void tellsNothingOfIt() {
    String answers = caller.answers();
    metrics.flush();
    watch.close();
    output.close();
    assertThat(watch.seen()).isPositive();
    assertThat(watch.leaks()).isEmpty();
    assertThat(output.text()).matches(text -> !EchoWatch.tells(text));
    assertThat(answers).matches(text -> !EchoWatch.tells(text));
    if (played != null) {
      assertThat(output.text()).contains("\"VendorCallTime\"");
    }
    if (played != null && !played.state().equals("PENDING_VALIDATION")) {
      assertThat(answers).as("the vendor repeated it").contains("authorization: ", "Signature=***");
    }
  }
}
