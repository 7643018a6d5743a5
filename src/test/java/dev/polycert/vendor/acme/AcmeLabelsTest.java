package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.look.TestLooks;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.use.Apply;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Pebble;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RSA and EC side by side for one name. */
@RequiresPrograms("pebble")
class AcmeLabelsTest {
  private static final String NAME = "www.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private Desk desk;

  private void open(AcmeFixture at) {
    AcmeFixture acme = resources.add(at).clock(new DeskClock());
    desk = resources.add(new Desk(resources.directory(), acme.provider()));
    desk.advance(Duration.between(desk.now(), Instant.now()));
    desk.sight = Finding.Status.PRESENT;
  }

  @ParameterizedTest
  @CsvSource({",ec", "ec,", "rsa,ec"})
  void whereTheCaGivesAPendingOrderAgainTheSecondWaitsForTheFirst(
      @Nullable String one, @Nullable String other) throws Exception {
    FakeCa ca = resources.add(new FakeCa()).wantsProofs().givesOrdersAgain();
    open(AcmeFixture.at(ca.directory()));
    Order first = apply(one, KeyAlgorithm.RSA_2048);
    assertThat(first.state()).isEqualTo(OrderState.PENDING_VALIDATION);

    Order second = apply(other, KeyAlgorithm.EC_P256);
    assertThat(second.state()).isEqualTo(OrderState.REQUESTED);
    assertThat(second.error()).returns("Label.Waits", VendorError::code);
    assertThat(second.error().message()).contains(first.id().value());

    bothAreIssued(first, second, order -> {});
  }

  @Test
  void aCaThatMakesTwoOrdersIssuesBoth() throws Exception {
    Pebble pebble = resources.add(Pebble.start());
    open(
        AcmeFixture.at(pebble)
            .look(TestLooks.at(resources.vertx(), pebble.dnsServer(), pebble.webPort())));

    bothAreIssued(
        apply(null, KeyAlgorithm.RSA_2048),
        apply("ec", KeyAlgorithm.EC_P256),
        order -> pebble.publish(order.validations()));
  }

  private void bothAreIssued(Order rsa, Order ec, Consumer<Order> publish) throws Exception {
    Order first = issued(rsa, publish);
    Order second = issued(ec, publish);
    assertThat(second.reference()).isNotEqualTo(first.reference());
    assertThat(exported(first)).isEqualTo("RSA");
    assertThat(exported(second)).isEqualTo("EC");
  }

  private Order issued(Order order, Consumer<Order> publish) {
    for (int i = 0; i < 30 && desk.find(order.id()).state() != OrderState.ISSUED; i++) {
      publish.accept(desk.find(order.id()));
      desk.advance(Duration.ofSeconds(40));
      desk.renew();
    }
    Order swept = desk.find(order.id());
    assertThat(swept.state()).as("%s", desk.history(order.id())).isEqualTo(OrderState.ISSUED);
    return swept;
  }

  /** The algorithm of the certificate's key, which is that of the private key beside it. */
  private String exported(Order order) throws Exception {
    CertificateBundle bundle = desk.export(order.id(), true).bundle();
    X509Certificate leaf =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(bundle.certificate().getBytes(UTF_8)));
    String algorithm = leaf.getPublicKey().getAlgorithm();
    Signature signature =
        Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
    signature.initSign(privateKey(algorithm, bundle.privateKey().reveal()));
    byte[] signed = signature.sign();
    signature.initVerify(leaf.getPublicKey());
    assertThat(signature.verify(signed)).as("the key is that of the certificate").isTrue();
    return algorithm;
  }

  private static PrivateKey privateKey(String algorithm, String pem) throws Exception {
    String base64 = pem.replaceAll("-----[^-]+-----", "");
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }

  private Order apply(@Nullable String label, KeyAlgorithm key) {
    return desk.apply(
            new Apply.Command(
                List.of(DomainName.parse(NAME)),
                List.of("acme"),
                Map.of(),
                label,
                Apply.Strategy.ALL,
                ValidationMethod.DNS,
                key,
                Map.of(),
                Information.none(),
                List.of(),
                false,
                null,
                false))
        .order();
  }

  /** That of the desk, which is made with the provider. */
  private final class DeskClock extends Clock {
    @Override
    public Instant instant() {
      return desk == null ? Instant.now() : desk.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
