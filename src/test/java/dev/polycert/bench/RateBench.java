package dev.polycert.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Applied;
import dev.polycert.order.ApplyCommand;
import dev.polycert.order.Applying;
import dev.polycert.order.Strategy;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** 100 domains at the documented limit of 10 applications a second, which the vendor enforces. */
@QuarkusTest
@TestProfile(RateBench.Documented.class)
@WithTestResource(SandboxResource.class)
class RateBench {
  private static final int DOMAINS = 100;
  private static final double SECONDS = 10;
  private static final double TOLERANCE = 0.05;

  /** The limits as they ship. */
  public static class Documented implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "polycert.sandbox.enabled", "false",
          "polycert.server.enabled", "false",
          "quarkus.lambda.mock-event-server.test-port", "0");
    }
  }

  @Inject Applying applying;

  @ConfigProperty(name = "bench.sandbox")
  java.net.URI sandbox;

  @Test
  void holdsTheLimitWithoutBeingThrottled() {
    Vendor vendor = new Vendor(sandbox);
    vendor.reset("{\"limits\":true}");
    ApplyCommand command =
        new ApplyCommand(
            IntStream.range(0, DOMAINS)
                .mapToObj(i -> DomainName.parse("d" + i + ".bench.example"))
                .toList(),
            List.of("tencent-ssl"),
            Strategy.ALL,
            ValidationMethod.DNS,
            KeyAlgorithm.RSA_2048,
            Map.of(),
            Information.none(),
            false);
    long before = System.nanoTime();
    List<Applied> applied =
        applying
            .apply(command, Instant.now().plusSeconds(60))
            .await()
            .atMost(Duration.ofSeconds(70));
    double wall = (System.nanoTime() - before) / 1e9;
    JsonObject counts = vendor.counts();
    double writing = counts.getInteger("writingMillis") / 1e3;
    System.out.printf(
        "%n%d domains at 10 applications a second: %.2f s in all, %.2f s from the first write to"
            + " the last; calls %s%n",
        DOMAINS, wall, writing, counts);
    assertThat(applied.stream().filter(each -> each.order().reference() != null).count())
        .isEqualTo(DOMAINS);
    assertThat(counts.getInteger("ApplyCertificate")).isEqualTo(DOMAINS);
    assertThat(counts.getInteger("throttled", 0)).isZero();
    assertThat(wall).isBetween(SECONDS * (1 - TOLERANCE), SECONDS * (1 + TOLERANCE));
  }
}
