package dev.polycert.whole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * 100 domains at the documented limit of 10 applications a second, which the vendor enforces, by
 * the packaged application as it ships.
 */
class RateBench {
  private static final int DOMAINS = 100;
  private static final double SECONDS = 10;
  private static final double TOLERANCE = 0.05;

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;

  @Test
  void holdsTheLimitWithoutBeingThrottled() throws Exception {
    try (Vendor vendor = new Vendor();
        App app = new App(vendor.sandbox(), directory, Vendor.KEYS, Map.of())) {
      vendor.reset("{\"limits\":true}");
      app.apply(Vendor.domains("warm", 50));
      Thread.sleep(1000);
      vendor.counts();
      long before = System.nanoTime();
      app.apply(Vendor.domains("d", DOMAINS));
      double wall = (System.nanoTime() - before) / 1e9;
      JsonObject counts = vendor.counts();
      int throttled = counts.getInteger("throttled", 0);
      assertThat(counts.getInteger("ApplyCertificate") - throttled).isEqualTo(DOMAINS);
      String what = "%d domains at 10 a second: ".formatted(DOMAINS);
      targets.between(
          what + "wall", wall, SECONDS * (1 - TOLERANCE), SECONDS * (1 + TOLERANCE), "s");
      targets.tell(what + "first write to last", counts.getInteger("writingMillis") / 1e3, "s");
      targets.tell(
          what + "shortest time of eleven writes", counts.getInteger("closestMillis", 0), "ms");
      targets.atMost(what + "throttled", throttled, 0, "");
    }
  }
}
