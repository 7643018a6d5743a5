package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.testing.Resources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key that the vendor made is compared with the one that was asked for. */
class OtherKeyTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  @ParameterizedTest
  @CsvSource({
    "RSA 2048, RSA_2048,",
    "RSA, RSA,",
    "ECDSA, EC, 'keyAlgorithm: asked for RSA_2048, the certificate''s key is EC'"
  })
  void aDifferenceIsReported(String vendors, String ours, String message) {
    vendor
        .on(PREPARE, ready())
        .on(
            PLACE,
            Answer.of(
                new Progress(
                    Phase.ISSUED,
                    Reference.of("certificateId", "c1"),
                    List.of(),
                    new CertificateFacts(
                        "a.example.com",
                        List.of("a.example.com"),
                        null,
                        null,
                        null,
                        vendors,
                        null,
                        desk.now().plus(Duration.ofDays(90))),
                    "issued",
                    null,
                    null)));

    Order order = desk.apply("a.example.com");

    assertThat(order.state()).isEqualTo(OrderState.ISSUED);
    assertThat(order.certificate().keyAlgorithm()).isEqualTo(ours);
    assertThat(order.message()).isEqualTo(message);
  }
}
