package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What products of Alibaba Cloud serve and keep, as the vendor's own SDK sees it. */
record AlibabaTargets(EsaSdk cas, EsaSdk clb) {
  static final String DOMAIN = "www.example.com";

  /** A target of each kind. */
  enum Target {
    CAS("alibaba-cas", Map.of()),
    CDN("alibaba-cdn", Map.of("domainName", DOMAIN)),
    DCDN("alibaba-dcdn", Map.of("domainName", "_wildcard.example.com")),
    CLB("alibaba-clb", Map.of("region", "cn-beijing", "loadBalancerId", "lb-1", "port", "443")),
    CLB_EXTENSION(
        "alibaba-clb",
        Map.of(
            "region", "cn-beijing",
            "loadBalancerId", "lb-1",
            "port", "443",
            "extensionDomain", DOMAIN)),
    ALB("alibaba-alb", Map.of("region", "cn-beijing", "listenerId", "lsn-1")),
    ALB_EXTENSION(
        "alibaba-alb",
        Map.of("region", "cn-beijing", "listenerId", "lsn-1", "extensionDomain", DOMAIN)),
    OSS(
        "alibaba-oss",
        Map.of("region", "cn-beijing", "bucket", "demo-bucket", "domainName", DOMAIN));

    final String id;
    final Map<String, String> options;

    Target(String id, Map<String, String> options) {
      this.id = id;
      this.options = options;
    }

    boolean isClb() {
      return id.equals("alibaba-clb");
    }
  }

  /** The certificates that the target serves, as the vendor shows them. */
  List<String> served(Target target) throws Exception {
    if (target == Target.CAS) {
      return List.of(uploads(target).getLast());
    }
    List<String> served = new ArrayList<>();
    if (target == Target.CLB) {
      served.add(
          clb.call("DescribeLoadBalancerHTTPSListenerAttribute", listener())
              .path("ServerCertificateId")
              .asText());
    } else if (target == Target.CLB_EXTENSION) {
      for (JsonNode one :
          clb.call("DescribeDomainExtensions", listener())
              .path("DomainExtensions")
              .path("DomainExtension")) {
        assertThat(one.path("Domain").asText()).isEqualTo(DOMAIN);
        served.add(one.path("ServerCertificateId").asText());
      }
    } else {
      for (JsonNode one : cas.call("ListCloudResources", Map.of()).path("Data")) {
        assertThat(target.name()).startsWith(one.path("CloudProduct").asText());
        served.add(one.path("CertId").asText() + "-cn-hangzhou");
      }
    }
    return served;
  }

  private static Map<String, String> listener() {
    return Map.of("RegionId", "cn-beijing", "LoadBalancerId", "lb-1", "ListenerPort", "443");
  }

  /** The ids of what is uploaded for the target, also when it has expired. */
  List<String> uploads(Target target) throws Exception {
    List<String> ids = new ArrayList<>();
    if (target.isClb()) {
      clb.call("DescribeServerCertificates", Map.of("RegionId", "cn-beijing"))
          .findValuesAsText("ServerCertificateId")
          .forEach(ids::add);
    } else {
      for (String status : List.of("ISSUED", "EXPIRED")) {
        for (JsonNode one :
            cas.call("ListUserCertificateOrder", Map.of("OrderType", "UPLOAD", "Status", status))
                .path("CertificateOrderList")) {
          ids.add(one.path("CertificateId").asText() + "-cn-hangzhou");
        }
      }
    }
    return ids;
  }
}
