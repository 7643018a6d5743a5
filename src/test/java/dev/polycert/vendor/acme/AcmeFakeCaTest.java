package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import dev.polycert.vendor.acme.AcmeFixture.Applied;
import dev.polycert.vendor.acme.FakeCa.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no CA shows on demand: refusals, lost answers, wrong certificates, renewal windows. */
@StartsProcesses
class AcmeFakeCaTest {
  @RegisterExtension final Resources resources = new Resources();
  private final FakeCa ca = resources.add(new FakeCa());
  private AcmeFixture acme = resources.add(AcmeFixture.at(ca.directory()));

  private static Applications order() {
    return Applications.forDomain("www.fake.example").key(KeyAlgorithm.EC_P256);
  }

  private Object place() {
    Preparation.Ready ready = (Preparation.Ready) acme.prepare(order().application());
    var planned = order().plan(ready.plan().settings()).application();
    return AcmeFixture.came(acme.provider().place(planned, acme.context()));
  }

  private static VendorError refused(Object outcome) {
    assertThat(outcome).isInstanceOf(Failure.Refused.class);
    return ((Failure.Refused) outcome).error();
  }

  // --- refusals ---

  @Test
  void aRateLimitIsToldWithItsTime() {
    ca.on("new-order", Reply.problem(429, "rateLimited", Map.of("Retry-After", "120")));

    VendorError error = refused(place());

    assertThat(error.errorClass()).isEqualTo(ErrorClass.THROTTLED);
    assertThat(error.code()).isEqualTo("rateLimited");
    assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(120));
  }

  @ParameterizedTest
  @CsvSource({"172800, 172800", "604801, 604801", "99999999999, 7776000"})
  void aWaitOfDaysIsObeyedWhole(String header, long seconds) {
    ca.on("new-order", Reply.problem(429, "rateLimited", Map.of("Retry-After", header)));

    assertThat(refused(place()).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void aDateToWaitForIsReadByTheClockOfTheCa() {
    acme.clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(-2)));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusDays(2).plusSeconds(30));
    ca.on("new-order", Reply.problem(429, "rateLimited", Map.of("Retry-After", date)));

    assertThat(refused(place()).retryAfter())
        .isBetween(Duration.ofDays(2), Duration.ofDays(2).plusSeconds(31));
  }

  @Test
  void aPausedNameNeedsAPersonWhoGetsTheWholeLink() {
    String link = "https://portal.ca.example/sfe/v1/unpause?jwt=" + "fake".repeat(200) + ".end";
    String detail =
        "Your account is temporarily prevented from requesting certificates for"
            + " www.fake.example and possibly others. Please visit: "
            + link;
    ca.on(
        "new-order",
        new Reply(
            429,
            Map.of("Content-Type", "application/problem+json"),
            "{\"type\":\"urn:ietf:params:acme:error:rateLimited\",\"detail\":\"" + detail + "\"}"));

    VendorError error = refused(place());

    assertThat(error.errorClass()).isEqualTo(ErrorClass.NEEDS_USER);
    assertThat(error.code()).isEqualTo("rateLimited");
    assertThat(error.message()).contains(link);
    assertThat(ca.received("new-order")).hasSize(1);
  }

  @Test
  void anActionThatTheCaWantsOfThePersonIsShownWithItsPage() {
    ca.on(
        "new-order",
        new Reply(
            403,
            Map.of("Content-Type", "application/problem+json"),
            "{\"type\":\"urn:ietf:params:acme:error:userActionRequired\",\"detail\":\"Terms of"
                + " service have changed\",\"instance\":\"https://ca.example/agree?token=1\"}"));

    VendorError error = refused(place());

    assertThat(error.errorClass()).isEqualTo(ErrorClass.NEEDS_USER);
    assertThat(error.message())
        .contains("Terms of service have changed", "https://ca.example/agree?token=1");
  }

  @Test
  void aRateLimitThatIsSoonOverIsWaitedFor() {
    ca.on("new-order", Reply.problem(429, "rateLimited", Map.of("Retry-After", "1")));

    assertThat(place()).isInstanceOf(Progress.class);
    assertThat(ca.received("new-order")).hasSize(2);
  }

  @Test
  void aBadNonceTookNoEffectAndIsTriedAgain() {
    Reply bad = Reply.problem(400, "badNonce", Map.of());
    ca.on("new-order", IntStream.range(0, 25).mapToObj(i -> bad).toArray(Reply[]::new));

    assertThat(place()).isInstanceOf(Progress.class);
    assertThat(ca.received("new-order")).hasSize(26);
  }

  @ParameterizedTest
  @CsvSource({"503, HTTP.503", "200, Transport.Malformed"})
  void anEmptyAnswerToAWriteIsUnclearAndFoundAbsent(int status, String code) {
    ca.on("new-order", new Reply(status, Map.of(), ""));

    Object outcome = place();

    assertThat(outcome).isInstanceOf(Failure.Unclear.class);
    assertThat(((Failure.Unclear) outcome).error().code()).isEqualTo(code);
    assertThat(AcmeFixture.came(acme.provider().find(order().application(), acme.context())))
        .isInstanceOf(Failure.Absent.class);
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    acme.set("polycert.http.max-response", "10K");
    Applied applied = acme.apply(order());
    ca.on("order", Reply.endless(), Reply.endless(), Reply.endless(), Reply.endless());

    assertThat(refused(applied.check()).code()).isEqualTo("Transport.TooLarge");
    assertThat(applied.issued().phase()).isEqualTo(Phase.ISSUED);
  }

  @Test
  void aLookThatFailsForAMomentIsRepeatedAndThenToldWithItsTime() {
    Applied applied = acme.apply(order());
    ca.on("order", new Reply(503, Map.of(), ""), new Reply(503, Map.of("Retry-After", "90"), ""));

    VendorError error = refused(applied.check());

    assertThat(error.errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(90));
    assertThat(ca.received("order")).hasSize(2);
  }

  @Test
  void aProfileThatTheCaDoesNotHaveIsNamedWithThoseThatItHas() {
    VendorError error = refused(acme.prepare(order().option("profile", "classic").application()));

    assertThat(error.message()).contains("profile").contains("classic").contains("shortlived");
    assertThat(ca.received("new-order")).isEmpty();
  }

  @Test
  void aProfileIsAskedForInTheOrder() {
    acme.apply(order().option("profile", "shortlived"));

    assertThat(ca.received("new-order").getFirst().path("profile").asText())
        .isEqualTo("shortlived");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlsserver", "shortlived"})
  void aProfileWithFewerNamesIsRejectedWithItsLimit(String profile) {
    Applications many =
        order()
            .option(
                "alternativeNames",
                IntStream.range(0, 25)
                    .mapToObj(i -> "h" + i + ".fake.example")
                    .collect(Collectors.joining(",")));

    assertThat(refused(acme.prepare(many.option("profile", profile).application())).message())
        .contains("alternativeNames", "26 names", profile, "at most 25");
    assertThat(acme.prepare(many.application())).isInstanceOf(Preparation.Ready.class);
  }

  /** Boulder refuses such an order; a validation would be spent for nothing. */
  @Test
  void aNameThatAWildcardOfTheRequestCoversIsRefusedBeforehand() {
    Applications wildcard = Applications.forDomain("*.fake.example");
    Applications covered = wildcard.option("alternativeNames", "fake.example www.fake.example");

    assertThat(refused(acme.prepare(covered.application())).message())
        .isEqualTo(
            "option alternativeNames: www.fake.example is covered by *.fake.example, beside which"
                + " CAs refuse it; leave it out");
    assertThat(
            acme.prepare(
                wildcard.option("alternativeNames", "fake.example a.b.fake.example").application()))
        .isInstanceOf(Preparation.Ready.class);
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "1, 8"})
  void whatTheCaGivesUpSoonIsToBePublishedByThen(int orderHours, int proofHours) {
    Instant now = Instant.now();
    ca.wantsProofs()
        .gives(now.plus(Duration.ofHours(orderHours)), now.plus(Duration.ofHours(proofHours)));

    assertThat(acme.apply(order()).progress().until())
        .isCloseTo(now.plus(Duration.ofHours(1)), within(10, ChronoUnit.SECONDS));
  }

  @Test
  void aRequestForACertificateAsksForNoUsage() throws Exception {
    acme.apply(order()).issued();

    var request =
        new PKCS10CertificationRequest(
            Base64.getUrlDecoder().decode(ca.received("finalize").getFirst().path("csr").asText()));
    assertThat(request.getRequestedExtensions().getExtensionOIDs())
        .containsExactly(Extension.subjectAlternativeName);
  }

  @Test
  void aCaThatIsNotConfiguredIsNamedWithThoseThatAre() {
    assertThat(refused(acme.prepare(order().option("ca", "other").application())).message())
        .contains("option ca", "'other'", "test");
  }

  // --- the certificate takes its time ---

  @Test
  void aCertificateThatTakesMinutesIsAskedForWhenTheCaSays() {
    ca.processes(2, "300");
    Applied applied = acme.apply(order());

    Object waiting = applied.check();

    assertThat(waiting)
        .isInstanceOfSatisfying(
            Failure.Deferred.class,
            deferred ->
                assertThat(deferred.notBefore())
                    .isCloseTo(Instant.now().plusSeconds(300), within(30, ChronoUnit.SECONDS)));
    assertThat(applied.issued().phase()).isEqualTo(Phase.ISSUED);
    assertThat(ca.received("finalize")).hasSize(1);
  }

  @Test
  void aCertificateThatNeverComesIsReportedAsProcessing() {
    ca.processes(Integer.MAX_VALUE, "");
    acme.patience(Duration.ofSeconds(1));

    Progress progress = (Progress) acme.apply(order()).check();

    assertThat(progress.phase()).isEqualTo(Phase.APPLYING);
    assertThat(progress.vendorStatus()).isEqualTo("processing");
  }

  @Test
  void whatShallEndIsLookedAtAndNotIssued() {
    Applied applied = acme.apply(order());

    Object outcome = AcmeFixture.came(acme.provider().look(applied.application(), acme.context()));

    assertThat(((Progress) outcome).phase()).isEqualTo(Phase.APPLYING);
    assertThat(ca.received("finalize")).isEmpty();
  }

  @Test
  void aFinalizeWhoseAnswerIsLostIsNotSentAgain() {
    ca.on("finalize", Reply.lost());

    assertThat(acme.apply(order()).issued().phase()).isEqualTo(Phase.ISSUED);
    assertThat(ca.received("finalize")).hasSize(1);
  }

  @Test
  void aValidationThatTheCaWasAskedForAlreadyGoesOn() {
    ca.wantsProofs().on("challenge", Reply.lost(), Reply.problem(400, "malformed", Map.of()));

    assertThat(acme.apply(order()).issued().phase()).isEqualTo(Phase.ISSUED);
    assertThat(ca.received("challenge")).hasSize(2);
  }

  @Test
  void aRefusedRequestForTheCertificateEndsTheOrder() {
    ca.on("finalize", Reply.problem(400, "badCSR", Map.of()));

    Progress failed = (Progress) acme.apply(order()).check();

    assertThat(failed.phase()).isEqualTo(Phase.FAILED);
    assertThat(failed.vendorStatus()).isEqualTo("badCSR");
  }

  // --- certificates that nobody must get ---

  @ParameterizedTest
  @CsvSource({
    "WRONG_KEY,          Certificate.WrongKey",
    "WRONG_NAMES,        Certificate.WrongNames",
    "EXPIRED,            Certificate.WrongDates",
    "NOT_YET_VALID,      Certificate.WrongDates",
    "FOREIGN_CHAIN,      Certificate.BrokenChain",
    "NOTHING,            Certificate.None"
  })
  void aWrongCertificateEndsTheOrderByNameAndIsNotKept(FakeIssuer.Flaw flaw, String code) {
    ca.issues(flaw);
    Applied applied = acme.apply(order());

    Progress failed = (Progress) applied.check();

    assertThat(failed.phase()).isEqualTo(Phase.FAILED);
    assertThat(failed.vendorStatus()).isEqualTo(code);
    assertThat(failed.message()).isNotBlank();
    var export =
        AcmeFixture.done(acme.provider().export(applied.application(), true, acme.context()));
    assertThat(export)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            none -> assertThat(none.failure().toString()).contains("Certificate.NotKept"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, -12, 2400})
  void aGoodCertificateIsKeptWhereOurClockIsWrong(long hours) {
    acme.clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(hours)));

    Progress issued = acme.apply(order()).issued();

    assertThat(issued.message()).contains("clock", hours < 0 ? "behind" : "ahead of");
  }

  // --- chains ---

  private List<String> issuers(Applied applied) {
    applied.issued();
    var export =
        AcmeFixture.done(acme.provider().export(applied.application(), false, acme.context()));
    return IssuedChain.read(((Answer.Success<CertificateBundle>) export).value().chain())
        .certificates()
        .stream()
        .map(above -> above.getIssuerX500Principal().getName())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeIssuer.Flaw.class,
      names = {"CHAIN_OUT_OF_ORDER", "LEAF_LAST", "SURPLUS_CERTIFICATE", "SURPLUS_ROOT", "TWICE"})
  void aChainIsPutInOrderWithoutWhatIsOfNoUse(FakeIssuer.Flaw flaw) {
    ca.issues(flaw);

    assertThat(issuers(acme.apply(order()))).containsExactly("CN=Fake Root", "CN=Fake Root");
  }

  @Test
  void theChainToThePreferredRootIsTaken() {
    assertThat(issuers(acme.apply(order().option("preferredChain", "Other Root"))))
        .containsExactly("CN=Other Root");
    assertThat(issuers(acme.apply(order().option("preferredChain", "Fake Root"))))
        .containsExactly("CN=Fake Root", "CN=Fake Root");
    Applied other = acme.apply(order().option("preferredChain", "No Such Root"));
    assertThat(issuers(other)).containsExactly("CN=Fake Root", "CN=Fake Root");
    assertThat(other.issued().message())
        .isEqualTo(
            "option preferredChain: the CA has no chain to 'No Such Root'; its first one is taken,"
                + " which leads to 'Fake Root'");
  }

  @Test
  void theChainThatIsConfiguredIsTakenWhereTheRequestNamesNone() {
    acme.set("polycert.acme.ca.\"test\".preferred-chain", "Other Root");

    assertThat(issuers(acme.apply(order()))).containsExactly("CN=Other Root");
  }

  /** The certificate is in the vault after the first check, which may have been cut off. */
  @Test
  void aConfiguredChainThatTheCaLacksIsReportedByEachCheck() {
    acme.set("polycert.acme.ca.\"test\".preferred-chain", "No Such Root");
    String lacking =
        "POLYCERT_ACME_CA_TEST_PREFERRED_CHAIN: the CA has no chain to 'No Such Root'; its first"
            + " one is taken, which leads to 'Fake Root'";

    Applied applied = acme.apply(order());

    assertThat(applied.issued().message()).isEqualTo(lacking);
    assertThat(applied.issued().message()).isEqualTo(lacking);
  }

  // --- settings ---

  @ParameterizedTest
  @CsvSource({
    "trust,     /nowhere.pem,      trust of an ACME CA",
    "directory, acme://ca.example, the directory of acme/default/test",
    "contact,   a@b?c,             POLYCERT_ACME_CA_TEST_CONTACT",
    "eab-hmac,  canary!,           POLYCERT_ACME_CA_TEST_EAB_HMAC"
  })
  void aSettingThatCannotBeUsedIsNamed(String setting, String value, String named) {
    acme.set("polycert.acme.ca.\"test\"." + setting, value);
    acme.set("polycert.acme.ca.\"test\".eab-key-id", "kid-1");
    if (!setting.equals("eab-hmac")) {
      acme.set("polycert.acme.ca.\"test\".eab-hmac", "fakefakefakefake");
    }
    var planned = order().plan(Map.of("ca", "test")).application();

    VendorError error = refused(AcmeFixture.came(acme.provider().place(planned, acme.context())));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains(named).doesNotContain("canary");
  }

  // --- renewals ---

  private Optional<RenewalWindow> window(String body, Map<String, String> headers) {
    ca.suggestsRenewals();
    Applied applied = acme.apply(order());
    applied.issued();
    ca.on("ari", Reply.json(body, headers));
    return AcmeFixture.done(acme.provider().renewalWindow(applied.application(), acme.context()));
  }

  @Test
  void aSuggestedWindowIsToldWithTheTimeOfTheNextLook() {
    Optional<RenewalWindow> window =
        window(
            """
            {"suggestedWindow":{"start":"2026-01-02T03:04:05Z","end":"2026-01-03T03:04:05Z"},
             "explanationURL":"https://ca.example/why"}
            """,
            Map.of("Retry-After", "7200"));

    assertThat(window)
        .hasValueSatisfying(
            told -> {
              assertThat(told.start()).isEqualTo("2026-01-02T03:04:05Z");
              assertThat(told.end()).isEqualTo("2026-01-03T03:04:05Z");
              assertThat(told.explanation()).isEqualTo("https://ca.example/why");
              assertThat(told.nextLook())
                  .isCloseTo(Instant.now().plusSeconds(7200), within(60, ChronoUnit.SECONDS));
            });
  }

  @ParameterizedTest
  @CsvSource({"1, 60", "900000, 86400", "soon, 21600"})
  void theNextLookIsNeitherAtOnceNorNever(String retryAfter, long seconds) {
    Optional<RenewalWindow> window =
        window(
            "{\"suggestedWindow\":{\"start\":\"2026-01-02T03:04:05Z\",\"end\":\"2026-01-03T03:04:05Z\"}}",
            Map.of("Retry-After", retryAfter));

    assertThat(window.orElseThrow().nextLook())
        .isCloseTo(Instant.now().plusSeconds(seconds), within(50, ChronoUnit.SECONDS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'suggestedWindow':{'start':'2026-01-03T00:00:00Z','end':'2026-01-02T00:00:00Z'}}",
        "{'suggestedWindow':{'start':'2026-01-03T00:00:00Z','end':'2026-01-03T00:00:00Z'}}",
        "{'suggestedWindow':{'start':'tomorrow','end':'later'}}",
        "{'suggestedWindow':'now'}",
        "{}",
        "[]"
      },
      quoteCharacter = '`')
  void aWindowThatIsNoneIsIgnored(String body) {
    assertThat(window(body.replace('\'', '"'), Map.of())).isEmpty();
  }

  @Test
  void aCaWithoutRenewalInfoSuggestsNothingAndIsNotAsked() {
    Applied applied = acme.apply(order());
    applied.issued();

    assertThat(
            AcmeFixture.done(acme.provider().renewalWindow(applied.application(), acme.context())))
        .isEmpty();
    assertThat(ca.received("ari")).isEmpty();
  }

  private Applications renewal() {
    ca.suggestsRenewals();
    Applied old = acme.apply(order());
    old.issued();
    Reference reference = old.application().requireReference();
    return order().renewalOf(reference);
  }

  @Test
  void aCaThatHasClosedIsLeftForAnotherOne() {
    try (FakeCa open = new FakeCa().suggestsRenewals()) {
      Applications renewal = renewal();
      AcmeFixture next = resources.add(acme.another());
      next.set("polycert.acme.ca.\"other\".directory", open.directory())
          .set("polycert.acme.default-ca", "other");
      ca.close();

      assertThat(next.apply(renewal.option("ca", "other")).issued().phase())
          .isEqualTo(Phase.ISSUED);
      assertThat(open.received("new-order").getFirst().has("replaces")).isFalse();
    }
  }

  @Test
  void aCaThatLacksASettingIsRefusedAlone() {
    AcmeFixture both = resources.add(acme.another());
    both.set("polycert.acme.ca.\"le\".directory", ca.directory())
        .set("polycert.acme.ca.\"le\".eab-key-id", "kid-1")
        .set("polycert.acme.default-ca", "test");

    assertThat(both.provider().service().account().missing()).isEmpty();
    assertThat(refused(both.prepare(order().option("ca", "le").application())).message())
        .isEqualTo("the CA le needs POLYCERT_ACME_CA_LE_EAB_HMAC");
    assertThat(both.apply(order()).issued().phase()).isEqualTo(Phase.ISSUED);
  }

  @Test
  void aCaThatIsConfiguredNoMoreIsReportedWithTheWayToAnotherOne() {
    assertThat(refused(acme.prepare(renewal().option("ca", "closed").application())).message())
        .contains("'closed'", "test", "option ca", "reissue");
  }

  @Test
  void aRenewalSaysWhatItReplaces() {
    acme.apply(renewal());

    // The key identifier 010203 and the serial number (RFC 9773, section 4.1).
    assertThat(ca.received("new-order").getLast().path("replaces").asText()).startsWith("AQID.");
  }

  @Test
  void aRenewalIsPlacedAlsoWhereTheCaWillNotHaveItReplaceAnything() {
    Applications renewal = renewal();
    ca.on("new-order", Reply.problem(409, "alreadyReplaced", Map.of()));

    assertThat(acme.apply(renewal).issued().phase()).isEqualTo(Phase.ISSUED);

    assertThat(ca.received("new-order")).hasSize(3);
    assertThat(ca.received("new-order").get(1).has("replaces")).isTrue();
    assertThat(ca.received("new-order").get(2).has("replaces")).isFalse();
  }

  // --- the account ---

  @Test
  void theAccountIsMadeOnceHoweverManyProcessesBeginAtOnce() throws Exception {
    List<AcmeFixture> processes = IntStream.range(0, 4).mapToObj(i -> acme.another()).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Applied>> uses =
          IntStream.range(0, 16)
              .<Callable<Applied>>mapToObj(i -> () -> processes.get(i % 4).apply(order()))
              .toList();
      for (Future<Applied> use : threads.invokeAll(uses)) {
        assertThat(use.get().issued().phase()).isEqualTo(Phase.ISSUED);
      }
    }
    AcmeFixture cold = acme.another();
    cold.apply(order());

    assertThat(ca.received("account")).hasSize(1);
    processes.forEach(AcmeFixture::close);
    cold.close();
  }

  @Test
  void anAccountThatWasRefusedIsAskedForAgainByTheNextOrder() {
    ca.on("account", Reply.problem(403, "externalAccountRequired", Map.of()));

    assertThat(refused(place()).errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(place()).isInstanceOf(Progress.class);
    assertThat(ca.received("account")).hasSize(2);
  }
}
