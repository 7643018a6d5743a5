package dev.polycert.whole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * 1,000 domains at a vendor that answers after 100 ms and has no limits, over 50 connections: the
 * packaged application as it ships, and the vendor's own SDK making the same calls with 50 threads.
 */
class ApplyBench {
  private static final int DOMAINS = 1000;
  private static final int AT_ONCE = 50;

  /** One by one, all would take minutes. */
  private static final int SEQUENTIAL = 50;

  /** All is compiled once so many rounds took no less than so much of the cheapest before them. */
  private static final int STILL_ROUNDS = 4;

  private static final double STILL = 0.97;
  private static final int MOST_ROUNDS = 40;

  private static final Duration LATENCY = Duration.ofMillis(100);
  private static final double MOST = 1.10;
  private static final double MOST_HEAP = 64;

  /** The calls of a domain in their order. */
  private static final List<String> OPERATIONS =
      List.of(
          "DescribeCertificates",
          "ApplyCertificate",
          "DescribeCertificate",
          "CheckCertificateDomainVerification");

  @RegisterExtension final Targets targets = new Targets();
  @TempDir Path directory;

  @Test
  void besideTheVendorsSdk() throws Exception {
    try (Vendor vendor = new Vendor()) {
      Map<String, Integer> counts = new HashMap<>();
      Measured ours;
      try (App app = new App(vendor.sandbox(), directory, Vendor.KEYS, lifted())) {
        ours =
            warm(
                vendor,
                app.process(),
                round -> app.apply(Vendor.domains("a" + round + "-", DOMAINS)));
        JsonObject counted = vendor.counts();
        OPERATIONS.forEach(each -> counts.put(each, counted.getInteger(each, 0)));
      }
      List<String> operations = new ArrayList<>(OPERATIONS);
      operations.removeIf(each -> counts.get(each) == 0);
      assertThat(counts.values()).allMatch(count -> count == 0 || count == DOMAINS);
      judge(ours, operations);
      try (Sdk sdk = new Sdk(vendor.uri())) {
        compare(
            "SDK on virtual threads",
            ours,
            warm(
                vendor,
                sdk.process(),
                round -> sdk.run("b" + round + "-", DOMAINS, AT_ONCE, operations)),
            1);
        empty(vendor);
        compare(
            "SDK one by one",
            ours,
            Measured.of(sdk.process(), () -> sdk.run("c", SEQUENTIAL, 1, operations)),
            DOMAINS / SEQUENTIAL);
      }
    }
  }

  /** Measures rounds until their CPU time stands still. */
  private static Measured warm(Vendor vendor, JvmProcess process, IntConsumer work)
      throws Exception {
    List<Measured> rounds = new ArrayList<>();
    do {
      int number = rounds.size() + 1;
      empty(vendor);
      rounds.add(Measured.of(process, () -> work.accept(number)));
    } while (rounds.size() < MOST_ROUNDS && !still(rounds));
    return rounds.getLast();
  }

  private static boolean still(List<Measured> rounds) {
    int before = rounds.size() - STILL_ROUNDS;
    return before >= STILL_ROUNDS
        && cheapest(rounds.subList(before, rounds.size()))
            >= cheapest(rounds.subList(0, before)) * STILL;
  }

  private static double cheapest(List<Measured> rounds) {
    return rounds.stream().mapToDouble(Measured::cpuMillis).min().orElseThrow();
  }

  private static Map<String, String> lifted() {
    Map<String, String> settings = new HashMap<>();
    settings.put("polycert.http.pool-size", Integer.toString(AT_ONCE));
    Stream.of("*", "ApplyCertificate", "CheckCertificateDomainVerification")
        .forEach(
            operation ->
                settings.put(
                    "polycert.provider.\"tencent-ssl\".limits.\"" + operation + "\"", "1000000"));
    return settings;
  }

  private static void empty(Vendor vendor) {
    vendor.reset(
        "{\"latency\":\"%s\",\"limits\":false,\"quota\":{\"tencent-ssl\":100000,".formatted(LATENCY)
            + "\"tencent-ssl/main-domain\":100000}}");
  }

  private void judge(Measured ours, List<String> operations) {
    double slot = LATENCY.toMillis() / 1e3 * Math.ceilDiv(DOMAINS, AT_ONCE);
    String what = "%d domains, %d at once: ".formatted(DOMAINS, AT_ONCE);
    targets.tell(what + "wall", ours.seconds(), "s");
    targets.tell(what + "calls of a domain", operations.size(), "");
    targets.atMost(
        what + "wall / (calls of a domain x %.0f s)".formatted(slot),
        ours.seconds() / operations.size() / slot,
        MOST,
        "");
    targets.tell(what + "CPU per call", ours.cpuMillis() / operations.size() / DOMAINS, "ms");
    targets.tell(what + "peak heap", ours.peakMebibytes(), "MiB");
    targets.atMost(what + "heap after GC", ours.mebibytesAfterGc(), MOST_HEAP, "MiB");
  }

  /** Prints ours as multiples of theirs, which did a part of the work. */
  private void compare(String what, Measured ours, Measured theirs, int part) {
    targets.tell("wall / " + what, ours.seconds() / theirs.seconds() / part, "");
    targets.tell("CPU per call / " + what, ours.cpuMillis() / theirs.cpuMillis() / part, "");
    targets.tell("peak heap / " + what, ours.peakMebibytes() / theirs.peakMebibytes(), "");
  }
}
