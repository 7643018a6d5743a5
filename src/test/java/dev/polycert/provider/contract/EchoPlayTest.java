package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.secrecy.Canaries;
import dev.polycert.secrecy.LeakWatch;
import dev.polycert.secrecy.OutputWatch;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The same plays, one of each kind, while the vendors repeat all that they were sent, {@code
 * Authorization} and the body with the rest: what comes of an order and how often is asked is as
 * without, and nothing of it is told on.
 */
@QuarkusTest
@TestProfile(ContractProfile.class)
class EchoPlayTest extends ErrorPlayTest {
  private static final Pattern SIGNATURE = Pattern.compile("(?i)signature\\W{1,6}[0-9a-f]{16}");

  private final LeakWatch watch = new LeakWatch(EchoPlayTest::tells, line -> true);
  private final OutputWatch output = new OutputWatch();
  private @Nullable ErrorPlay played;

  static Stream<ErrorPlay> plays() {
    Set<String> kinds = new HashSet<>();
    return ErrorPlay.all(true)
        .filter(play -> play.setting().equals("apply") || play.setting().equals("check"))
        .filter(play -> kinds.add(play.provider() + play.setting() + play.errorClass()));
  }

  private static boolean tells(String text) {
    return Canaries.in(text) || SIGNATURE.matcher(text).find();
  }

  @Override
  FaultSpec refusal(ErrorPlay play) {
    played = play;
    return FaultSpec.echo(play.provider(), play.operation(), play.status(), play.code());
  }

  @AfterEach
  void tellsNothingOfIt() {
    String answers = caller.answers();
    watch.close();
    output.close();
    assertThat(watch.seen()).isPositive();
    assertThat(watch.leaks()).isEmpty();
    assertThat(output.text()).contains("\"_aws\"").matches(text -> !tells(text));
    assertThat(answers).matches(text -> !tells(text));
    if (played != null && !played.state().equals("PENDING_VALIDATION")) {
      assertThat(answers).as("the vendor repeated it").contains("authorization: ", "Signature=***");
    }
  }

  /** Were a signature told on, the tests above would see it. */
  @Test
  void aSignatureThatIsToldOnIsSeen() {
    assertThat(tells("Credential=***, Signature=" + "0a".repeat(32))).isTrue();
    assertThat(tells("{\"message\":\"Signature\\u003d" + "0a".repeat(32))).isTrue();
    caller.apply("tencent-ssl", domain);
  }
}
