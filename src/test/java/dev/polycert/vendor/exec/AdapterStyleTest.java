package dev.polycert.vendor.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.testing.RequiresPrograms;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of {@code deploy}, as shellcheck judges them. */
@RequiresPrograms("shellcheck")
class AdapterStyleTest {

  @ParameterizedTest
  @ValueSource(strings = {"deploy/dns/acme-sh.sh", "deploy/dns/lexicon.sh", "deploy/polycert"})
  void shellcheckHasNothingToSay(String script) throws IOException, InterruptedException {
    Process check = new ProcessBuilder("shellcheck", script).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);

    assertThat(said).isEmpty();
    assertThat(check.waitFor()).isZero();
  }
}
