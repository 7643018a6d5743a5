package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;

/**
 * From the same state of the sandbox a provider of ours comes to what the vendor's own SDK comes
 * to.
 */
abstract class OutcomeTests {
  @ConfigProperty(name = "polycert.sandbox.port")
  int port;

  Emulation sandbox;

  @BeforeEach
  final void start() {
    sandbox = new Emulation(port);
    sandbox.reset();
    connect();
  }

  /** Makes the SDK and our steps for the sandbox. */
  abstract void connect();

  /** The state that the vendor reported to us. */
  static Progress standing(Object outcome, Phase phase) {
    Object progress =
        outcome instanceof Preparation.Existing(Progress existing) ? existing : outcome;
    assertThat(progress).isInstanceOf(Progress.class);
    assertThat(((Progress) progress).phase()).isEqualTo(phase);
    return (Progress) progress;
  }

  static VendorError refusal(Object outcome) {
    assertThat(outcome).isInstanceOf(Failure.Refused.class);
    return ((Failure.Refused) outcome).error();
  }

  static VendorError refusal(Answer<?> result) {
    assertThat(result).isInstanceOf(Answer.Failed.class);
    return refusal(((Answer.Failed<?>) result).failure());
  }

  static <T> T value(Answer<T> result) {
    assertThat(result).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<T>) result).value();
  }
}
