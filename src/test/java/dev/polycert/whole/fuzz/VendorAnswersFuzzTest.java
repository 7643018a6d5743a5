package dev.polycert.whole.fuzz;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever a vendor answers, every step ends in an outcome: never an exception, never a flood. */
class VendorAnswersFuzzTest {
  private static final Cases CASES = new Cases(VendorAnswersFuzzTest.class, 600_000);

  private static Vertx vertx;
  private static HostileVendors vendors;
  private static List<CertificateProvider> providers;

  @BeforeContainer
  static void start() {
    vertx = Vertx.vertx();
    vendors = new HostileVendors(vertx, CASES);
    providers = vendors.providers();
  }

  @AfterContainer
  static void stop() throws IOException {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    CASES.tell();
  }

  @Property(seed = "17", shrinking = ShrinkingMode.OFF)
  void everyAnswerIsAnOutcome(@ForAll long seed) {
    for (CertificateProvider provider : providers) {
      Application fresh = application(provider, Map.of(), null);
      Application placed =
          application(provider, plan(provider), reference(provider.descriptor().id()));
      CallContext reading = new CallContext(HostileVendors.NOW.plusSeconds(20));
      WriteContext writing =
          new WriteContext(
              HostileVendors.NOW.plusSeconds(20),
              new Object(),
              operation -> Uni.createFrom().voidItem());
      step(provider, seed, "prepare", () -> provider.prepare(fresh, reading));
      step(provider, seed, "place", () -> provider.place(placed, writing));
      step(provider, seed, "find", () -> provider.find(placed, reading));
      step(provider, seed, "check", () -> provider.check(placed, reading));
      step(provider, seed, "submit", () -> provider.submit(placed, writing));
      step(provider, seed, "cancel", () -> provider.cancel(placed, writing));
      step(provider, seed, "delete", () -> provider.delete(placed, writing));
      step(
          provider,
          seed,
          "revoke",
          () -> provider.revoke(placed, RevocationReason.SUPERSEDED, writing));
      step(provider, seed, "export", () -> provider.export(placed, true, reading));
      step(provider, seed, "deploy", () -> provider.deploy(placed, Map.of(), writing));
      step(provider, seed, "list", () -> provider.list(null, reading));
    }
  }

  /** Found by a long run: one of ESA's certificates was null. */
  @Example
  void aNullInAListIsNothing() {
    everyAnswerIsAnOutcome(-26813);
  }

  private static <T> void step(
      CertificateProvider provider, long seed, String name, Supplier<Uni<T>> step) {
    T outcome = vendors.ended(provider.descriptor().id() + " " + name, seed, step);
    Statistics.label(provider.descriptor().id() + " " + name).collect(kind(outcome));
  }

  private static String kind(Object outcome) {
    Object came =
        switch (outcome) {
          case Answer.Failed<?>(Failure failure) -> failure;
          case Answer.Success<?>(Object value, var requestId) -> value;
          default -> outcome;
        };
    return came.getClass().getSimpleName();
  }

  private static Map<String, String> plan(CertificateProvider provider) {
    return switch (provider.descriptor().id()) {
      case "alibaba-esa" -> Map.of("siteId", "1234567890123");
      case "tencent-edgeone" -> Map.of("zoneId", "zone-21xfqlh4qjee");
      default -> Map.of();
    };
  }

  private static Reference reference(String provider) {
    return switch (provider) {
      case "alibaba-cas" ->
          Reference.of("certificateId", "22783111", "instanceId", "cas_dv-cn-68n1mm16");
      case "alibaba-esa" -> Reference.of("siteId", "1234567890123", "id", "30000478");
      case "tencent-edgeone" ->
          Reference.of("zoneId", "zone-21xfqlh4qjee", "domain", "www.example.com");
      case "huawei-scm" -> Reference.of("certificateId", "scs0000000000001");
      case "aws-acm" ->
          Reference.of(
              "certificateArn",
              "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012");
      default -> Reference.of("certificateId", "fakeCert");
    };
  }

  private static Application application(
      CertificateProvider provider, Map<String, String> plan, Reference reference) {
    Person person = new Person("A B", "A", "B", "+8613800000000", "a@example.com", "CTO");
    Information information =
        new Information(
            new Organization(
                "Example Ltd", "IT", "CN", "GD", "Shenzhen", "1 Way", "518000", "0755", "123456"),
            person,
            person,
            null,
            true);
    return new Application(
        DomainName.parse("www.example.com"),
        new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, Map.of(), information),
        plan,
        reference,
        List.of(),
        HostileVendors.NOW.minusSeconds(600),
        null);
  }
}
