package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.Signing;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.look.TestLooks;
import dev.polycert.provider.Applications;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.store.embedded.TestEmbeddedVault;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.acme.AcmeFixture.Applied;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of orders at a real ACME CA, which looks at a real DNS and web server. */
@RequiresPrograms({"pebble", "openssl"})
class AcmePebbleTest {
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static Pebble pebble;
  private static Vertx vertx;
  @RegisterExtension final Resources resources = new Resources();
  private TestEmbeddedVault store;
  private AcmeFixture acme;

  @BeforeAll
  static void startPebble() {
    pebble = RESOURCES.add(Pebble.start());
    vertx = RESOURCES.vertx();
  }

  @BeforeEach
  void open() {
    store = resources.add(TestEmbeddedVault.open(resources.directory().resolve("orders.mv")));
    acme =
        resources
            .add(AcmeFixture.at(pebble))
            .store(store.vault())
            .look(TestLooks.at(vertx, pebble.dnsServer(), pebble.webPort()));
  }

  private Applied publish(Applications applications) {
    Applied applied = acme.apply(applications);
    assertThat(applied.progress().phase()).isEqualTo(Phase.PENDING_VALIDATION);
    pebble.publish(applied.progress().validations());
    return applied;
  }

  private CertificateBundle export(Applied applied, boolean includePrivateKey) {
    var result =
        AcmeFixture.done(
            acme.provider().export(applied.application(), includePrivateKey, acme.context()));
    assertThat(result).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<CertificateBundle>) result).value();
  }

  @Test
  void whatIsPublishedIsIssuedWithAChainAndAKeyThatOpensslTakes() throws Exception {
    Applied applied = publish(Applications.forDomain("www.openssl.example"));

    Progress issued = applied.issued();

    assertThat(issued.certificate().names()).containsExactly("www.openssl.example");
    assertThat(issued.certificate().commonName()).isEqualTo("www.openssl.example");
    assertThat(issued.certificate().keyAlgorithm()).isEqualTo("RSA_2048");
    CertificateBundle export = export(applied, true);
    Path leaf = file("leaf.pem", export.certificate());
    Path key = file("key.pem", Objects.requireNonNull(export.privateKey()).reveal());
    String verified =
        openssl(
            "verify",
            "-CAfile",
            file("root.pem", pebble.root()).toString(),
            "-untrusted",
            file("chain.pem", export.chain()).toString(),
            leaf.toString());
    assertThat(verified).contains("leaf.pem: OK");
    assertThat(openssl("pkey", "-in", key.toString(), "-pubout"))
        .isEqualTo(openssl("x509", "-in", leaf.toString(), "-noout", "-pubkey"));
    assertThat(export(applied, false).privateKey()).isNull();
  }

  private static String digest(String keyAuthorization) {
    byte[] hash = HexFormat.of().parseHex(Signing.sha256Hex(keyAuthorization.getBytes(UTF_8)));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(resources.directory().resolve(name), text);
  }

  private static String openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void theCaIsNotAskedBeforeWeSeeTheRecordOurselves() {
    Applied applied = acme.apply(Applications.forDomain("www.early.example"));

    Object early = applied.check();

    assertThat(early).isInstanceOf(Failure.Refused.class);
    VendorError error = ((Failure.Refused) early).error();
    assertThat(error.errorClass()).isEqualTo(ErrorClass.PENDING);
    assertThat(error.message()).contains("_acme-challenge.www.early.example");
    pebble.publish(applied.progress().validations());
    assertThat(applied.issued().vendorStatus()).isEqualTo("valid");
  }

  @Test
  void aWrongRecordEndsTheOrderWithTheReasonOfTheCa() {
    acme.look(AcmeFixture.SEES_ALL);
    Applied applied = acme.apply(Applications.forDomain("www.wrong.example"));

    Progress failed = (Progress) applied.check();

    assertThat(failed.phase()).isEqualTo(Phase.FAILED);
    assertThat(failed.message()).contains("www.wrong.example").contains("unauthorized");
  }

  @Test
  void fiftyNamesAreOneCertificate() {
    String others =
        IntStream.range(1, 50)
            .mapToObj(i -> "h" + i + ".many.example")
            .collect(Collectors.joining(", "));
    Applied applied =
        publish(Applications.forDomain("many.example").option("alternativeNames", others));

    assertThat(applied.progress().validations()).hasSize(50);
    assertThat(applied.issued().certificate().names()).hasSize(50).contains("h49.many.example");
  }

  @Test
  void aNameAndItsWildcardShareARecordWithTwoValues() {
    Applied applied =
        publish(
            Applications.forDomain("both.example")
                .option("alternativeNames", "*.both.example")
                .validation(ValidationMethod.DNS_AUTO));

    assertThat(applied.progress().validations())
        .extracting(Validation::recordName)
        .containsExactly("_acme-challenge.both.example", "_acme-challenge.both.example");
    assertThat(applied.progress().validations())
        .extracting(Validation::recordValue)
        .doesNotHaveDuplicates()
        .as("RFC 8555, section 8.4")
        .isEqualTo(
            applied.progress().validations().stream()
                .map(Validation::keyAuthorization)
                .map(AcmePebbleTest::digest)
                .toList());
    assertThat(applied.issued().certificate().names())
        .containsExactlyInAnyOrder("both.example", "*.both.example");
  }

  @Test
  void aFileValidatesAsWell() {
    Applied applied =
        publish(Applications.forDomain("www.file.example").validation(ValidationMethod.FILE));

    Validation file = applied.progress().validations().getFirst();
    assertThat(file.url()).startsWith("http://www.file.example/.well-known/acme-challenge/");
    assertThat(applied.issued().certificate().names()).containsExactly("www.file.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1"})
  void anAddressGetsACertificateToo(String address) {
    Applied applied = publish(Applications.forDomain(address).validation(ValidationMethod.FILE));

    assertThat(applied.issued().certificate().names())
        .containsExactly(DomainName.ofHost(address).ascii());
    assertThat(export(applied, true).privateKey()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(value = KeyAlgorithm.class, names = "RSA_2048", mode = EnumSource.Mode.EXCLUDE)
  void theKeyIsOfTheKindAskedFor(KeyAlgorithm algorithm) {
    // The primes of a long key take a busy machine a minute, now and then.
    acme.patience(Duration.ofMinutes(4));
    Applied applied = publish(Applications.forDomain("www.kind.example").key(algorithm));

    assertThat(applied.issued().certificate().keyAlgorithm()).isEqualTo(algorithm.name());
    assertThat(export(applied, true).privateKey()).isNotNull();
  }

  @Test
  void theApplicantMayKeepTheKey() {
    KeyPair own = PemKeys.generate(KeyAlgorithm.EC_P256);
    Csr request = Csr.of(own, Set.of(DomainName.parse("own.example")));
    Information csr =
        new Information(
            null, null, null, PemKeys.block("CERTIFICATE REQUEST", request.der()), null);

    Applied applied = publish(Applications.forDomain("own.example").information(csr));
    applied.issued();

    assertThat(IssuedChain.read(export(applied, false).certificate()).leaf().getPublicKey())
        .isEqualTo(own.getPublic());
    var refused =
        AcmeFixture.done(acme.provider().export(applied.application(), true, acme.context()));
    assertThat(refused)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.failure().toString()).contains("PrivateKey.NotGiven"));
    Object other =
        acme.prepare(Applications.forDomain("other.example").information(csr).application());
    assertThat(((Failure.Refused) other).error().message())
        .contains("information.csr")
        .contains("own.example")
        .contains("other.example");
  }

  @Test
  void whatIsRevokedIsRevokedAtTheCaAndASecondTimeIsTheSame() {
    Applied applied = publish(Applications.forDomain("www.revoked.example"));
    String serial = applied.issued().certificate().serialNumber();

    for (int time = 0; time < 2; time++) {
      Object revoked =
          AcmeFixture.came(
              acme.provider()
                  .revoke(applied.application(), RevocationReason.SUPERSEDED, acme.context()));
      assertThat(((Progress) revoked).phase()).isEqualTo(Phase.REVOKED);
    }
    assertThat(pebble.statusOf(Objects.requireNonNull(serial))).contains("Revoked");
    // Pebble takes no second revocation; by a key that is not the certificate's it would be
    // unauthorized.
    Object reported =
        AcmeFixture.came(acme.provider().reportCompromise(applied.application(), acme.context()));
    assertThat(reported.toString()).contains("takes no report of the key");
  }

  @Test
  void aCancelledOrderNeverBecomesACertificate() {
    Applied applied = publish(Applications.forDomain("www.cancelled.example"));

    Object cancelled =
        AcmeFixture.came(acme.provider().cancel(applied.application(), acme.context()));

    assertThat(((Progress) cancelled).phase()).isEqualTo(Phase.CANCELLED);
    assertThat(((Progress) applied.check()).phase()).isEqualTo(Phase.CANCELLED);
  }

  @Test
  void aRenewalIsANewOrderAndTheOldCertificateStays() {
    Applied old = publish(Applications.forDomain("www.renewed.example"));
    old.issued();

    Applied next =
        publish(
            Applications.forDomain("www.renewed.example")
                .renewalOf(old.application().requireReference()));

    assertThat(next.issued().certificate().serialNumber())
        .isNotEqualTo(old.issued().certificate().serialNumber());
    assertThat(AcmeFixture.done(acme.provider().renewalWindow(old.application(), acme.context())))
        .as("Pebble suggests no windows")
        .isEmpty();
  }

  @Test
  void aColdStartGoesOnWithTheSameAccountAndOrder() {
    Applied applied = publish(Applications.forDomain("www.cold.example"));
    AcmeFixture next = acme.another();

    assertThat(applied.at(next).issued().certificate().names()).containsExactly("www.cold.example");
    next.close();
  }

  @Test
  void anOrderThatTheCaDoesNotKnowIsAbsent() {
    Applied applied = acme.apply(Applications.forDomain("www.absent.example"));
    Applications unknown =
        Applications.forDomain("www.absent.example")
            .reference(
                Reference.of(
                    "ca", "test", "orderUrl", applied.progress().reference().id("orderUrl") + "0"));

    assertThat(AcmeFixture.came(acme.provider().check(unknown.application(), acme.context())))
        .isInstanceOf(Failure.Absent.class);
  }

  @Test
  void aCaThatWasResetIsRegisteredAtAgainAndItsOrdersArePlacedAnew() {
    try (Pebble reset = Pebble.start();
        AcmeFixture there =
            AcmeFixture.at(reset)
                .store(store.vault())
                .look(TestLooks.at(vertx, reset.dnsServer(), reset.webPort()))) {
      Applied issued = there.apply(Applications.forDomain("www.before.example"));
      reset.publish(issued.progress().validations());
      issued.issued();
      Applied open = there.apply(Applications.forDomain("www.open.example"));
      reset.reset();

      Applied after = there.apply(Applications.forDomain("www.after.example"));

      reset.publish(after.progress().validations());
      assertThat(after.issued().phase()).isEqualTo(Phase.ISSUED);
      AcmeFixture next = there.another();
      Progress again = (Progress) open.at(next).check();
      assertThat(again.phase()).isEqualTo(Phase.PENDING_VALIDATION);
      reset.publish(again.validations());
      Applied placed = new Applied(next, AcmeFixture.with(open.application(), again), again);
      assertThat(placed.issued().certificate().names()).containsExactly("www.open.example");
      next.close();
    }
  }
}
