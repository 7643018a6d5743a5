package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.CHECK;
import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderState;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.testing.Resources;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several certificates for one name at one provider, distinguished by labels. */
class LabelTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor));

  private Apply.Entry apply(@Nullable String label, KeyAlgorithm key, DeliveryTarget... targets) {
    return apply(desk, label, key, targets);
  }

  private static Apply.Entry apply(
      Desk desk, @Nullable String label, KeyAlgorithm key, DeliveryTarget... targets) {
    return apply(desk, label, key, false, targets);
  }

  private static Apply.Entry apply(Desk desk, @Nullable String label, boolean dryRun) {
    return apply(desk, label, KeyAlgorithm.RSA_2048, dryRun);
  }

  private static Apply.Entry apply(
      Desk desk,
      @Nullable String label,
      KeyAlgorithm key,
      boolean dryRun,
      DeliveryTarget... targets) {
    return desk.apply(
        new Apply.Command(
            List.of(DomainName.parse("www.example.com")),
            List.of("vendor"),
            Map.of(),
            label,
            Apply.Strategy.ALL,
            null,
            key,
            Map.of(),
            Information.none(),
            List.of(targets),
            false,
            null,
            dryRun));
  }

  @Test
  void twoLabelsAtOnePlaceAreReported() {
    DeliveryTarget place = new DeliveryTarget("shelf", Map.of("row", "3"));
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    apply(null, KeyAlgorithm.RSA_2048, place);
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2"));

    assertThat(apply("ec", KeyAlgorithm.EC_P256, place).notes())
        .singleElement()
        .asString()
        .contains("another order of the domain", "the same place, shelf 3");
    assertThat(apply(null, KeyAlgorithm.RSA_2048, place).notes()).isEmpty();
  }

  @Test
  void aNameHasOneOrderForEachLabelAndEachIsFoundAgain() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    Order rsa = apply(null, KeyAlgorithm.RSA_2048).order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2"));
    Order ec = apply("ec", KeyAlgorithm.EC_P256).order();

    assertThat(rsa.identity().label()).isNull();
    assertThat(ec.identity().label()).isEqualTo("ec");
    assertThat(ec.id()).isNotEqualTo(rsa.id());
    assertThat(ec.generation()).isEqualTo(1);
    assertThat(ec.terms().keyAlgorithm()).isEqualTo(KeyAlgorithm.EC_P256);
    assertThat(apply("ec", KeyAlgorithm.EC_P256).order().id()).isEqualTo(ec.id());
    assertThat(apply(null, KeyAlgorithm.RSA_2048).order().id()).isEqualTo(rsa.id());
  }

  @Test
  void aRenewalKeepsTheLabelAndLeavesTheOthersAlone() {
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(900))));
    Order other = apply(null, KeyAlgorithm.RSA_2048).order();
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));
    Order old = apply("ec", KeyAlgorithm.EC_P256).order();

    vendor.on(PREPARE, ready()).on(PLACE, issued("c3", desk.now().plus(Duration.ofDays(180))));
    desk.advance(Duration.ofDays(80));
    desk.renew();

    Order renewed = apply("ec", KeyAlgorithm.EC_P256).order();
    assertThat(renewed.renewalOf()).isEqualTo(old.id());
    assertThat(renewed.identity().label()).isEqualTo("ec");
    assertThat(apply(null, KeyAlgorithm.RSA_2048).order().id()).isEqualTo(other.id());
  }

  @Test
  void whatTheVendorHasForAnotherLabelIsNotTakenOver() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    apply("ec", KeyAlgorithm.EC_P256);
    vendor
        .on(PREPARE, progress(Phase.PENDING_VALIDATION, "c1"))
        .on(PREPARE, ready())
        .on(PLACE, progress(Phase.PENDING_VALIDATION, "c2"));

    Order second = apply(null, KeyAlgorithm.RSA_2048).order();

    assertThat(second.reference()).isEqualTo(Reference.of("certificateId", "c2"));
    assertThat(vendor.seen)
        .anyMatch(seen -> seen.others().equals(Set.of(Reference.of("certificateId", "c1"))));
  }

  /** As a service does that has one certificate for each name. */
  @Test
  void aVendorThatAnswersWithTheIssuedCertificateOfAnotherLabelIsRefusedByName() {
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    Order first = apply(null, KeyAlgorithm.RSA_2048).order();
    desk.advance(Duration.ofMinutes(1));
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.APPLYING, "c1"));

    Order second = apply("ec", KeyAlgorithm.EC_P256).order();

    assertThat(second.state()).isEqualTo(OrderState.FAILED);
    assertThat(second.error())
        .returns("Label.Shared", VendorError::code)
        .returns(
            "vendor has one certificate for each name, and the order without a label has that of"
                + " www.example.com: apply without a label",
            VendorError::message);
  }

  @ParameterizedTest
  @CsvSource({
    ",   ec, false, 'without a label has that of www.example.com: apply without a label'",
    "ec, ,   false, 'with the label ''ec'' has that of www.example.com: apply with that label'",
    "ec, rsa, true, 'with the label ''ec'' has that of www.example.com: apply with that label'"
  })
  void aServiceWithOneCertificateForEachNameIsNotAskedForAnotherLabel(
      @Nullable String one, @Nullable String other, boolean dryRun, String why) {
    vendor.oneForEachName = true;
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    Order first = apply(one, KeyAlgorithm.RSA_2048).order();
    int asked = vendor.calls.size();

    Apply.Entry refused = apply(desk, other, dryRun);

    assertThat(refused.order()).isNull();
    assertThat(refused.error())
        .returns("Label.Shared", VendorError::code)
        .returns(ErrorClass.FINAL, VendorError::errorClass)
        .returns(
            "vendor has one certificate for each name, and the order " + why, VendorError::message);
    assertThat(vendor.calls).hasSize(asked);
    assertThat(desk.all()).containsExactly(first);
    assertThat(apply(one, KeyAlgorithm.RSA_2048).order().id()).isEqualTo(first.id());
  }

  /** The certificate of the generation before is still there. */
  @Test
  void aNameWhoseRenewalFailedIsHeldAllTheSame() {
    vendor.oneForEachName = true;
    vendor.on(PREPARE, ready()).on(PLACE, issued("c1", desk.now().plus(Duration.ofDays(90))));
    Order first = apply(null, KeyAlgorithm.RSA_2048).order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.FAILED, "c2"));
    desk.advance(Duration.ofDays(80));
    desk.renew();
    assertThat(desk.latest("www.example.com").state()).isEqualTo(OrderState.FAILED);

    assertThat(apply(desk, "ec", false).error())
        .returns("Label.Shared", VendorError::code)
        .extracting(VendorError::message)
        .asString()
        .contains("the order without a label")
        // Not every caller may see that order.
        .doesNotContain(first.id().value());
  }

  @Test
  void aNameWhoseOrderHasEndedIsFreeForAnotherLabel() {
    vendor.oneForEachName = true;
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.FAILED, "c1"));
    apply(null, KeyAlgorithm.RSA_2048);
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c2"));

    assertThat(apply("ec", KeyAlgorithm.RSA_2048).order().state())
        .isEqualTo(OrderState.PENDING_VALIDATION);
  }

  /** As CAs do that give a pending order again for the same names. */
  @ParameterizedTest
  @CsvSource({",ec", "ec,", "rsa,ec"})
  void whileAnotherLabelHasWhatTheVendorAnswersWithAnOrderWaits(
      @Nullable String one, @Nullable String other) {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    Order first = apply(one, KeyAlgorithm.RSA_2048).order();
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));

    Order second = apply(other, KeyAlgorithm.EC_P256).order();

    assertWaits(second);
    assertThat(second.error().message()).contains("order " + first.id() + " has");
    vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
    desk.check(first.id());
    desk.advance(Duration.ofSeconds(30));
    vendor.on(PREPARE, ready()).on(PLACE, issued("c2", desk.now().plus(Duration.ofDays(90))));
    desk.renew();
    Order later = desk.find(second.id());
    assertThat(later.state()).isEqualTo(OrderState.ISSUED);
    assertThat(later.reference()).isEqualTo(Reference.of("certificateId", "c2"));
  }

  /** It was answered before, and only looks at the other one after. */
  @Test
  void oneThatIsIssuedMeanwhileIsNoReasonToGiveUp() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    Order first = apply(null, KeyAlgorithm.RSA_2048).order();
    vendor
        .on(PREPARE, ready())
        .onWrite(
            PLACE,
            () -> {
              vendor.on(CHECK, issued("c1", desk.now().plus(Duration.ofDays(90))));
              elsewhere(() -> desk.check(first.id()));
            },
            progress(Phase.PENDING_VALIDATION, "c1"));

    Order second = apply("ec", KeyAlgorithm.EC_P256).order();

    assertThat(desk.find(first.id()).state()).isEqualTo(OrderState.ISSUED);
    assertWaits(second);
  }

  @Test
  void whatAnEndedOrderHadIsFree() {
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.FAILED, "c1"));
    apply(null, KeyAlgorithm.RSA_2048);
    vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));

    Order second = apply("ec", KeyAlgorithm.EC_P256).order();

    assertThat(second.state()).isEqualTo(OrderState.PENDING_VALIDATION);
  }

  @Test
  void aRenewalMayHaveTheReferenceOfTheOneBefore() {
    for (int generation = 1; generation <= 3; generation++) {
      desk.advance(Duration.ofDays(61));
      Instant end = desk.now().plus(Duration.ofDays(90));
      vendor.on(PREPARE, ready()).on(PLACE, issued("c1", end));
      if (generation == 1) {
        apply(null, KeyAlgorithm.RSA_2048);
      } else {
        desk.renew();
      }
      Order order = desk.latest("www.example.com");
      assertThat(order.generation()).isEqualTo(generation);
      assertThat(order.state()).as("%s", order.error()).isEqualTo(OrderState.ISSUED);
    }
  }

  /** Both are answered before either is on record. */
  @Test
  void ofTwoAtOnceOneGetsItAndTheOtherWaits() {
    AtomicReference<Order> other = new AtomicReference<>();
    Runnable apply = () -> other.set(apply("ec", KeyAlgorithm.EC_P256).order());
    Desk racing = resources.add(new Desk(afterReservation(desk.book, apply), vendor));
    for (int i = 0; i < 2; i++) {
      vendor.on(PREPARE, ready()).on(PLACE, progress(Phase.PENDING_VALIDATION, "c1"));
    }

    Order first = apply(racing, null, KeyAlgorithm.RSA_2048).order();

    assertThat(first.state()).isEqualTo(OrderState.PENDING_VALIDATION);
    assertWaits(other.get());
    assertThat(other.get().error().message()).contains("another order has");
  }

  private static OrderBook afterReservation(OrderBook book, Runnable then) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return (OrderBook)
        Proxy.newProxyInstance(
            OrderBook.class.getClassLoader(),
            new Class<?>[] {OrderBook.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(book, arguments);
              return method.getName().equals("reserve")
                  ? ((Uni<?>) answer)
                      .call(
                          () ->
                              Uni.createFrom()
                                  .completionStage(
                                      () ->
                                          CompletableFuture.runAsync(
                                              then, work -> started(work, loader))))
                  : answer;
            });
  }

  /** With the class loader of the test, which threads of a pool have not. */
  private static void started(Runnable work, ClassLoader loader) {
    Thread thread = Thread.ofPlatform().unstarted(work);
    thread.setContextClassLoader(loader);
    thread.start();
  }

  /** As another process would, while this one waits. */
  private static void elsewhere(Runnable work) {
    try {
      // Unlike those of a pool, it has the class loader of the test.
      assertThat(Thread.ofPlatform().start(work).join(Duration.ofSeconds(20))).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void assertWaits(Order order) {
    assertThat(order.state()).isEqualTo(OrderState.REQUESTED);
    assertThat(order.reference()).isNull();
    assertThat(order.intent()).isNull();
    assertThat(order.error())
        .returns("Label.Waits", VendorError::code)
        .returns(ErrorClass.RETRY, VendorError::errorClass);
    assertThat(order.nextStepAt()).isNotNull();
  }
}
