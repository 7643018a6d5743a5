package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Credentials;
import dev.polycert.provider.Capability;
import dev.polycert.whole.secrecy.Canaries;
import dev.polycert.whole.secrecy.LeakWatch;
import dev.polycert.whole.secrecy.Needles;
import dev.polycert.whole.secrecy.OutputWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * No secret is passed on, even if a vendor repeats it. Whatever else a provider is put through in
 * the tests of its contract, the same is looked for after each of them.
 */
abstract class SecrecyTests extends ContractFixture {
  private static final Logger LOG = Logger.getLogger(SecrecyTests.class);

  SecrecyTests(Contract contract) {
    super(contract);
  }

  /** Lets the next look at the application show a status that nobody has heard of. */
  protected abstract FaultSpec unknownStatus(String text);

  /** Lets the vendor end the application by itself. */
  protected abstract void reject(JsonNode entry);

  /** Where a certificate is put into use, for providers that require a target. */
  protected Map<String, String> deployOptions() {
    return Map.of();
  }

  @Test
  void aVendorThatRepeatsOurSecretsIsNotQuoted() {
    caller.fault(echoing(contract.write()));
    JsonNode refused = apply();
    assertState(refused, "FAILED");
    assertThat(refused.at("/error/message").asText()).contains("***");

    caller.control("POST", "reset", "{}");
    JsonNode applied = apply();
    caller.fault(unknownStatus(echo()));
    JsonNode checked = caller.check(applied);
    assertThat(checked.path("vendorStatus").asText() + checked.at("/error/code").asText())
        .contains("***");
  }

  /** Whatever the provider can do, each first while its vendor refuses and repeats our keys. */
  @Test
  void noSecretIsToldInTheRestOfALife() {
    JsonNode issued = publishAndCheck(apply());
    JsonNode pending = caller.apply(provider, "pending." + domain);
    if (can(Capability.DISCOVER)) {
      refusedThenDone(() -> caller.adopt(provider));
    }
    if (can(Capability.DEPLOY)) {
      refusedThenDone(() -> caller.deploy(issued, deployOptions()));
    }
    if (can(Capability.EXPORT)) {
      refusedThenDone(() -> caller.export(issued));
      assertKeyOnlyInItsAnswer(issued);
    }
    if (can(Capability.CANCEL) && cancelsByCall()) {
      refusedThenDone(() -> caller.end(pending, "CANCEL"));
    }
    if (can(Capability.REVOKE)) {
      refusedThenDone(() -> caller.end(issued, "REVOKE"));
    }
    if (can(Capability.DELETE)) {
      clock.advance(Duration.ofDays(100));
      refusedThenDone(() -> caller.end(issued, "DELETE"));
    }
  }

  /** Whether it has the vendor cancel, and does not only give an application up. */
  protected boolean cancelsByCall() {
    return true;
  }

  private boolean can(Capability capability) {
    return bean().offer().capabilities().contains(capability);
  }

  private void refusedThenDone(Supplier<JsonNode> operation) {
    caller.fault(echoing("*").times(1000));
    assertThat(operation.get().at("/error/message").asText()).contains("***");
    caller.control("DELETE", "faults", "");
    JsonNode done = operation.get();
    assertThat(done.has("error")).as(done.toPrettyString()).isFalse();
  }

  /** Vendors that keep their keys refuse; a key that is given out is in that answer alone. */
  private void assertKeyOnlyInItsAnswer(JsonNode issued) {
    JsonNode exported = caller.exportWithKey(issued);
    if (exported.has("error")) {
      assertThat(exported.at("/error/code").asText()).isEqualTo("PrivateKey.NotGiven");
      return;
    }
    String key = exported.path("privateKey").asText();
    assertThat(key).contains(Canaries.PRIVATE_KEY);
    assertThat(caller.export(issued).has("privateKey")).isFalse();
    assertHistory(issued, "certificate exported with its private key");
    assertThat(caller.answers()).doesNotContain(key.lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void keysDoNotShowThemselves() {
    Credentials credentials = Credentials.of(ConfigProvider.getConfig(), bean().descriptor());
    assertThat(Canaries.in(credentials.secret())).isTrue();

    LOG.tracef("%s", credentials);

    assertThat(watch.leaks()).isEmpty();
    assertThat(Canaries.in(credentials.toString())).isFalse();
  }

  /** Messages to operators take the same ways, and are searched too. */
  @Test
  void metricsAndNoticesAreWatched() {
    try (LeakWatch notices = new LeakWatch(Canaries::in, line -> line.contains(".Notice "))) {
      JsonNode applied = apply();
      reject(applied);
      caller.check(applied);

      assertThat(notices.seen()).isPositive();
    }
    metrics.flush();
    assertThat(output.text())
        .contains("\"_aws\"", "\"VendorCallTime\"", "\"Orders\"", "\"Notices\"");
  }

  /** Were a secret logged, answered or printed, the tests above would see it. */
  @Test
  void aSecretThatIsToldOnIsSeen() {
    Canaries.SECRETS
        .values()
        .forEach(
            secret -> {
              try (LeakWatch control = new LeakWatch()) {
                List<String> written = Needles.written(secret);
                written.forEach(form -> LOG.tracef("written %s", form));
                LOG.trace("in an exception", new IllegalStateException(secret));
                LOG.trace("a key: -----BEGIN EC PRIVATE KEY-----");
                assertThat(control.leaks()).hasSize(written.size() + 2);
              }
            });
    watch.forget();

    try (OutputWatch control = OutputWatch.alone()) {
      System.out.println(Canaries.of("POLYCERT_VAULT_KEY"));
      assertThat(Canaries.in(control.text())).isTrue();
    }
  }
}
