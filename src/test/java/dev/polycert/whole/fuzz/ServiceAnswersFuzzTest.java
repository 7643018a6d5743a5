package dev.polycert.whole.fuzz;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static dev.polycert.dns.WriterTesting.txt;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.DnsWriter;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever a DNS service or a target of certificates answers, every call ends in a result. */
class ServiceAnswersFuzzTest {
  private static final String ZONE = "example.com";
  private static final DnsRecord RECORD = txt("_acme-challenge.example.com", "token");
  private static final DomainName DOMAIN = DomainName.parse("www.example.com");
  private static final Map<String, String> TARGET =
      Map.ofEntries(
          Map.entry("region", "us-east-1"),
          Map.entry("siteId", "1234567890123"),
          Map.entry("secretName", "tls/www"),
          Map.entry("targetService", "CDN"),
          Map.entry("targetProject", "cn-north-4"),
          Map.entry("url", "https://hooks.example.com/certificates"),
          Map.entry("namespace", "web"),
          Map.entry("name", "www"),
          Map.entry("domainName", "www.example.com"),
          Map.entry("loadBalancerId", "lb-1"),
          Map.entry("port", "443"),
          Map.entry("listenerId", "lsn-1"),
          Map.entry("bucket", "examplebucket"),
          Map.entry("domains", "www.example.com"),
          Map.entry("hosts", "978b411657624c2db069cd5484195d1c"));

  /** The regions of Huawei Cloud have other names, and projects. */
  private static final Map<String, String> OF_HUAWEI =
      Map.of("region", "cn-north-4", "projectId", "00000000000000000000000000000000");

  private static final Cases CASES = new Cases(ServiceAnswersFuzzTest.class, 300_000);

  private static Vertx vertx;
  private static HostileVendors services;
  private static List<DnsWriter> writers;
  private static List<Deliverer> deliverers;
  private static CertificateBundle certificate;

  private final WriteContext context =
      new WriteContext(
          HostileVendors.NOW.plusSeconds(20),
          new Object(),
          operation -> Uni.createFrom().voidItem());

  @BeforeContainer
  static void start() {
    vertx = Vertx.vertx();
    services = new HostileVendors(vertx, CASES);
    writers = services.writers();
    deliverers = services.deliverers();
    certificate = issued("www.example.com");
  }

  @AfterContainer
  static void stop() throws IOException {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    CASES.tell();
  }

  @Property(seed = "43", shrinking = ShrinkingMode.OFF)
  void everyAnswerToAWriterIsAResult(@ForAll long seed) {
    for (DnsWriter writer : writers) {
      step(writer.id() + " find", seed, () -> writer.find(ZONE, RECORD, context));
      step(writer.id() + " create", seed, () -> writer.create(ZONE, RECORD, context));
      step(writer.id() + " remove", seed, () -> writer.remove(ZONE, RECORD, "1", context));
    }
  }

  @Property(seed = "47", shrinking = ShrinkingMode.OFF)
  void everyAnswerToADelivererIsAResult(@ForAll long seed) {
    for (Deliverer deliverer : deliverers) {
      Map<String, String> target = new HashMap<>(TARGET);
      if (deliverer.id().startsWith("huawei-")) {
        target.putAll(OF_HUAWEI);
      }
      step(
          deliverer.id() + " first",
          seed,
          () -> deliverer.deliver(DOMAIN, certificate, target, null, context));
      step(
          deliverer.id() + " again",
          seed,
          () -> deliverer.deliver(DOMAIN, certificate, target, "arn:aws:acm:x:1:c/1", context));
    }
  }

  private static <T> void step(String name, long seed, Supplier<Uni<Answer<T>>> step) {
    Answer<T> result = services.ended(name, seed, step);
    Statistics.label(name)
        .collect(
            result instanceof Answer.Failed<T>(Failure failure)
                ? failure.getClass().getSimpleName()
                : "Value");
  }
}
