package dev.polycert.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What it means that a role gives no keys. */
class AwsKeysTest {
  private final AtomicBoolean gives = new AtomicBoolean();
  private final AwsKeys keys =
      new AwsKeys(
          () ->
              () -> {
                if (!gives.get()) {
                  throw SdkClientException.create("the metadata service does not answer");
                }
                return AwsBasicCredentials.create("AKIDEXAMPLE", "fake-secret-key-for-tests-only");
              });

  private Answer<Boolean> call() {
    return keys.with(found -> Answer.of(true).now()).await().indefinitely();
  }

  private ErrorClass refused() {
    return ((Answer.Failed<Boolean>) call()).failure().error().errorClass();
  }

  @Test
  void aRoleThatGaveKeysBeforeIsAskedAgainAndEndsNoOrder() {
    assertThat(refused()).isEqualTo(ErrorClass.CREDENTIALS);
    gives.set(true);
    assertThat(call()).isInstanceOf(Answer.Success.class);
    gives.set(false);

    assertThat(refused()).isEqualTo(ErrorClass.RETRY);
  }

  /** As a program does that a profile names and that waits for something. */
  @Test
  void aSourceOfKeysThatDoesNotAnswerHoldsUpNoCall() {
    CountDownLatch answer = new CountDownLatch(1);
    AwsKeys silent =
        new AwsKeys(
            () ->
                () -> {
                  try {
                    answer.await();
                  } catch (InterruptedException e) {
                    throw SdkClientException.create("interrupted", e);
                  }
                  return AwsBasicCredentials.create("AKIDEXAMPLE", "fake-secret-key-for-tests");
                }) {
          @Override
          Duration patience() {
            return Duration.ofMillis(50);
          }
        };

    Answer<Boolean> refused =
        silent.with(found -> Answer.of(true).now()).await().atMost(Duration.ofSeconds(30));

    assertThat(((Answer.Failed<Boolean>) refused).failure().error().code())
        .isEqualTo("Role.NoKeys");
    answer.countDown();
  }
}
