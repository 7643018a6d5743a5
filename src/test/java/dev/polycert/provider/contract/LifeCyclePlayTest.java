package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets the vendors refuse whatever is done with orders after their application, with the error
 * codes of just these operations. The settings of the plays:
 *
 * <ul>
 *   <li>{@code verify}: a check that asks the vendor to look, and explains what it says
 *   <li>{@code complete}: a check that asks the vendor to let the CA look at what is in place
 *   <li>{@code cancel} and {@code audit}: a pending application is withdrawn; in one way, or in
 *       another because the vendor has refused the first
 *   <li>{@code delete}, {@code revoke}, {@code export}: of an issued certificate
 *   <li>{@code deploy}, {@code push}, {@code batch}: an issued certificate is put into use
 *   <li>{@code adopt}: the account's inventory is read; no order is touched
 * </ul>
 */
@QuarkusTest
@TestProfile(ContractProfile.class)
class LifeCyclePlayTest extends ErrorPlays {
  private static final String NO_ORDER = "-";

  /** Free certificates of Tencent Cloud cannot be deleted in their first hour. */
  private static final Duration YOUNG = Duration.ofHours(2);

  static Stream<ErrorPlay> plays() {
    return ErrorPlay.all(false);
  }

  @ParameterizedTest
  @MethodSource("plays")
  void anErrorOfTheVendorIsToldAndKeepsTheOrder(ErrorPlay play) {
    JsonNode order = order(play);
    Supplier<JsonNode> work = work(play, order);

    JsonNode told = played(play, work);

    assertThat(caller.status()).isEqualTo(200);
    if (play.setting().equals("verify")) {
      assertThat(told.path("message").asText()).contains(play.code());
    } else if (play.setting().equals("complete")) {
      assertThat(told.has("error")).as("what the CA does by itself as well").isFalse();
    } else if (play.state().equals("CANCELLED")) {
      assertThat(told.path("done").asBoolean()).as(told.toPrettyString()).isTrue();
    } else {
      assertTold(told.path("error"), play, told(play));
    }
    assertState(order, play.state());
    assertGoesOn(work, play);
  }

  /** What is refused because the certificate is too young can be asked for later. */
  private static ErrorClass told(ErrorPlay play) {
    return switch (play.code()) {
      case "FailedOperation.CannotBeDeletedWithinHour", "FailedOperation.DeleteFailedTimeNotUp" ->
          ErrorClass.RETRY;
      default -> play.errorClass();
    };
  }

  private static boolean pending(ErrorPlay play) {
    return switch (play.setting()) {
      case "verify", "complete", "cancel", "audit" -> true;
      default -> false;
    };
  }

  private JsonNode order(ErrorPlay play) {
    JsonNode applied = caller.apply(play.provider(), domain);
    if (play.setting().equals("complete")) {
      caller.control("PUT", "settings", "{\"issueDelay\":\"PT1H\"}");
      caller.publish(applied.get("validations"));
    }
    if (pending(play)) {
      return applied;
    }
    caller.publish(applied.get("validations"));
    JsonNode issued = caller.check(applied);
    assertThat(issued.path("state").asText()).isEqualTo("ISSUED");
    clock.advance(YOUNG);
    return issued;
  }

  private Supplier<JsonNode> work(ErrorPlay play, JsonNode order) {
    return switch (play.setting()) {
      case "verify", "complete" -> () -> caller.check(order);
      case "audit" -> {
        caller.fault(
            FaultSpec.code(
                    play.provider(),
                    "CancelCertificateOrder",
                    200,
                    "FailedOperation.CancelOrderFailed")
                .times(2));
        yield () -> caller.end(order, "CANCEL");
      }
      case "cancel" -> () -> caller.end(order, "CANCEL");
      case "delete" -> () -> caller.end(order, "DELETE");
      case "revoke" -> () -> caller.end(order, "REVOKE");
      case "export" -> () -> caller.export(order);
      case "deploy", "push", "batch" -> () -> caller.deploy(order, target(play));
      case "adopt" -> () -> caller.adopt(play.provider());
      default -> throw new IllegalArgumentException("no setting: " + play.setting());
    };
  }

  private Map<String, String> target(ErrorPlay play) {
    if (!play.provider().equals("huawei-scm")) {
      return Map.of();
    }
    return switch (play.setting()) {
      case "push" -> Map.of("service", "WAF", "project", "cn-north-4");
      case "batch" -> Map.of("service", "WAF", "project", "cn-north-4, cn-east-3");
      default -> Map.of("service", "CDN", "resources", domain, "acceptFee", "true");
    };
  }

  private void assertState(JsonNode order, String state) {
    if (!state.equals(NO_ORDER)) {
      assertThat(caller.order(order).path("state").asText()).isEqualTo(state);
    }
  }

  /** What was not done is done when the vendor has recovered; what is in use is in use. */
  private void assertGoesOn(Supplier<JsonNode> work, ErrorPlay play) {
    if (play.state().equals("CANCELLED")) {
      return;
    }
    caller.control("DELETE", "faults", "");
    clock.advance(YOUNG);
    assertThat(work.get().at("/error/code").asText()).isIn("", "Certificate.InUse");
  }
}
