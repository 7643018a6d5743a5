package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Applications;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.RevocationReason;
import dev.polycert.testing.Resources;
import dev.polycert.vault.TestVault;
import dev.polycert.vendor.acme.AcmeFixture.Applied;
import dev.polycert.vendor.acme.FakeCa.Reply;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts survive what becomes of them at their CA. */
class AcmeAccountsTest {
  private static final Reply NO_ACCOUNT = Reply.problem(400, "accountDoesNotExist", Map.of());
  private static final Reply NO_ORDER = Reply.problem(404, "malformed", Map.of());
  private static final Reply UNAUTHORIZED = Reply.problem(401, "unauthorized", Map.of());

  /** In base64 with {@code +}, {@code /} and padding. */
  private static final byte[] HMAC =
      "fake\u00fe\u00ff\u00fb hmac of 32 octets, no more".getBytes(ISO_8859_1);

  @RegisterExtension final Resources resources = new Resources();
  private final FakeCa ca = resources.add(new FakeCa());
  private final AcmeFixture acme = resources.add(AcmeFixture.at(ca.directory()));

  private static Applications order() {
    return Applications.forDomain("www.fake.example").key(KeyAlgorithm.EC_P256);
  }

  private Object place() {
    return AcmeFixture.came(
        acme.provider().place(order().plan(Map.of("ca", "test")).application(), acme.context()));
  }

  private AcmeFixture external(AcmeFixture fixture, String keyId, String hmac) {
    return fixture
        .set("polycert.acme.ca.\"test\".eab-key-id", keyId)
        .set("polycert.acme.ca.\"test\".eab-hmac", hmac);
  }

  private static String url(byte[] key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  private static JsonNode decoded(JsonNode part) {
    try {
      return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part.asText()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode binding(int account) {
    return ca.received("account").get(account).path("externalAccountBinding");
  }

  private static VendorError refused(Object outcome) {
    assertThat(outcome).isInstanceOf(Failure.Refused.class);
    return ((Failure.Refused) outcome).error();
  }

  // --- settings that change ---

  @Test
  void anOrderIsNotAskedForAtAnotherCaUnderTheSameName() {
    Applied applied = acme.apply(order());
    try (FakeCa next = new FakeCa()) {
      AcmeFixture moved = resources.add(acme.another());
      moved.set("polycert.acme.ca.\"test\".directory", next.directory());
      int asked = ca.received("order").size();

      VendorError error = refused(applied.at(moved).check());

      assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
      assertThat(error.message())
          .contains(ca.directory(), next.directory(), "POLYCERT_ACME_CA_TEST_DIRECTORY");
      assertThat(ca.received("order")).hasSize(asked);
      assertThat(next.received("account")).isEmpty();
      assertThat(moved.apply(order()).issued().phase()).isEqualTo(Phase.ISSUED);
    }
    assertThat(applied.issued().phase()).isEqualTo(Phase.ISSUED);
  }

  @Test
  void anOrderOfACaThatIsConfiguredNoMoreNamesItsSetting() {
    Applied applied = acme.apply(order());
    AcmeFixture without = resources.add(AcmeFixture.nowhere());
    without.set("polycert.acme.ca.\"other\".directory", ca.directory());

    VendorError error = refused(applied.at(without).check());

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains("POLYCERT_ACME_CA_TEST_DIRECTORY");
  }

  @Test
  void anotherVaultKeyIsReportedAndLeavesTheOrderWithItsKey() {
    Applied applied = acme.apply(order());
    String other = TestVault.key("another-fake-vault-key-for-tests");

    VendorError error = refused(applied.at(resources.add(acme.another().vaultKey(other))).check());

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains("POLYCERT_VAULT_KEY", "POLYCERT_VAULT_KEY_PREVIOUS");
    assertThat(ca.received("account")).as("no other account is made").hasSize(1);
    assertThat(applied.at(resources.add(acme.another())).issued().phase()).isEqualTo(Phase.ISSUED);
  }

  // --- lost by the CA ---

  @Test
  void anAccountThatTheCaHasLostIsMadeAgainAndTheOrderPlaced() {
    acme.apply(order());
    ca.on("new-order", NO_ACCOUNT);

    assertThat(place()).isInstanceOf(Progress.class);

    assertThat(ca.received("account")).hasSize(2);
    assertThat(place()).isInstanceOf(Progress.class);
    assertThat(ca.received("account")).as("known from then on").hasSize(2);
  }

  @Test
  void anAccountThatTheCaHasLostIsMadeAgainByAProcessThatStartsAnew() {
    acme.apply(order());
    AcmeFixture next = resources.add(acme.another());
    ca.on("new-order", NO_ACCOUNT);

    assertThat(next.apply(order()).issued().phase()).isEqualTo(Phase.ISSUED);
    assertThat(ca.received("account")).hasSize(2);
  }

  @Test
  void aCaThatAlwaysLosesItsAccountsIsAskedOnceMoreAndNotForEver() {
    ca.on("new-order", NO_ACCOUNT, NO_ACCOUNT, NO_ACCOUNT);

    VendorError error = refused(place());

    assertThat(error.code()).isEqualTo("accountDoesNotExist");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(ca.received("account")).hasSize(2);
  }

  @Test
  void anOrderThatWasLostWithItsAccountIsPlacedAgain() {
    Applied applied = acme.apply(order());
    ca.on("order", NO_ACCOUNT, NO_ORDER);

    Progress again = (Progress) applied.check();

    assertThat(again.reference()).isNotEqualTo(applied.progress().reference());
    assertThat(ca.received("new-order")).hasSize(2);
    Applied placed = new Applied(acme, AcmeFixture.with(applied.application(), again), again);
    assertThat(placed.issued().phase()).isEqualTo(Phase.ISSUED);
  }

  @Test
  void anotherOrderThatWasLostIsPlacedAgainByAProcessThatStartsAnew() {
    Applied applied = acme.apply(order());
    ca.on("new-order", NO_ACCOUNT);
    place();
    ca.on("order", NO_ORDER);

    Progress again = (Progress) applied.at(resources.add(acme.another())).check();

    assertThat(again.reference()).isNotEqualTo(applied.progress().reference());
  }

  @Test
  void anOrderThatIsGoneWhileItsAccountIsNotIsAbsent() {
    Applied applied = acme.apply(order());
    ca.on("order", NO_ORDER);

    assertThat(applied.check()).isInstanceOf(Failure.Absent.class);
    assertThat(ca.received("new-order")).hasSize(1);
  }

  @Test
  void whatIsGoneNeedsNoCancelling() {
    Applied applied = acme.apply(order());
    ca.on("order", NO_ORDER);

    assertThat(AcmeFixture.came(acme.provider().cancel(applied.application(), acme.context())))
        .isInstanceOf(Failure.Absent.class);
  }

  @Test
  void aCertificateIsRevokedByItsOwnKeyWhereTheCaHasEndedTheAccount() {
    Applied applied = acme.apply(order());
    applied.issued();
    ca.on("revoke", UNAUTHORIZED);

    Object revoked =
        AcmeFixture.came(
            acme.provider()
                .revoke(applied.application(), RevocationReason.SUPERSEDED, acme.context()));

    assertThat(((Progress) revoked).phase()).isEqualTo(Phase.REVOKED);
    assertThat(ca.received("revoke")).hasSize(2);
  }

  /** Let's Encrypt takes a second revocation by the certificate's key alone. */
  @Test
  void aCompromisedKeyIsReportedByItself() {
    Applied applied = acme.apply(order());
    applied.issued();

    Object reported =
        AcmeFixture.came(acme.provider().reportCompromise(applied.application(), acme.context()));

    assertThat(((Progress) reported).phase()).isEqualTo(Phase.REVOKED);
    assertThat(ca.received("revoke"))
        .singleElement()
        .satisfies(sent -> assertThat(sent.path("reason").intValue()).isEqualTo(1));
  }

  // --- bound to an account outside of ACME ---

  @Test
  void anAccountWhoseAnswerWasLostIsFoundByItsKeyWhereItsCredentialsServeOnce() {
    external(acme, "kid-1", url(HMAC));
    ca.on("account", Reply.lost(), UNAUTHORIZED);

    assertThat(place()).isInstanceOf(Progress.class);

    assertThat(ca.received("account").getLast().path("onlyReturnExisting").asBoolean()).isTrue();
  }

  @Test
  void anAccountThatADeadProcessMadeIsFoundByItsKey() {
    external(acme, "kid-1", url(HMAC));
    ca.on("account", UNAUTHORIZED, NO_ACCOUNT, UNAUTHORIZED);
    assertThat(refused(place()).code()).isEqualTo("unauthorized");

    assertThat(resources.add(acme.another()).apply(order())).isNotNull();

    assertThat(ca.received("account")).hasSize(4);
    assertThat(ca.received("account").getLast().path("onlyReturnExisting").asBoolean()).isTrue();
  }

  @Test
  void otherCredentialsMakeAnotherAccountAndOrdersStayWithTheirs() {
    external(acme, "kid-1", url(HMAC));
    Applied old = acme.apply(order());
    AcmeFixture next = resources.add(external(acme.another(), "kid-2", url(HMAC)));

    Applied other = next.apply(order());

    assertThat(decoded(binding(1).path("protected")).path("kid").asText()).isEqualTo("kid-2");
    assertThat(decoded(binding(1).path("payload")))
        .as("another key")
        .isNotEqualTo(decoded(binding(0).path("payload")));
    assertThat(old.at(next).issued().phase()).isEqualTo(Phase.ISSUED);
    assertThat(other.issued().phase()).isEqualTo(Phase.ISSUED);
    assertThat(ca.received("account")).hasSize(2);
    AcmeFixture again = resources.add(external(acme.another(), "kid-2\n", url(HMAC)));
    again.apply(order());
    AcmeFixture without = resources.add(external(acme.another(), "", ""));
    assertThat(without.apply(order()).application().plan()).containsEntry("eabKeyId", "kid-2");
    assertThat(ca.received("account")).as("the same credentials, or none any more").hasSize(2);
  }

  @Test
  void credentialsThatAreSetLaterBindAnotherAccount() {
    acme.apply(order());
    AcmeFixture bound = resources.add(external(acme.another(), "kid-1", url(HMAC)));

    bound.apply(order());

    assertThat(ca.received("account")).hasSize(2);
    assertThat(binding(1).isMissingNode()).isFalse();
  }

  @Test
  void anAccountThatTheCaHasEndedIsReportedWithTheVariablesThatHelp() {
    external(acme, "kid-1", url(HMAC));
    ca.on("new-order", UNAUTHORIZED);

    assertThat(refused(place()).message())
        .contains("because of unauthorized")
        .contains("POLYCERT_ACME_CA_TEST_EAB_KEY_ID", "POLYCERT_ACME_CA_TEST_EAB_HMAC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base64", "padded", "newline", "wrapped"})
  void aKeyServesInEachFormThatCasShowItIn(String form) throws Exception {
    String base64 = Base64.getEncoder().encodeToString(HMAC);
    assertThat(base64).contains("+", "/", "=");
    external(
        acme,
        "kid-1",
        switch (form) {
          case "base64" -> base64.replace("=", "");
          case "padded" -> Base64.getUrlEncoder().encodeToString(HMAC);
          case "newline" -> base64 + "\n";
          default -> base64.substring(0, 20) + "\r\n " + base64.substring(20);
        });

    assertThat(place()).isInstanceOf(Progress.class);

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(HMAC, "HMAC"));
    String signed =
        binding(0).path("protected").asText() + "." + binding(0).path("payload").asText();
    assertThat(binding(0).path("signature").asText())
        .isEqualTo(url(mac.doFinal(signed.getBytes(US_ASCII))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary!", "====", "canary.canary", "c"})
  void aKeyThatIsNoneIsReportedByItsVariableBeforeAnythingIsSent(String hmac) {
    external(acme, "kid-1", hmac);

    VendorError error = refused(acme.prepare(order().application()));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains("POLYCERT_ACME_CA_TEST_EAB_HMAC").doesNotContain("canary");
    assertThat(ca.received("account")).isEmpty();
  }

  @Test
  void aRefusedKeySaysWhatIsOddAboutIt() {
    external(acme, "kid-1", url(url(HMAC).getBytes(US_ASCII)));
    ca.on("account", UNAUTHORIZED, NO_ACCOUNT);
    assertThat(refused(place()).message()).contains("EAB_HMAC", "encoded twice");

    AcmeFixture brief = resources.add(external(acme.another(), "kid-2", url(new byte[16])));
    ca.on("account", UNAUTHORIZED, NO_ACCOUNT);
    var planned = order().plan(Map.of("ca", "test", "eabKeyId", "kid-2")).application();
    assertThat(
            refused(AcmeFixture.came(brief.provider().place(planned, brief.context()))).message())
        .contains("EAB_HMAC", "16 octets");
  }
}
