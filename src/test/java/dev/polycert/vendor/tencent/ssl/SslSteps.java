package dev.polycert.vendor.tencent.ssl;

import static dev.polycert.vendor.tencent.TencentTesting.CLOCK;
import static dev.polycert.vendor.tencent.TencentTesting.JSON;
import static dev.polycert.vendor.tencent.TencentTesting.NOW;
import static dev.polycert.vendor.tencent.TencentTesting.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.provider.Application;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.Information;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.testing.Resources;
import dev.polycert.vault.TestVault;
import dev.polycert.vault.Vault;
import dev.polycert.vendor.tencent.TencentTesting;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The steps of an order against a server that answers from the files beside. */
abstract class SslSteps {
  static final Reference REFERENCE = Reference.of("certificateId", "a9TsmZkL");

  /** What the pending certificate of the files waits for. */
  static final Validation CNAME =
      Validation.dns(
          "www.example.com", "_a1b2c3.www.example.com", "CNAME", "d4e5f6.dcv.example-ca.com");

  static final Vault VAULT = TestVault.over(new TestVault.Memory());

  @Inject Vertx vertx;
  @RegisterExtension final Resources resources = new Resources();
  final VendorServer vendor = resources.add(new VendorServer());
  final List<String> intents = new ArrayList<>();

  /** Information with this password as orders keep it. */
  static Information withPassword(String password) {
    String sealed = VAULT.sealText("keyPassword", password);
    return new Information(null, null, null, null, null, sealed);
  }

  TencentSslProvider provider(Map<String, String> settings) {
    TencentTesting.Setup setup = TencentTesting.setup(vendor.uri(), vertx, settings);
    return new TencentSslProvider(setup.clients(), setup.config(), VAULT, CLOCK);
  }

  TencentSslProvider provider() {
    return provider(Map.of());
  }

  void answers(String... names) {
    for (String name : names) {
      vendor.thenJson(200, resource("ssl/" + name + ".response.json"));
    }
  }

  void answersError(String code) {
    vendor.thenJson(
        200,
        "{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"m\"},\"RequestId\":\"req-error\"}}"
            .formatted(code));
  }

  static Object done(Uni<? extends Answer<?>> step) {
    return Awaiting.await(Object.class, step);
  }

  /** The application once its validations were shown. */
  static Application shown(Application application, Validation... validations) {
    return new Application(
        application.domain(),
        application.terms(),
        application.plan(),
        application.reference(),
        List.of(validations),
        application.appliedAt(),
        application.renewalOf());
  }

  static Application with(
      Application application, Reference reference, Instant appliedAt, Reference renewalOf) {
    return new Application(
        application.domain(),
        application.terms(),
        application.plan(),
        reference,
        List.of(),
        appliedAt,
        renewalOf);
  }

  static VendorError error(Object outcome) {
    return switch (outcome) {
      case Failure.Refused(VendorError error) -> error;
      case Failure.Unclear(VendorError error) -> error;
      default -> throw new AssertionError(outcome);
    };
  }

  List<String> actions() {
    return vendor.seen().stream().map(seen -> seen.headers().get("x-tc-action")).toList();
  }

  void assertSent(int index, String action, String fixture) throws IOException {
    VendorServer.Seen seen = vendor.seen().get(index);
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.uri()).isEqualTo("/");
    assertThat(seen.headers())
        .containsEntry("x-tc-action", action)
        .containsEntry("x-tc-version", "2019-12-05")
        .containsEntry("x-tc-timestamp", String.valueOf(NOW.getEpochSecond()))
        .containsEntry("content-type", "application/json; charset=utf-8");
    assertThat(JSON.readTree(seen.body())).isEqualTo(JSON.readTree(resource("ssl/" + fixture)));
  }
}
