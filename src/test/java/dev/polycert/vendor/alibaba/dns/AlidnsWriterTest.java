package dev.polycert.vendor.alibaba.dns;

import static dev.polycert.dns.WriterTesting.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorServer;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.WriterSteps;
import dev.polycert.dns.WriterTesting;
import dev.polycert.testing.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a server that answers as Alibaba Cloud's reference shows. */
@QuarkusTest
class AlidnsWriterTest {
  private static final String NAME = "_acme-challenge.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer service = resources.add(new VendorServer());
  private final WriterSteps steps = new WriterSteps(writer(), "example.com");

  private AlidnsWriter writer() {
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                "fake-key-id",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                "fake-secret",
                "polycert.dns-writer.\"alidns\".endpoint",
                service.uri().toString()));
    return new AlidnsWriter(
        HttpTesting.clients(config, vertx, Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class),
        () -> 42L);
  }

  @Test
  void saysWhereANamePoints() {
    service.thenJson(200, resource("alidns/DescribeSubDomainRecords.alias.json"));
    service.thenJson(200, resource("alidns/DescribeSubDomainRecords.empty.json"));

    assertThat(steps.alias(NAME)).contains("x.acme.example.net");
    assertThat(service.seen().getFirst().headers())
        .containsEntry("x-acs-action", "DescribeSubDomainRecords");
    assertThat(service.seen().getFirst().uri())
        .contains("SubDomain=" + NAME, "DomainName=example.com", "Type=CNAME");
    assertThat(steps.alias(NAME)).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }
}
