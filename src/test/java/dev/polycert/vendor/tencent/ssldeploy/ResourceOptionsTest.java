package dev.polycert.vendor.tencent.ssldeploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.vendor.tencent.TencentTesting;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What targets may say of the cloud resources that get certificates. */
class ResourceOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "all; ap-guangzhou,ap-shanghai; -",
        "cdn, teo; -; -",
        "clb; ap-hongkong; -",
        "all; -; regions",
        "cos; -; regions",
        "clb,floppy; ap-guangzhou; update",
        "' , '; ap-guangzhou; update",
        "clb; Guangzhou; regions",
        "cdn,teo; ap-guangzhou; regions",
        "clb; ap-guangzhou/ap-shanghai; regions"
      })
  void anUpdateNamesTypesAndTheRegionsThatTheyNeed(String update, String regions, String wrong) {
    Map<String, String> found = new HashMap<>();

    ResourceScope.of(update, regions).wrong("update", "regions", found);

    assertThat(found.keySet())
        .isEqualTo(wrong == null ? Map.of().keySet() : Map.of(wrong, "").keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "-; ap-guangzhou; lb-1|lbl-2, lb-1|lbl-3|www.example.com; -",
        "clb; -; lb-1|lbl-2; region",
        "clb; guangzhou; lb-1|lbl-2; region",
        "clb; ap-guangzhou; lb-1; instances",
        "clb; ap-guangzhou; lb-1|; instances",
        "clb; ap-guangzhou; ' '; instances",
        "cdn; -; www.example.com|off,*.example.com; -",
        "cdn; -; www.example.com|maybe; instances",
        "cos; -; ap-guangzhou|assets-1250000000|www.example.com; -",
        "cos; -; assets|www.example.com; instances",
        "tke; ap-guangzhou; cls-1|default|tls; -",
        "ddos; -; bgp-1|www.example.com|443; -",
        "teo; -; www.example.com; -",
        "teo; -; a|b; instances",
        "floppy; -; a; resourceType"
      })
  void instancesAreInTheFormOfTheirType(
      String type, String region, String instances, String wrong) {
    Map<String, String> found = new HashMap<>();

    InstanceList.of(type, region, instances).wrong("resourceType", "region", "instances", found);

    assertThat(found.keySet())
        .isEqualTo(wrong == null ? Map.of().keySet() : Map.of(wrong, "").keySet());
  }

  @Test
  void whatIsUnknownIsNamedWithWhatIsRight() {
    Map<String, String> found = new HashMap<>();

    ResourceScope.of("clb,floppy,cd", "ap-guangzhou").wrong("update", "regions", found);
    InstanceList.of("floppy", null, "a").wrong("resourceType", "region", "instances", found);
    InstanceList.of("cos", null, "a|b|c,odd").wrong("resourceType", "region", "instances", found);

    assertThat(found.get("update")).contains("[floppy, cd]", "[clb, cdn, waf, live,", "gaap]");
    assertThat(found.get("resourceType")).contains("'floppy'", "[apigateway, cdn, clb,");
    assertThat(found.get("instances")).contains("[odd]", "ap-guangzhou|bucket");
  }

  @Test
  void anUpdateCoversItsTypesInItsRegions() {
    ResourceScope scope = ResourceScope.of("clb,cdn", "ap-guangzhou");

    assertThat(scope.regional()).containsExactly("clb");
    assertThat(scope.covers("clb", "ap-guangzhou")).isTrue();
    assertThat(scope.covers("clb", "ap-shanghai")).isFalse();
    assertThat(scope.covers("clb", null)).isFalse();
    assertThat(scope.covers("cdn", null)).isTrue();
    assertThat(scope.covers("teo", null)).isFalse();
    assertThat(ResourceScope.of("all", "ap-guangzhou").types()).hasSize(16);
  }

  @Test
  void aDetailNeedsNoMoreThanItsId() throws IOException {
    JobDetail bare = TencentTesting.read(JobDetail.class, "{\"Id\":1,\"Status\":null}");
    assertThat(bare.name()).isEmpty();
    assertThat(bare.done() || bare.failed()).as("it is taken to run").isFalse();

    JobDetail full =
        TencentTesting.read(
            JobDetail.class,
            """
            {"Id": 2, "Status": 2, "ResourceType": "ddos", "Region": "", "InstanceId": "bgp-1",
             "ListenerId": "", "Domains": ["www.example.com", null], "Port": 443}
            """);
    assertThat(full.name()).isEqualTo("ddos bgp-1|www.example.com");
    assertThat(List.of("bgp-1", "www.example.com", "443")).allMatch(full::mentions);
    assertThat(full.retryable()).isTrue();
  }

  @Test
  void aRecordIsMadeOnlyWhenItHasAnIdAndIsOurs() throws IOException {
    for (String other :
        List.of(
            "{\"DeployRecordId\":0,\"DeployStatus\":1}",
            "{\"DeployRecordId\":null}",
            "{\"DeployRecordId\":7,\"DeployStatus\":0}")) {
      assertThat(TencentTesting.read(ResourceApi.Started.class, other).made()).isFalse();
    }
    assertThat(
            TencentTesting.read(
                    ResourceApi.Started.class, "{\"DeployRecordId\":7,\"DeployStatus\":1}")
                .made())
        .isTrue();
  }
}
