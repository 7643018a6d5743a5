package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every provider promises, seen by a caller over HTTP while its vendor is the sandbox. A
 * provider gets these tests by a subclass that names it.
 */
public abstract class ProviderContractTest extends SecrecyTests {

  protected ProviderContractTest(Contract contract) {
    super(contract);
  }

  // --- the life of an order ---

  @Test
  void whatIsAppliedForAndPublishedIsIssued() {
    JsonNode applied = apply();
    assertState(applied, "PENDING_VALIDATION");

    assertState(caller.check(applied), "PENDING_VALIDATION");

    JsonNode issued = publishAndCheck(applied);
    assertState(issued, "ISSUED");
    assertThat(issued.at("/certificate/commonName").asText()).isEqualTo(domain);
    assertThat(issued.at("/certificate/notAfter").asText()).isNotEmpty();
    assertThat(issued.has("error")).isFalse();
    assertOneApplication();
  }

  @Test
  void whatWasAppliedForIsNotAppliedForAgain() {
    JsonNode first = apply();

    JsonNode second = apply();

    assertThat(second.get("existing").asBoolean()).isTrue();
    assertThat(second.get("orderId")).isEqualTo(first.get("orderId"));
    assertWrites(1);
  }

  @Test
  void whatTheVendorHasAlreadyIsAdopted() {
    Progress there = new Directly(bean(), clock).issued(domain, caller);
    int writes = writes();

    JsonNode adopted = apply();

    assertState(adopted, "ISSUED");
    assertThat(adopted.get("existing").asBoolean()).isFalse();
    assertThat(adopted.get("reference")).isEqualTo(Caller.JSON.valueToTree(there.reference()));
    assertWrites(writes);
    assertOneApplication();
  }

  @Test
  void anApplicationThatTheVendorEndsHasFailed() {
    JsonNode applied = apply();

    reject(applied);

    JsonNode rejected = caller.check(applied);
    assertState(rejected, "FAILED");
    assertThat(rejected.at("/error/class").asText()).isEqualTo("FINAL");
    assertThat(rejected.at("/error/retryable").asBoolean()).isFalse();
  }

  // --- writes that went wrong ---

  @ParameterizedTest
  @CsvSource({
    "RESET_AFTER, Transport.Broken",
    "SLOW,        Transport.Timeout",
    "OVERSIZE,    Transport.TooLarge",
    "MALFORMED,   Transport.Malformed"
  })
  void anApplicationWhoseAnswerIsLostIsFoundAgain(String kind, String code) {
    caller.fault(FaultSpec.of(provider, contract.write(), kind).with("delay", "PT3S"));

    JsonNode entry = apply();
    assertHistory(entry, "RETRY " + code);
    JsonNode found = settled(entry);

    assertState(found, "PENDING_VALIDATION");
    assertState(publishAndCheck(found), "ISSUED");
    assertOneApplication();
  }

  @ParameterizedTest
  @CsvSource({"RESET_BEFORE, Transport.Broken", "HTML, Transport.Malformed"})
  void anApplicationThatNeverArrivedIsSentAgainOnceThatIsKnown(String kind, String code) {
    caller.fault(FaultSpec.of(provider, contract.write(), kind));

    JsonNode entry = apply();
    assertState(entry, "UNCERTAIN");
    assertThat(entry.at("/error/code").asText()).isEqualTo(code);
    assertThat(entry.at("/error/retryable").asBoolean()).isTrue();
    assertWrites(1);

    assertState(settled(entry), "PENDING_VALIDATION");
    assertWrites(2);
    assertOneApplication();
  }

  @Test
  void aThrottledApplicationIsRepeated() {
    caller.fault(FaultSpec.of(provider, contract.write(), "THROTTLE").times(2));

    assertState(apply(), "PENDING_VALIDATION");

    assertWrites(3);
    assertOneApplication();
  }

  @Test
  void aUsedUpQuotaIsToldAndTheNextProviderServes() {
    String next = other();
    caller.fault(quota());
    caller.fault(quota());

    JsonNode alone = apply();
    assertState(alone, "FAILED");
    assertThat(alone.at("/error/class").asText()).isEqualTo("QUOTA");
    assertThat(alone.at("/error/code").asText()).isEqualTo(contract.quotaCode());

    JsonNode first = caller.applyFirst(domain, provider, next);
    assertThat(first.get("provider").asText()).isEqualTo(next);
    assertState(first, "PENDING_VALIDATION");
    assertThat(first.at("/passedOver/0/error/code").asText()).isEqualTo(contract.quotaCode());
    assertWrites(2);
  }

  private FaultSpec quota() {
    return FaultSpec.code(provider, contract.write(), contract.quotaStatus(), contract.quotaCode());
  }

  // --- looks that went wrong ---

  @ParameterizedTest
  @CsvSource({
    "RESET_BEFORE, Transport.Broken",
    "SLOW,         Transport.Timeout",
    "HTML,         Transport.Malformed",
    "MALFORMED,    Transport.Malformed",
    "OVERSIZE,     Transport.TooLarge"
  })
  void aLookThatWentWrongIsRepeatedAndChangesNothing(String kind, String code) {
    JsonNode applied = apply();
    int before = caller.calls(provider, contract.look());
    caller.fault(
        FaultSpec.of(provider, contract.look(), kind)
            .with("delay", "PT3S")
            .times(ContractProfile.ATTEMPTS));

    JsonNode checked = caller.check(applied);

    assertState(checked, "PENDING_VALIDATION");
    assertThat(checked.at("/error/code").asText()).isEqualTo(code);
    assertThat(caller.calls(provider, contract.look()) - before)
        .isEqualTo(ContractProfile.ATTEMPTS);
    assertState(publishAndCheck(applied), "ISSUED");
  }

  @Test
  void aStatusThatNobodyHasHeardOfIsToldVerbatimAndChangesNothing() {
    JsonNode applied = apply();
    caller.fault(unknownStatus("NeverHeardOf"));

    JsonNode checked = caller.check(applied);

    assertState(checked, "PENDING_VALIDATION");
    assertThat(checked.path("vendorStatus").asText() + checked.at("/error/code").asText())
        .contains("NeverHeardOf");
    assertState(publishAndCheck(applied), "ISSUED");
  }

  @Test
  void aVendorThatSaysNoRequestIdsIsUnderstood() {
    caller.fault(FaultSpec.of(provider, "*", "NO_REQUEST_ID").times(1000));

    JsonNode issued = publishAndCheck(apply());

    assertState(issued, "ISSUED");
    assertThat(caller.order(issued).findValues("requestId")).isEmpty();
  }

  @Test
  void blanksBehindTextsMeanNothing() {
    assertUnderstood("\":\"([^\"]+)\"", "\":\"$1 \"");
  }

  /** Applies to the end while every answer of the vendor is changed in the same way. */
  protected final void assertUnderstood(String pattern, String replacement) {
    caller.fault(FaultSpec.edit(provider, "*", pattern, replacement).times(1000));

    JsonNode issued = publishAndCheck(apply());

    assertState(issued, "ISSUED");
    assertThat(issued.at("/certificate/commonName").asText()).isEqualTo(domain);
    assertThat(issued.at("/certificate/notAfter").asText()).isNotEmpty();
    assertOneApplication();
  }
}
