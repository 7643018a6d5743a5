package dev.polycert.provider.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.Pebble;
import dev.polycert.RequiresPrograms;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Export;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Result;
import dev.polycert.provider.acme.AcmeFixture.Applied;
import dev.polycert.vault.TestVault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing that is logged at any level tells a key, at a CA that binds accounts by a secret. */
@RequiresPrograms("pebble")
class AcmeSecretsTest {
  private static final Logger ROOT = Logger.getLogger("");
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler handler = new Lines();
  private Level before;
  private Pebble pebble;

  private final class Lines extends Handler {
    @Override
    public void publish(LogRecord line) {
      StringWriter text = new StringWriter();
      text.append(line.getLoggerName()).append(' ').append(line.getMessage());
      for (Object parameter : Objects.requireNonNullElse(line.getParameters(), new Object[0])) {
        text.append(' ').append(String.valueOf(parameter));
      }
      if (line.getThrown() != null) {
        line.getThrown().printStackTrace(new PrintWriter(text));
      }
      lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    pebble = Pebble.start(true, 0);
    before = ROOT.getLevel();
    handler.setLevel(Level.ALL);
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.ALL);
  }

  @AfterEach
  void stop() {
    ROOT.removeHandler(handler);
    ROOT.setLevel(before);
    pebble.close();
  }

  @Test
  void theWholeLifeOfAnOrderTellsNoSecret() {
    TestVault.Memory store = new TestVault.Memory();
    AcmeFixture acme =
        AcmeFixture.at(pebble)
            .store(store)
            .set("polycert.acme.ca.\"test\".contact", "admin@example.com")
            .set("polycert.acme.ca.\"test\".eab-key-id", pebble.eabKeyId())
            .set("polycert.acme.ca.\"test\".eab-hmac", pebble.eabHmac());
    Applied applied =
        acme.apply(Applications.forDomain("www.quiet.example").key(KeyAlgorithm.EC_P256));
    pebble.publish(applied.progress().validations());
    applied.issued();
    var export =
        AcmeFixture.done(acme.provider().export(applied.application(), true, acme.context()));
    String key =
        Objects.requireNonNull(((Result.Value<Export>) export).value().privateKey()).reveal();

    assertThat(lines).as("acme4j says what it does").anyMatch(line -> line.contains("finalize"));
    assertThat(lines)
        .noneMatch(line -> line.contains(pebble.eabHmac()))
        .noneMatch(line -> line.contains(Base64.getEncoder().encodeToString(hmac())))
        .noneMatch(line -> line.contains("PRIVATE KEY"))
        .noneMatch(line -> line.contains(key.lines().skip(1).findFirst().orElseThrow()))
        .noneMatch(line -> line.contains(TestVault.KEY));
    assertThat(store.values().values())
        .noneMatch(kept -> new String(kept, StandardCharsets.ISO_8859_1).contains("KEY"));
    acme.close();
  }

  private byte[] hmac() {
    return Base64.getUrlDecoder().decode(pebble.eabHmac());
  }

  @Test
  void aMissingBindingIsNamedByItsVariables() {
    AcmeFixture acme = AcmeFixture.at(pebble);
    Application application = Applications.forDomain("www.unbound.example").application();

    Outcome refused = acme.prepare(application);

    assertThat(((Outcome.Refused) refused).error().message())
        .contains("POLYCERT_ACME_CA_TEST_EAB_KEY_ID")
        .contains("POLYCERT_ACME_CA_TEST_EAB_HMAC");
    acme.close();
  }

  @Test
  void halfABindingAndNoCaAreMissingByTheirVariables() {
    AcmeFixture half =
        AcmeFixture.at(pebble).set("polycert.acme.ca.\"test\".eab-key-id", pebble.eabKeyId());

    assertThat(half.provider().account().missing())
        .containsExactly("POLYCERT_ACME_CA_TEST_EAB_HMAC");
    assertThat(AcmeFixture.nowhere().provider().account().missing())
        .containsExactly("POLYCERT_ACME_CA_*_DIRECTORY");
  }
}
