package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.order.Delivery;
import dev.polycert.order.Order;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.file.FileDeliverers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an application to the files that a server reads, and again at the renewal. */
class FileDeliveryTest {
  private static final DeliveryTarget FILES =
      new DeliveryTarget("file", Map.of("directory", "www"));

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private Path hook;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    hook = resources.directory().resolve("hook");
    hook("true");
    desk =
        resources.add(
            new Desk(
                resources.directory(),
                List.of(FileDeliverers.below(resources.directory().resolve("base"), hook)),
                vendor));
    // The hook has real time.
    desk.advance(Duration.between(desk.now(), Instant.now()));
  }

  @Test
  void aServerReadsTheRenewedCertificateWithItsKey() {
    CertificateBundle first = issuedNext("c1", 90);
    Order order = desk.applyAuto("www.example.com", FILES);
    Path live = resources.directory().resolve("base/www/live");
    assertThat(order.deliveries())
        .extracting(Delivery::state)
        .containsOnly(Delivery.State.DELIVERED);
    assertThat(live.resolve("privkey.pem")).hasContent(first.privateKey().reveal());

    CertificateBundle second = issuedNext("c2", 150);
    desk.advance(Duration.ofDays(61));
    desk.renew();

    assertThat(live.resolve("fullchain.pem")).hasContent(second.fullChain());
    assertThat(live.resolve("privkey.pem")).hasContent(second.privateKey().reveal());
    assertThat(desk.latest("www.example.com").deliveries())
        .extracting(Delivery::place)
        .containsExactly(order.deliveries().getFirst().place());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS8", "TRADITIONAL"})
  void aHookThatShowsTheKeyIsNotQuoted(String form) throws IOException {
    CertificateBundle export = issuedNext("c1", 90);
    hook("head -n 2 \"$1/privkey.pem\" | tail -n 1; exit 1");

    Order order =
        desk.applyAuto(
            "www.example.com",
            new DeliveryTarget("file", Map.of("directory", "www", "keyFormat", form)));

    Delivery delivery = order.deliveries().getFirst();
    assertThat(delivery.error().code()).isEqualTo("Hook.Failed");
    assertThat(delivery.error().message()).contains("***");
    List<String> written =
        Files.readAllLines(resources.directory().resolve("base/www/live/privkey.pem")).stream()
            .filter(line -> !line.startsWith("-----"))
            .toList();
    assertThat(order.toString() + desk.history(order.id()) + desk.notices)
        .contains("Hook.Failed")
        .doesNotContain(IssuedCertificates.secretLines(export))
        .doesNotContain(written);
  }

  private CertificateBundle issuedNext(String id, int days) {
    CertificateBundle export = IssuedCertificates.issued("www.example.com");
    vendor.export = new Answer.Success<>(export, null);
    vendor.on(PREPARE, ready()).on(PLACE, issued(id, desk.now().plus(Duration.ofDays(days))));
    return export;
  }

  private void hook(String line) throws IOException {
    Files.writeString(hook, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
  }
}
