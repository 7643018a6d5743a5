package dev.polycert.vendor.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Consignment.Source;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.deliver.Stage;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentEdgeOneEmulator;
import dev.polycert.sandbox.tencent.TencentSandbox;
import dev.polycert.sandbox.tencent.TencentSslEmulator;
import dev.polycert.vendor.tencent.edgeone.EdgeOneDeliverers;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates that accelerated domains of EdgeOne use, by way of Tencent Cloud SSL. */
@QuarkusTest
class EdgeOneDeliveryTest {
  private static final MortalDelivery PROCESS = new MortalDelivery();
  private static final RunningSandbox SANDBOX =
      new RunningSandbox(
          TencentSandbox.CREDENTIALS,
          world -> PROCESS.before(new TencentSslEmulator(world)),
          world -> PROCESS.before(new TencentEdgeOneEmulator(world)));

  @Inject Vertx vertx;
  private Deliverer deliverer;
  private Map<String, String> options;

  @BeforeAll
  static void start() {
    SANDBOX.start();
  }

  @AfterAll
  static void stop() {
    SANDBOX.stop();
  }

  @BeforeEach
  void open() {
    PROCESS.live();
    SANDBOX.control("POST", "reset", "{}");
    SANDBOX.control("PUT", "settings", "{\"limits\":false}");
    String zone =
        SANDBOX
            .control("POST", "tencent-edgeone/zones", "{\"zoneName\":\"example.com\"}")
            .getString("zoneId");
    options = Map.of("zoneId", zone, "hosts", "www.example.com, shop.example.com");
    Map<String, String> settings = new HashMap<>(TencentSandbox.CREDENTIALS);
    settings.put("polycert.http.backoff", "1ms");
    settings.put("polycert.provider.\"tencent-ssl\".endpoint", SANDBOX.uri("").toString());
    settings.put("polycert.provider.\"tencent-edgeone\".endpoint", SANDBOX.uri("").toString());
    SmallRyeConfig config = HttpTesting.config(settings);
    deliverer =
        PROCESS.of(
            EdgeOneDeliverers.to(
                HttpTesting.clients(config, vertx, Clock.systemUTC()),
                config.getConfigMapping(ProviderConfig.class)));
  }

  @Test
  void allHostsUseTheCertificateAndThenItsRenewal() {
    SANDBOX.control("PUT", "tencent-edgeone/settings", "{\"deployDelay\":\"PT20S\"}");
    CertificateBundle export = IssuedCertificates.issued("*.example.com");

    String id = delivered(export, Source.NONE, null);

    assertThat(writes()).isOne();
    assertThat(delivered(export, Source.NONE, id)).as("repeated").isEqualTo(id);
    assertThat(writes()).as("repeated").isOne();
    String renewed = delivered(IssuedCertificates.issued("*.example.com"), Source.NONE, id);
    assertThat(renewed).isNotEqualTo(id);
    assertThat(writes()).isEqualTo(2);
  }

  @Test
  void aCertificateOfTencentCloudSslIsNotUploadedAgain() {
    CertificateBundle export = IssuedCertificates.issued("*.example.com");
    String account = deliverer.service().account().id();

    String id =
        delivered(
            export,
            new Source("tencent-ssl", account, Reference.of("certificateId", "a9TsmZkL"), null),
            null);

    assertThat(id).isEqualTo("a9TsmZkL");
    assertThat(calls().getJsonObject("tencent-ssl")).isNull();
  }

  @Test
  void whateverRequestItsProcessDiesWithTheHostsAreChangedOnce() {
    for (int last = 1; last <= 5; last++) {
      open();
      PROCESS.dieWith(last);

      delivered(IssuedCertificates.issued("*.example.com"), Source.NONE, null);

      assertThat(writes()).as("died with " + last).isOne();
    }
  }

  @Test
  void anUnknownHostIsNamed() {
    options = Map.of("zoneId", options.get("zoneId"), "hosts", "www.example.org");

    VendorError error = refused(IssuedCertificates.issued("*.example.org"));

    assertThat(error.code()).isEqualTo("HostNotFound");
    assertThat(error.message()).contains("www.example.org");
  }

  @Test
  void optionsAreCheckedBeforehand() {
    assertThat(deliverer.wrong(options)).isEmpty();
    assertThat(deliverer.wrong(Map.of())).containsOnlyKeys("zoneId");
    assertThat(deliverer.wrong(Map.of("zoneId", "zone 1"))).containsOnlyKeys("zoneId");
    assertThat(deliverer.wrong(Map.of("zoneId", "zone-1", "hosts", "a.b,".repeat(2) + "https://x")))
        .containsOnlyKeys("hosts");
    assertThat(deliverer.wrong(Map.of("zoneId", "zone-1", "hosts", " , ")))
        .containsOnlyKeys("hosts");
  }

  /** Takes step after step, as orders do, with what the one before left. */
  private String delivered(CertificateBundle export, Source source, String earlier) {
    Map<String, String> state = Map.of();
    for (int i = 0; i < 20; i++) {
      Answer<Stage> answer;
      try {
        answer = step(export, source, earlier, state);
      } catch (IllegalStateException killed) {
        PROCESS.live();
        continue;
      }
      assertThat(answer).isInstanceOf(Answer.Success.class);
      switch (((Answer.Success<Stage>) answer).value()) {
        case Stage.Done(var place) -> {
          return place;
        }
        case Stage.UnderWay(var left, var again) -> {
          state = left;
          SANDBOX.control("POST", "clock", "{\"advance\":\"" + again + "\"}");
        }
      }
    }
    throw new AssertionError("no end: " + state);
  }

  private VendorError refused(CertificateBundle export) {
    Answer<Stage> answer = step(export, Source.NONE, null, Map.of());
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<Stage>) answer).failure().error();
  }

  private Answer<Stage> step(
      CertificateBundle export, Source source, String earlier, Map<String, String> state) {
    Consignment consignment =
        new Consignment(
            DomainName.parse("www.example.com"),
            export,
            options,
            source,
            earlier,
            null,
            List.of(),
            state,
            Map.of());
    WriteContext context =
        new WriteContext(
            Instant.now().plusSeconds(20), new Object(), operation -> Uni.createFrom().voidItem());
    return deliverer.advance(consignment, context).await().atMost(Duration.ofSeconds(30));
  }

  private static JsonObject calls() {
    return SANDBOX.control("GET", "calls", "");
  }

  private static int writes() {
    return calls().getJsonObject("tencent-edgeone").getInteger("ModifyHostsCertificate", 0);
  }
}
