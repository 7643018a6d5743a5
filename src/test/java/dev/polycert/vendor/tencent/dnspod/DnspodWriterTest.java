package dev.polycert.vendor.tencent.dnspod;

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

/** Against a server that answers as DNSPod's reference shows. */
@QuarkusTest
class DnspodWriterTest {
  private static final String NAME = "_acme-challenge.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer service = resources.add(new VendorServer());
  private final WriterSteps steps = new WriterSteps(writer(), "example.com");

  private DnspodWriter writer() {
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "TENCENTCLOUD_SECRET_ID",
                "fake-secret-id",
                "TENCENTCLOUD_SECRET_KEY",
                "fake-secret-key",
                "polycert.dns-writer.\"dnspod\".endpoint",
                service.uri().toString()));
    return new DnspodWriter(
        HttpTesting.clients(config, vertx, Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class));
  }

  @Test
  void saysWhereANamePoints() {
    service.thenJson(200, resource("dnspod/DescribeRecordList.alias.response.json"));
    service.thenJson(200, resource("dnspod/noRecords.response.json"));

    assertThat(steps.alias(NAME)).contains("x.acme.example.net.");
    assertThat(service.seen().getFirst().headers())
        .containsEntry("x-tc-action", "DescribeRecordList");
    assertThat(service.seen().getFirst().body())
        .contains("\"Subdomain\":\"_acme-challenge\"", "\"RecordType\":\"CNAME\"");
    assertThat(steps.alias(NAME)).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }
}
