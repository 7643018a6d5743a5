package dev.polycert.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.Issuer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records are those of RFC 8659 and RFC 8657, or what people write in their place. */
class CaaVerdictTest {
  private static final String ACCOUNT = "https://ca.example/acct/1";
  private static final Issuer CA =
      Issuer.ofAcme(List.of("ca.example", "ca.example.net"), ACCOUNT, "dns-01");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 issue ca.example",
        "0 ISSUE CA.Example",
        "0 issue  ca.example.net ; ",
        "0 issue ca.example; unknown=whatever",
        "0 issue ca.example; accounturi=https://ca.example/acct/1",
        "0 issue ca.example; validationmethods=http-01,dns-01",
        "0 iodef mailto:security@example.com",
        "0 issuewild other.example",
        "0 unknown x",
        "128 issue ca.example",
        "128 issuemail ;",
      })
  void letsIssue(String record) {
    assertThat(refusal(CA, false, record)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 issue other.example",
        "0 issue ;",
        "0 issue ",
        "0 issue sub.ca.example",
        "0 issue %%%%%",
        "0 issue ca.example; malformed",
        "0 issue ca.example; accounturi=https://ca.example/acct/2",
        "0 issue ca.example; accounturi=https://ca.example/acct/1;"
            + " accounturi=https://ca.example/acct/1",
        "0 issue ca.example; validationmethods=http-01",
        "0 issue ca.example; validationmethods=",
        "128 tbs Unknown",
      })
  void forbidsToIssue(String record) {
    assertThat(refusal(CA, false, record)).isPresent();
  }

  @Test
  void oneRecordThatLetsIssueIsEnoughAndOneThatIsUnknownAndCriticalIsTooMuch() {
    String ours = "0 issue ca.example";

    assertThat(refusal(CA, false, "0 issue other.example", ours)).isEmpty();
    assertThat(refusal(CA, false, ours, "128 tbs Unknown").orElseThrow())
        .isEqualTo(
            "CAA example.com has 128 tbs \"Unknown\", which is critical and unknown to CAs, so that"
                + " none may issue: remove it, or its flag 128");
  }

  @Test
  void wildcardsHaveRecordsOfTheirOwnWhichGoFirst() {
    String none = "0 issue ;";
    String wild = "0 issuewild ca.example";

    assertThat(refusal(CA, true, none, wild)).isEmpty();
    assertThat(refusal(CA, false, none, wild)).isPresent();
    assertThat(refusal(CA, true, none)).isPresent();
    assertThat(refusal(CA, true, "0 issue ca.example", "0 issuewild ;").orElseThrow())
        .contains("0 issuewild \";\"", "for a wildcard", "add CAA example.com with value 0")
        .contains("0 issuewild \"ca.example\" or \"ca.example.net\"");
  }

  /** Its account and its way of validating are its own, and its name may not be known. */
  @Test
  void theCaBehindAVendorIsHeldToWhatIsKnownOfIt() {
    Issuer named = Issuer.behindVendor(List.of("ca.example"));
    Issuer nameless = Issuer.behindVendor(List.of());

    assertThat(refusal(named, false, "0 issue ca.example; validationmethods=http-01")).isEmpty();
    assertThat(refusal(named, false, "0 issue other.example")).isPresent();
    assertThat(refusal(nameless, false, "0 issue other.example")).isEmpty();
    assertThat(refusal(nameless, false, "0 issue ;").orElseThrow())
        .isEqualTo(
            "CAA example.com has 0 issue \";\", which does not let any CA issue: remove it, or add"
                + " the CA");
  }

  @Test
  void saysWhichConditionIsNotMet() {
    assertThat(refusal(CA, false, "0 issue ca.example; accounturi=https://x.example/2"))
        .hasValueSatisfying(
            text -> assertThat(text).contains("by this account, which is " + ACCOUNT));
    assertThat(refusal(CA, false, "0 issue ca.example; validationmethods=http-01"))
        .hasValueSatisfying(text -> assertThat(text).contains("by a validation with dns-01"));
  }

  @Test
  void anAccountThatIsNotMadeYetIsLeftToTheCa() {
    Issuer unknown = Issuer.ofAcme(CA.identities(), null, "dns-01");

    assertThat(refusal(unknown, false, "0 issue ca.example; accounturi=https://x.example/2"))
        .isEmpty();
  }

  private static Optional<String> refusal(Issuer issuer, boolean wildcard, String... records) {
    return new CaaVerdict(Arrays.stream(records).map(CaaProperty::read).toList(), wildcard, issuer)
        .refusal("example.com");
  }
}
