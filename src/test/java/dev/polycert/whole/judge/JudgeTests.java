package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A vendor's own SDK calls every operation of the emulated vendor, rightly and wrongly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JudgeTests {
  @RegisterExtension final Resources resources = new Resources();
  private final RunningSandbox sandbox;
  private final Refusals refusals;
  Wire wire;

  /**
   * How the vendor refuses signatures.
   *
   * @param forged what the code is for a signature that does not fit
   * @param patience how late a request is too late
   * @param stale what the code is then
   * @param sent something in every request that is signed
   * @param altered the same altered
   */
  record Refusals(String forged, Duration patience, String stale, String sent, String altered) {}

  JudgeTests(RunningSandbox sandbox, Refusals refusals) {
    this.sandbox = sandbox;
    this.refusals = refusals;
  }

  @BeforeAll
  final void open() {
    wire = resources.add(new Wire(sandbox.uri("/").getPort()));
    connect(Emulation.of(sandbox));
  }

  /** Makes the SDK, which calls over the wire. */
  abstract void connect(Emulation emulation);

  @BeforeEach
  final void noLimits() {
    sandbox.control("PUT", "settings", "{\"limits\":false}");
  }

  /** All that are emulated. */
  abstract List<Judged> operations();

  /** The code that an operation is refused with by a call that says no more than it must. */
  abstract String code(String authority, String secret, String operation);

  @ParameterizedTest
  @MethodSource("operations")
  void isUnderstoodBy(Judged operation) throws Exception {
    operation.trial().run();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isRefusedWithAWrongSecret(Judged operation) {
    assertThat(code(wire.authority(), "not-the-secret", operation.name()))
        .isEqualTo(refusals.forged);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isRefusedWithAStaleDate(Judged operation) {
    sandbox.clocksAhead(refusals.patience);
    assertThat(code(wire.authority(), Capture.SECRET, operation.name())).isEqualTo(refusals.stale);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isRefusedWhenTamperedWith(Judged operation) throws IOException {
    try (Wire altered = new Wire(sandbox.uri("/").getPort())) {
      altered.tamper(refusals.sent, refusals.altered);
      assertThat(code(altered.authority(), Capture.SECRET, operation.name()))
          .isEqualTo(refusals.forged);
    }
  }
}
