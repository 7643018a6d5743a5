package dev.polycert.vendor.tencent;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.order.Delivery;
import dev.polycert.order.Delivery.State;
import dev.polycert.order.Order;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentSandbox;
import dev.polycert.sandbox.tencent.TencentSslEmulator;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.tencent.ssldeploy.TencentSslDeliverers;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renewals that take the place of the certificate before wherever Tencent Cloud uses it. */
@QuarkusTest
class TencentUpdateTest {
  private static final MortalDelivery PROCESS = new MortalDelivery();

  private static final RunningSandbox SANDBOX =
      new RunningSandbox(
          TencentSandbox.CREDENTIALS, world -> PROCESS.before(new TencentSslEmulator(world)));

  private static final List<String> REGIONS = List.of("ap-guangzhou", "ap-shanghai", "ap-beijing");
  private static final DeliveryTarget EVERYWHERE =
      new DeliveryTarget(
          "tencent-ssl", Map.of("update", "all", "regions", String.join(",", REGIONS)));

  private static final List<String> TYPES = List.of("clb", "cdn", "cos", "tke", "waf", "teo");

  @Inject Vertx vertx;
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private Desk desk;
  private int desks;

  @BeforeAll
  static void start() {
    SANDBOX.start();
  }

  @AfterAll
  static void stop() {
    SANDBOX.stop();
  }

  @BeforeEach
  void open() throws IOException {
    SANDBOX.control("POST", "reset", "{}");
    SANDBOX.control("PUT", "settings", "{\"limits\":false}");
    desk = desk();
  }

  /** The use cases on an empty order book. */
  private Desk desk() throws IOException {
    PROCESS.live();
    Map<String, String> settings = new HashMap<>(TencentSandbox.CREDENTIALS);
    settings.put("polycert.http.backoff", "1ms");
    settings.put("polycert.provider.\"tencent-ssl\".endpoint", SANDBOX.uri("").toString());
    SmallRyeConfig config = HttpTesting.config(settings);
    Deliverer deliverer =
        TencentSslDeliverers.to(
            HttpTesting.clients(config, vertx, Clock.systemUTC()),
            config.getConfigMapping(ProviderConfig.class));
    Path directory = Files.createDirectory(resources.directory().resolve("desk" + ++desks));
    Desk made = resources.add(new Desk(directory, List.of(PROCESS.of(deliverer)), vendor));
    // The connection has real time.
    made.advance(Duration.between(made.now(), Instant.now()));
    return made;
  }

  // --- updates ---

  @Test
  void allThatUsesTheOldCertificateIsMovedAndEachFailureIsNamed() {
    String old = first(EVERYWHERE);
    uses(old, 2);

    Order renewal = renewed();

    assertThat(delivery(renewal).state())
        .as(desk.history(renewal.id()).toString())
        .isEqualTo(State.DELIVERED);
    String id = delivery(renewal).place();
    assertThat(id).isNotEqualTo(old);
    assertThat(instances())
        .hasSize(40)
        .allSatisfy(one -> assertThat(one.getString("certificateId")).isEqualTo(id))
        .allSatisfy(one -> assertThat(one.getInteger("changes")).isOne());
    assertThat(jobs("updates")).isOne();
    String history = desk.history(renewal.id()).toString();
    assertThat(history)
        .contains("37 of 40")
        .contains("clb ap-guangzhou ins-0|lbl-0|www.example.com (LoadBalancer is busy")
        .contains("ins-1|")
        .contains("ins-2|");
    assertThat(kinds()).containsExactly("issued", "issued");
  }

  @Test
  void whateverRequestItsProcessDiesWithNothingIsDoneTwiceOrLost() throws IOException {
    String old = first(EVERYWHERE);
    uses(old, 1);
    PROCESS.dieWith(Integer.MAX_VALUE);
    renewed();
    int requests = PROCESS.requests();
    assertThat(requests).isGreaterThan(10);

    for (int last = 1; last <= requests; last++) {
      open();
      old = first(EVERYWHERE);
      uses(old, 1);
      PROCESS.dieWith(last);

      Order renewal = renewed();

      String id = delivery(renewal).place();
      assertThat(delivery(renewal).state()).as("died with " + last).isEqualTo(State.DELIVERED);
      assertThat(instances())
          .as("died with " + last)
          .allSatisfy(one -> assertThat(one.getString("certificateId")).isEqualTo(id))
          .allSatisfy(one -> assertThat(one.getInteger("changes")).isOne());
      assertThat(jobs("updates")).as("died with " + last).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNewerCertificateMovesAllWhateverRequestTheProcessBeforeItDiedWith(boolean atOnce)
      throws IOException {
    boolean died = true;
    for (int last = 1; died; last++) {
      open();
      SANDBOX.control("PUT", "tencent-ssl/settings", "{\"updatesAtOnce\":%s}".formatted(atOnce));
      String old = first(EVERYWHERE);
      uses(old, 0);
      issuedNext("second", 150);
      desk.advance(Duration.ofDays(61));
      PROCESS.dieWith(last);
      for (int i = 0; i < 20 && !PROCESS.dead(); i++) {
        sweep();
      }
      died = PROCESS.dead();
      assertThat(died || last > 6).as("died with " + last).isTrue();

      Order third = renewedWhileTheOneBeforeWaits();

      String id = delivery(third).place();
      assertThat(delivery(third).state())
          .as("died with " + last + desk.history(third.id()))
          .isEqualTo(State.DELIVERED);
      assertThat(instances())
          .as("died with " + last)
          .allSatisfy(one -> assertThat(one.getString("certificateId")).isEqualTo(id));
    }
  }

  @Test
  void instancesThatGoOnFailingAreReportedByNameAndTriedWhenAskedForAgain() {
    String old = first(EVERYWHERE);
    uses(old, 5);

    Order renewal = renewed();

    assertThat(delivery(renewal).state()).isEqualTo(State.REFUSED);
    assertThat(delivery(renewal).error().code()).isEqualTo("Instances.Failed");
    assertThat(delivery(renewal).error().message())
        .contains("37 of 40", "ins-0|lbl-0", "ins-1|lbl-1", "ins-2|lbl-2");
    assertThat(kinds()).contains("undelivered");
    assertThat(delivery(renewal).place()).as("the old one is in use still").isEqualTo(old);

    desk.deliver(renewal.id(), List.of(EVERYWHERE), List.of());
    sweepUntilOver(renewal);

    assertThat(delivery(renewal).state()).isEqualTo(State.DELIVERED);
    assertThat(jobs("updates")).isOne();
    assertThat(instances()).allSatisfy(one -> assertThat(one.getInteger("changes")).isOne());
  }

  @Test
  void whatARenewalLeftIsMovedByTheNextOne() {
    String old = first(EVERYWHERE);
    uses(old, 5);
    Order second = renewed();
    String half = delivery(second).progress().state().get("certificateId");
    assertThat(instances()).extracting(one -> one.getString("certificateId")).contains(old, half);

    Order third = renewed();

    assertThat(third.generation()).isEqualTo(3);
    assertThat(delivery(third).state()).isEqualTo(State.DELIVERED);
    assertThat(instances())
        .extracting(one -> one.getString("certificateId"))
        .containsOnly(delivery(third).place());
  }

  @Test
  void onlyWhatIsNamedIsMovedAndTheRestIsShown() {
    DeliveryTarget some =
        new DeliveryTarget("tencent-ssl", Map.of("update", "cdn,clb", "regions", "ap-shanghai"));
    String old = first(some);
    uses(old, 0);

    Order renewal = renewed();

    assertThat(delivery(renewal).state()).isEqualTo(State.DELIVERED);
    assertThat(instances())
        .allSatisfy(
            one ->
                assertThat(!one.getString("certificateId").equals(old))
                    .isEqualTo(
                        one.getString("type").equals("cdn")
                            || (one.getString("type").equals("clb")
                                && one.getString("region").equals("ap-shanghai"))));
    assertThat(desk.history(renewal.id()).toString())
        .contains("stillInUse=clb ap-beijing: 1, clb ap-guangzhou: 7, cos ap-beijing: 6, teo: 6, ");
  }

  @Test
  void anInstanceThatTheNewCertificateDoesNotServeIsReported() {
    String old = first(EVERYWHERE);
    SANDBOX.control(
        "POST",
        "tencent-ssl/instances",
        instances(instance(old, 0, "cdn", "other.example.com", 0)));

    Order renewal = renewed();

    assertThat(delivery(renewal).state()).isEqualTo(State.REFUSED);
    assertThat(delivery(renewal).error().code()).isEqualTo("OldCertificate.StillInUse");
    assertThat(delivery(renewal).error().message()).contains(old).contains("cdn: 1");
  }

  @Test
  void anOldCertificateThatStaysInUseKeepsNoOtherFromBeingReplaced() {
    String old = first(EVERYWHERE);
    SANDBOX.control(
        "POST",
        "tencent-ssl/instances",
        instances(
            instance(old, 0, "cdn", "other.example.com", 0),
            instance(old, 1, "cdn", "www.example.com", 0)));
    Order second = renewed();
    assertThat(delivery(second).state()).isEqualTo(State.REFUSED);

    for (int i = 0; i < 2; i++) {
      Order next = renewed();

      assertThat(delivery(next).state()).isEqualTo(State.REFUSED);
      assertThat(delivery(next).error().message()).contains(old, "cdn: 1");
      assertThat(instances())
          .extracting(one -> one.getString("certificateId"))
          .containsExactly(old, delivery(next).progress().state().get("certificateId"));
    }
  }

  @Test
  void whatAnUpdateLeavesKeepsNoNamedInstanceFromTheCertificate() {
    DeliveryTarget both =
        new DeliveryTarget(
            "tencent-ssl",
            Map.of("update", "cdn", "instances", "ins-0|lbl-0", "region", "ap-guangzhou"));
    SANDBOX.control(
        "POST", "tencent-ssl/instances", instances(instance(null, 0, "clb", "www.example.com", 0)));
    String old = first(both);
    SANDBOX.control(
        "POST",
        "tencent-ssl/instances",
        instances(
            instance(old, 0, "clb", "www.example.com", 0),
            instance(old, 1, "cdn", "other.example.com", 0)));

    Order renewal = renewed();

    assertThat(delivery(renewal).state()).isEqualTo(State.REFUSED);
    assertThat(delivery(renewal).error().message()).contains(old, "cdn: 1");
    assertThat(
            instances().stream()
                .filter(one -> one.getString("type").equals("clb"))
                .map(one -> one.getString("certificateId")))
        .contains(delivery(renewal).progress().state().get("certificateId"));
  }

  @Test
  void whatCouldNotBeLookedThroughIsNotTakenForEmpty() {
    String old = first(EVERYWHERE);
    uses(old, 0);
    SANDBOX.control("PUT", "tencent-ssl/settings", "{\"unseenRegions\":[\"ap-beijing\"]}");

    Order renewal = renewed();

    assertThat(delivery(renewal).state()).isEqualTo(State.WAITING);
    assertThat(delivery(renewal).progress().state().get("note")).contains("clb ap-beijing");
    // The first call finds the instances, and the second one has the record.
    assertThat(calls("UpdateCertificateInstance")).isEqualTo(2);
    assertThat(calls("CreateCertificateBindResourceSyncTask")).isGreaterThan(2);
    SANDBOX.control("PUT", "tencent-ssl/settings", "{\"unseenRegions\":[]}");
    sweepUntilOver(renewal);
    assertThat(delivery(renewal).state()).isEqualTo(State.DELIVERED);
    assertThat(jobs("updates")).isOne();
  }

  @Test
  void aCertificateThatNothingUsesHasNothingToBeMoved() {
    first(EVERYWHERE);

    Order renewal = renewed();

    assertThat(delivery(renewal).state()).isEqualTo(State.DELIVERED);
    assertThat(jobs("updates")).isZero();
  }

  @Test
  void anUpdateThatRunsIsWaitedFor() {
    SANDBOX.control("PUT", "tencent-ssl/settings", "{\"instanceDelay\":\"PT5M\"}");
    String old = first(EVERYWHERE);
    uses(old, 0);

    Order renewal = renewed();

    assertThat(desk.history(renewal.id()).toString()).contains("0 of 40").contains("recordId");
    assertThat(delivery(renewal).state()).isEqualTo(State.DELIVERED);
    assertThat(jobs("updates")).isOne();
  }

  // --- named instances ---

  @Test
  void namedInstancesGetTheFirstCertificateAndItsRenewal() {
    DeliveryTarget named =
        new DeliveryTarget(
            "tencent-ssl",
            Map.of("instances", "ins-0|lbl-0,ins-6|lbl-6", "region", "ap-guangzhou"));
    uses(null, 1);
    String id = first(named);
    assertThat(
            instances().stream().filter(one -> id.equals(one.getString("certificateId"))).toList())
        .extracting(one -> one.getString("instanceId"))
        .containsExactly("ins-0", "ins-6");
    assertThat(jobs("deployments")).isOne();

    Order renewal = renewed();

    assertThat(delivery(renewal).state()).isEqualTo(State.DELIVERED);
    assertThat(instances().getFirst().getString("certificateId"))
        .isEqualTo(delivery(renewal).place());
    assertThat(jobs("deployments")).isEqualTo(2);
  }

  @Test
  void whateverRequestADeploymentDiesWithItIsMadeOnce() throws IOException {
    DeliveryTarget named =
        new DeliveryTarget("tencent-ssl", Map.of("instances", "ins-1", "resourceType", "teo"));
    for (int last = 1; last <= 6; last++) {
      open();
      SANDBOX.control(
          "POST", "tencent-ssl/instances", instances(instance(null, 1, "teo", "ins-1", 1)));
      PROCESS.dieWith(last);

      first(named);

      assertThat(jobs("deployments")).as("died with " + last).isOne();
      assertThat(instances().getFirst().getInteger("changes")).as("died with " + last).isOne();
    }
  }

  @Test
  void anInstanceThatIsNotThereIsRefusedForGood() {
    issuedNext("c1", 90);

    Order order =
        desk.applyAuto(
            "www.example.com",
            new DeliveryTarget("tencent-ssl", Map.of("instances", "a.b", "resourceType", "cdn")));
    sweepUntilOver(order);

    assertThat(delivery(order).state()).isEqualTo(State.REFUSED);
    assertThat(delivery(order).error().code())
        .isEqualTo("FailedOperation.CertificateNotDeployInstance");
  }

  @Test
  void anInstanceThatIsNotThereKeepsNoOtherFromTheCertificate() {
    uses(null, 1);
    issuedNext("c1", 90);

    Order order =
        desk.applyAuto(
            "www.example.com",
            new DeliveryTarget(
                "tencent-ssl",
                Map.of(
                    "instances",
                    "ins-0|lbl-0,gone|lbl-9,ins-6|lbl-6",
                    "region",
                    REGIONS.getFirst())));
    sweepUntilOver(order);

    assertThat(delivery(order).state()).isEqualTo(State.REFUSED);
    assertThat(delivery(order).error().code()).isEqualTo("Instances.Failed");
    assertThat(delivery(order).error().message())
        .contains("gone|lbl-9 (FailedOperation.CertificateNotDeployInstance")
        .doesNotContain("ins-0", "ins-6");
    assertThat(instances().stream().filter(one -> one.getString("certificateId") != null).toList())
        .extracting(one -> one.getString("instanceId"))
        .containsExactly("ins-0", "ins-6");
    assertThat(jobs("deployments")).isEqualTo(2);
  }

  // --- the scene ---

  /** Applies, and gives the id of the certificate once it is delivered. */
  private String first(DeliveryTarget target) {
    issuedNext("c1", 90);
    Order order = desk.applyAuto("www.example.com", target);
    sweepUntilOver(order);
    assertThat(delivery(order).state())
        .as(desk.history(order.id()).toString())
        .isEqualTo(State.DELIVERED);
    return delivery(order).place();
  }

  /** Renews, and goes on until nothing more happens. */
  private Order renewed() {
    issuedNext("next", 150);
    desk.advance(Duration.ofDays(61));
    int generation = desk.latest("www.example.com").generation();
    for (int i = 0; i < 5 && desk.latest("www.example.com").generation() == generation; i++) {
      sweep();
    }
    Order renewal = desk.latest("www.example.com");
    assertThat(renewal.generation()).isEqualTo(generation + 1);
    sweepUntilOver(renewal);
    return desk.find(renewal.id());
  }

  /** Renews, while the key of the certificate before cannot be got. */
  private Order renewedWhileTheOneBeforeWaits() {
    assertThat(desk.latest("www.example.com").generation()).isEqualTo(2);
    issuedNext("third", 150);
    Answer<CertificateBundle> key = vendor.export;
    vendor.export = Answer.refused(new VendorError(ErrorClass.RETRY, "Busy", "later"));
    desk.advance(Duration.ofDays(61));
    for (int i = 0; i < 5 && desk.latest("www.example.com").generation() == 2; i++) {
      sweep();
    }
    vendor.export = key;
    Order renewal = desk.latest("www.example.com");
    sweepUntilOver(renewal);
    return desk.find(renewal.id());
  }

  private void issuedNext(String id, int days) {
    vendor.export = new Answer.Success<>(IssuedCertificates.issued("www.example.com"), null);
    vendor.on(PREPARE, ready()).on(PLACE, issued(id, desk.now().plus(Duration.ofDays(days))));
  }

  private void sweepUntilOver(Order order) {
    for (int i = 0; i < 30 && delivery(order).state() == State.WAITING; i++) {
      sweep();
    }
  }

  /** A process that has died is followed by another one. */
  private void sweep() {
    if (PROCESS.dead()) {
      PROCESS.live();
    }
    Duration pause = Duration.ofMinutes(1);
    desk.advance(pause);
    SANDBOX.control("POST", "clock", "{\"advance\":\"" + pause + "\"}");
    desk.renew();
  }

  private Delivery delivery(Order order) {
    return desk.find(order.id()).deliveries().getFirst();
  }

  /** Forty instances of six types in three regions; three of clb fail a number of times. */
  private void uses(String certificate, int failures) {
    SANDBOX.control(
        "POST",
        "tencent-ssl/instances",
        instances(
            IntStream.range(0, 40)
                .mapToObj(
                    i ->
                        instance(
                            certificate,
                            i,
                            i < 3 ? "clb" : TYPES.get(i % TYPES.size()),
                            "www.example.com",
                            i < 3 ? failures : 0))
                .toArray(JsonObject[]::new)));
  }

  private static JsonObject instance(
      String certificate, int number, String type, String domain, int failures) {
    boolean regional = !type.equals("cdn") && !type.equals("teo");
    return new JsonObject()
        .put("type", type)
        .put("region", regional ? REGIONS.get(number % REGIONS.size()) : null)
        .put("instanceId", "ins-" + number)
        .put("listenerId", type.equals("clb") ? "lbl-" + number : null)
        .put("domain", type.equals("teo") && domain.startsWith("ins") ? null : domain)
        .put("certificateId", certificate)
        .put("failures", failures);
  }

  private static String instances(JsonObject... instances) {
    return new JsonObject().put("instances", new JsonArray(List.of(instances))).encode();
  }

  private static List<JsonObject> instances() {
    return SANDBOX.control("GET", "tencent-ssl/instances", "").getJsonArray("instances").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static int jobs(String kind) {
    return SANDBOX.control("GET", "tencent-ssl/instances", "").getInteger(kind);
  }

  private static int calls(String operation) {
    return SANDBOX
        .control("GET", "calls", "")
        .getJsonObject("tencent-ssl")
        .getInteger(operation, 0);
  }

  private List<String> kinds() {
    return desk.notices.stream()
        .map(notice -> notice.type().substring("dev.polycert.order.".length()))
        .toList();
  }
}
