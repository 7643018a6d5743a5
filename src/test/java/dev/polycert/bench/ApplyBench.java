package dev.polycert.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.ssl.v20191205.SslClient;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Applied;
import dev.polycert.order.ApplyCommand;
import dev.polycert.order.Applying;
import dev.polycert.order.Strategy;
import dev.polycert.provider.Application;
import dev.polycert.provider.CallContext;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.provider.tencent.ssl.TencentSslProvider;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 1,000 domains at a vendor that answers after 100 ms and has no limits, 50 at a time. */
@QuarkusTest
@TestProfile(ApplyBench.Lifted.class)
@WithTestResource(SandboxResource.class)
class ApplyBench {
  private static final int DOMAINS = 1000;
  private static final int AT_ONCE = 50;
  private static final int SEQUENTIAL = 50;
  private static final Duration LATENCY = Duration.ofMillis(100);
  private static final double MOST = 1.10;
  private static final long MOST_HEAP = 64L << 20;

  /** No limit, and time enough for all. */
  public static class Lifted implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "polycert.provider.\"tencent-ssl\".limits.\"*\"", "1000000",
          "polycert.provider.\"tencent-ssl\".limits.ApplyCertificate", "1000000",
          "polycert.provider.\"tencent-ssl\".limits.CheckCertificateDomainVerification", "1000000",
          "polycert.provider.\"tencent-ssl\".concurrency", Integer.toString(AT_ONCE),
          "polycert.sandbox.enabled", "false",
          "polycert.server.enabled", "false",
          "quarkus.lambda.mock-event-server.test-port", "0");
    }
  }

  @Inject Applying applying;
  @Inject TencentSslProvider provider;

  @ConfigProperty(name = "bench.sandbox")
  java.net.URI sandbox;

  private Vendor vendor;

  @BeforeEach
  void start() {
    vendor = new Vendor(sandbox);
  }

  private void emptyVendor() {
    vendor.reset(
        "{\"latency\":\"%s\",\"limits\":false,\"quota\":{\"tencent-ssl\":100000,".formatted(LATENCY)
            + "\"tencent-ssl/main-domain\":100000}}");
  }

  private static List<String> domains(String kind, int count) {
    return IntStream.range(0, count).mapToObj(i -> kind + i + ".bench.example").toList();
  }

  @Test
  void besideTheVendorsSdk() {
    emptyVendor();
    useCase(domains("warm", 300));
    write(domains("bare", 300));
    threads(domains("sdk", 300), Vendor::apply);

    emptyVendor();
    Measured ours = Measured.of("ours: apply", 1, () -> useCase(domains("a", DOMAINS)));
    JsonObject counted = vendor.counts();
    counted.remove("writingMillis");
    ours = ours.withCalls(counted.stream().mapToInt(each -> (Integer) each.getValue()).sum());
    emptyVendor();
    Measured bare = Measured.of("ours: the write", DOMAINS, () -> write(domains("b", DOMAINS)));
    emptyVendor();
    Measured sdkAll =
        Measured.of(
            "SDK: the same calls; virtual threads",
            4 * DOMAINS,
            () -> threads(domains("c", DOMAINS), Vendor::applyAsWeDo));
    emptyVendor();
    Measured sdk =
        Measured.of(
            "SDK: the write; virtual threads",
            DOMAINS,
            () -> threads(domains("d", DOMAINS), Vendor::apply));
    emptyVendor();
    Measured sequential =
        Measured.of(
            "SDK: the write; one by one, " + SEQUENTIAL + " domains",
            SEQUENTIAL,
            () -> {
              SslClient client = vendor.sdk();
              domains("e", SEQUENTIAL).forEach(domain -> Vendor.apply(client, domain));
            });

    Duration slot = LATENCY.multipliedBy(Math.ceilDiv(DOMAINS, AT_ONCE));
    int chain = Math.ceilDiv(ours.calls(), DOMAINS);
    double perSlot = ours.wall().toNanos() / (double) chain / slot.toNanos();
    double bareSlot = bare.wall().toNanos() / (double) slot.toNanos();
    System.out.printf(
        "%n%d domains, %d at once, vendor answers after %d ms, calls %s%n%s%n",
        DOMAINS, AT_ONCE, LATENCY.toMillis(), counted, Measured.head());
    List.of(ours, bare, sdkAll, sdk, sequential)
        .forEach(measured -> System.out.println(measured.row()));
    System.out.println(ours.ratio(sdkAll));
    System.out.println(bare.ratio(sdk));
    System.out.printf(
        "SDK one by one would take %.0f s for all: ours takes %.3f of it%n",
        sequential.wall().toNanos() / 1e9 / SEQUENTIAL * DOMAINS,
        bare.wall().toNanos() * SEQUENTIAL / (double) sequential.wall().toNanos() / DOMAINS);
    System.out.printf(
        "wall per call slot of %.1f s: apply %.3f (%d calls a domain), the write %.3f; at most"
            + " %.2f%n",
        slot.toMillis() / 1e3, perSlot, chain, bareSlot, MOST);
    assertThat(perSlot).as("apply, per call slot").isLessThanOrEqualTo(MOST);
    assertThat(bareSlot).as("the write, per call slot").isLessThanOrEqualTo(MOST);
    assertThat(ours.heapAfterGc()).as("heap after GC").isLessThanOrEqualTo(MOST_HEAP);
  }

  private void useCase(List<String> names) {
    ApplyCommand command =
        new ApplyCommand(
            names.stream().map(DomainName::parse).toList(),
            List.of("tencent-ssl"),
            Strategy.ALL,
            ValidationMethod.DNS,
            KeyAlgorithm.RSA_2048,
            Map.of(),
            Information.none(),
            false);
    List<Applied> applied =
        applying
            .apply(command, Instant.now().plusSeconds(60))
            .await()
            .atMost(Duration.ofSeconds(70));
    assertThat(applied.stream().filter(each -> each.order().reference() != null).count())
        .isEqualTo(names.size());
  }

  private void write(List<String> names) {
    CallContext context =
        new CallContext(Instant.now().plusSeconds(60), operation -> Uni.createFrom().voidItem());
    List<Outcome> outcomes =
        Multi.createFrom()
            .iterable(names)
            .onItem()
            .transformToUni(name -> provider.place(application(name), context))
            .merge(AT_ONCE)
            .collect()
            .asList()
            .await()
            .atMost(Duration.ofSeconds(70));
    assertThat(outcomes.stream().filter(Outcome.Progress.class::isInstance).count())
        .isEqualTo(names.size());
  }

  private static Application application(String name) {
    Terms terms =
        new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, Map.of(), Information.none());
    return new Application(DomainName.parse(name), terms, Map.of(), null, List.of(), null, null);
  }

  private void threads(List<String> names, BiConsumer<SslClient, String> work) {
    SslClient client = vendor.sdk();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      List<? extends Future<?>> all =
          names.stream().map(name -> threads.submit(() -> work.accept(client, name))).toList();
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
