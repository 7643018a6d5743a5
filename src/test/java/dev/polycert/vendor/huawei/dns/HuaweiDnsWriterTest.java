package dev.polycert.vendor.huawei.dns;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a server that answers as Huawei Cloud's reference shows. */
@QuarkusTest
class HuaweiDnsWriterTest {
  private static final String NAME = "_acme-challenge.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer service = resources.add(new VendorServer());
  private final WriterSteps steps = new WriterSteps(writer(), "example.com");

  private HuaweiDnsWriter writer() {
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "HUAWEICLOUD_SDK_AK",
                "fake-key-id",
                "HUAWEICLOUD_SDK_SK",
                "fake-secret",
                "HUAWEICLOUD_SDK_PROJECT_ID",
                "fake-project",
                "polycert.dns-writer.\"huaweidns\".endpoint",
                service.uri().toString()));
    return new HuaweiDnsWriter(
        HttpTesting.clients(config, vertx, Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class),
        WriterTesting.hosted(config, List.of()),
        config);
  }

  @Test
  void saysWhereANamePoints() {
    service.thenJson(200, resource("huaweidns/ListPublicZones.json"));
    service.thenJson(200, resource("huaweidns/ListRecordSets.alias.json"));
    service.thenJson(200, resource("huaweidns/ListRecordSets.empty.json"));

    assertThat(steps.alias(NAME)).contains("x.acme.example.net.");
    assertThat(service.seen().getLast().uri())
        .contains("/v2/zones/2c9eb155587194ec01587224c9f90149/recordsets")
        .contains("type=CNAME", "name=" + NAME + ".", "search_mode=equal");
    assertThat(steps.alias(NAME)).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }
}
