package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import dev.polycert.vault.TestVault;
import dev.polycert.vendor.acme.AcmeFixture.Applied;
import dev.polycert.whole.secrecy.LeakWatch;
import dev.polycert.whole.secrecy.Needles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing that is logged at any level contains a key, at a CA that binds accounts by a secret. */
@RequiresPrograms("pebble")
class AcmeSecretsTest {
  @RegisterExtension final Resources resources = new Resources();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private Pebble pebble;
  private Needles settings;
  private LeakWatch watch;

  @BeforeEach
  void listen() {
    pebble = resources.add(Pebble.start(true, 0));
    settings = Needles.of(List.of(pebble.eabHmac(), TestVault.KEY));
    watch = resources.add(new LeakWatch(settings::in, lines::add));
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
        Objects.requireNonNull(((Answer.Success<CertificateBundle>) export).value().privateKey())
            .reveal();

    Needles issued = Needles.of(key.lines().filter(line -> !line.startsWith("-----")).toList());

    assertThat(lines).as("acme4j says what it does").anyMatch(line -> line.contains("finalize"));
    assertThat(watch.leaks()).isEmpty();
    assertThat(lines).noneMatch(issued::in).noneMatch(line -> line.contains("PRIVATE KEY"));
    assertThat(order(applied, export)).matches(text -> !settings.in(text) && !issued.in(text));
    assertThat(store.values().values())
        .extracting(kept -> new String(kept, StandardCharsets.ISO_8859_1))
        .noneMatch(kept -> kept.contains("KEY"))
        .noneMatch(kept -> settings.in(kept) || issued.in(kept));
    acme.close();
  }

  private static String order(Applied applied, Answer<CertificateBundle> export) {
    return applied + " " + applied.progress() + " " + export;
  }

  /** Were a secret logged in whatever form, the test above would see it. */
  @Test
  void aSecretThatIsLoggedIsSeen() {
    List<String> written =
        Stream.of(pebble.eabHmac(), TestVault.KEY)
            .flatMap(secret -> Needles.written(secret).stream())
            .toList();

    written.forEach(Logger.getLogger(AcmeSecretsTest.class)::trace);

    assertThat(watch.leaks()).hasSameSizeAs(written);
  }

  @Test
  void aMissingBindingIsNamedByItsVariables() {
    AcmeFixture acme = AcmeFixture.at(pebble);
    Application application = Applications.forDomain("www.unbound.example").application();

    Object refused = acme.prepare(application);

    assertThat(((Failure.Refused) refused).error().message())
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
