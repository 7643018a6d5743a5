package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.RECORD;
import static dev.polycert.order.VendorAnswers.error;
import static dev.polycert.order.VendorAnswers.exported;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Delivery;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.Intent;
import dev.polycert.order.Notice;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Information;
import dev.polycert.provider.Phase;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.testing.Csrs;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an issued order gives: its certificate, and its place in use. */
class HandingOutTest {
  private static final String CANARY = "canary-private-key";
  private static final DeliveryTarget SHELF = new DeliveryTarget("shelf", Map.of("row", "3"));

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  private Order order() {
    vendor.on(PREPARE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    return desk.apply("www.example.com");
  }

  private String lastLine(Order order) {
    return desk.history(order.id()).getLast().why();
  }

  @Test
  void anExportIsOnRecordAndItsKeyNowhere() {
    Order order = order();
    CertificateBundle export = new CertificateBundle("cert", "chain", new PrivateKeyPem(CANARY));
    vendor.export = new Answer.Success<>(export, "req-5");

    Export.Entry exported = desk.export(order.id(), true);

    assertThat(exported.bundle().privateKey().reveal()).isEqualTo(CANARY);
    assertThat(lastLine(order)).isEqualTo("certificate exported with its private key");
    assertThat(desk.history(order.id()).getLast().requestId()).isEqualTo("req-5");
    assertThat(exported.toString()).doesNotContain(CANARY);
    assertThat(desk.all().toString() + desk.history(order.id())).doesNotContain(CANARY);
  }

  @Test
  void anExportWithoutKeySaysSo() {
    Order order = order();
    vendor.export = new Answer.Success<>(new CertificateBundle("cert", "chain", null), null);

    assertThat(desk.export(order.id(), false).bundle().certificate()).isEqualTo("cert");
    assertThat(lastLine(order)).isEqualTo("certificate exported without a private key");
  }

  @Test
  void theKeyOfTheApplicantsOwnRequestIsWithTheApplicant() {
    vendor.on(PREPARE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    Apply.Command command =
        new Apply.Command(
            List.of(DomainName.parse("www.example.com")),
            List.of("vendor"),
            Apply.Strategy.ALL,
            null,
            null,
            Map.of(),
            new Information(null, null, null, Csrs.of("www.example.com").pem(), null),
            List.of(),
            false,
            false);
    Order order = desk.apply(command).order();
    vendor.export = new Answer.Success<>(new CertificateBundle("cert", "chain", null), null);

    Export.Entry exported = desk.export(order.id(), true);

    assertThat(exported.error().code()).isEqualTo("PrivateKey.WithYou");
    assertThat(exported.bundle()).isNull();
    assertThat(desk.export(order.id(), false).bundle().certificate()).isEqualTo("cert");
  }

  @Test
  void aRefusedExportGivesItsError() {
    Order order = order();
    vendor.export = refused(ErrorClass.CREDENTIALS);

    Export.Entry exported = desk.export(order.id(), true);

    assertThat(exported.error().errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(exported.bundle()).isNull();
    assertThat(desk.latest("www.example.com")).isEqualTo(order);
  }

  @Test
  void onlyAnIssuedOrderHasSomethingToGive() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1", RECORD));
    Order pending = desk.apply("www.example.com");

    assertThatThrownBy(() -> desk.export(pending.id(), false))
        .isInstanceOf(OrderException.Conflict.class)
        .hasMessageContaining("PENDING_VALIDATION");
    assertThat(desk.deploy(pending.id()).error().message())
        .isEqualTo(
            "Order %s is PENDING_VALIDATION: there is no certificate to deploy; wait until it is ISSUED; check-verification takes its next step."
                .formatted(pending.id()));
  }

  @Test
  void aDeploymentIsOnRecordAndChangesNoState() {
    Order order = order();
    vendor.deployment =
        new Answer.Success<>(
            new Deployment(Deployment.State.DEPLOYING, "www.example.com", "processing", null),
            "req-6");

    Deploy.Entry deployed = desk.deploy(order.id());

    assertThat(deployed.deployment().state()).isEqualTo(Deployment.State.DEPLOYING);
    assertThat(deployed.order().state()).isEqualTo(OrderState.ISSUED);
    assertThat(deployed.order().nextStepAt()).isEqualTo(order.nextStepAt());
    assertThat(deployed.order().intent()).isNull();
    assertThat(desk.history(order.id()))
        .extracting(HistoryEntry::why)
        .endsWith("sending Deploy", "DEPLOYING to www.example.com: processing");
  }

  @Test
  void aRefusedDeploymentLeavesTheOrderAsItWas() {
    Order order = order();
    vendor.deployment = refused(ErrorClass.FINAL);

    Deploy.Entry deployed = desk.deploy(order.id());

    assertThat(deployed.error().errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(deployed.order().error()).isNull();
    assertThat(deployed.order().state()).isEqualTo(OrderState.ISSUED);
  }

  @Test
  void aKeyThatIsAskedForDuringADeliveryWaitsAndLeavesTheDeliveryAlone() {
    vendor.export = exported(CANARY);
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    CompletableFuture<Export.Entry> pulled = new CompletableFuture<>();
    desk.deliverer.meanwhile =
        () -> {
          OrderId id = desk.latest("www.example.com").id();
          desk.exporting(id, true, desk.now().plusSeconds(20))
              .subscribe()
              .with(pulled::complete, pulled::completeExceptionally);
          return Uni.createFrom().voidItem();
        };

    Order order = desk.applyAuto("www.example.com", SHELF);

    assertThat(pulled.join().bundle().privateKey().reveal()).isEqualTo(CANARY);
    assertThat(order.deliveries()).allMatch(it -> it.state() == Delivery.State.DELIVERED);
    assertThat(desk.deliverer.told).hasSize(1);
    assertThat(desk.history(order.id()))
        .extracting(HistoryEntry::why)
        .endsWith(
            "delivering", "DELIVERED to shelf 3", "certificate exported with its private key");
    assertThat(desk.notices).extracting(Notice::type).containsExactly("dev.polycert.order.issued");
  }

  @Test
  void aKeyIsNotGivenOutWhileAStepGoesOnForLong() {
    Order order = order();
    vendor.export = exported(CANARY);
    Intent renewal = new Intent("Renew", desk.now(), desk.now().plusSeconds(30));
    Order busy =
        desk.book
            .transition(order.withIntent(renewal).recordedAt(desk.now()), "sending Renew", null)
            .await()
            .indefinitely();

    assertThatThrownBy(() -> desk.exporting(order.id(), true, desk.now()).await().indefinitely())
        .isInstanceOf(StaleOrderException.class);
    assertThat(desk.export(order.id(), false).bundle()).isNotNull();
    assertThat(desk.find(order.id())).as("the step keeps its place").isEqualTo(busy);
  }

  @Test
  void anExportBeforeTheDeliveryDoesNotKeepTheIssueFromBeingTold() {
    vendor.export = exported(CANARY);
    desk.deliverer.refusal = error(ErrorClass.RETRY);
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    Order order = desk.applyAuto("www.example.com", SHELF);

    desk.export(order.id(), true);
    desk.deliverer.refusal = null;
    desk.advance(Duration.ofMinutes(2));
    desk.renew();

    assertThat(desk.notices).extracting(Notice::type).endsWith("dev.polycert.order.issued");
  }
}
