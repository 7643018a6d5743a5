package dev.polycert.vendor.tencent.edgeone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.AnsweringClients;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.deliver.Stage;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.tencent.TencentTesting;
import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host that makes EdgeOne refuse a whole call keeps no other host from the certificate. */
class EdgeOneRefusalTest {
  private static final String BAD = "bad.example.com";
  private static final List<String> HOSTS = List.of("www.example.com", BAD, "shop.example.com");

  @RegisterExtension final Resources resources = new Resources();
  private final List<List<String>> given = new ArrayList<>();
  private String code = "ResourceUnavailable.HostNotFound";

  private VendorError refused() {
    SmallRyeConfig config =
        HttpTesting.config(
            Map.of(
                "TENCENTCLOUD_SECRET_ID",
                TencentTesting.KEY_ID,
                "TENCENTCLOUD_SECRET_KEY",
                TencentTesting.SECRET));
    Answer<Stage> answer =
        EdgeOneDeliverers.to(
                HttpTesting.clients(
                    config,
                    new AnsweringClients(config, resources.vertx(), this::answer),
                    HttpTesting.calls(config, TencentTesting.CLOCK),
                    resources.vertx()),
                config.getConfigMapping(ProviderConfig.class))
            .advance(
                new Consignment(
                    TencentTesting.DOMAIN,
                    IssuedCertificates.issued("*.example.com"),
                    Map.of("zoneId", "zone-1", "hosts", String.join(",", HOSTS)),
                    Consignment.Source.NONE,
                    null,
                    null,
                    List.of(),
                    Map.of("certificateId", "newEc001", "given", "1"),
                    Map.of()),
                TencentTesting.context(new ArrayList<>()))
            .await()
            .atMost(Duration.ofSeconds(20));
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<Stage>) answer).failure().error();
  }

  private Response answer(List<Object> call) {
    String body = call.getLast().toString();
    if (call.get(1).equals("DescribeAccelerationDomains")) {
      return told(
          HOSTS.stream()
              .map("{\"DomainName\":\"%s\",\"Certificate\":null}"::formatted)
              .collect(
                  Collectors.joining(",", "\"TotalCount\":3,\"AccelerationDomains\":[", "],")));
    }
    given.add(HOSTS.stream().filter(body::contains).toList());
    return told(
        body.contains(BAD)
            ? "\"Error\":{\"Code\":\"%s\",\"Message\":\"is refused\"},".formatted(code)
            : "");
  }

  private static Response told(String members) {
    String json = "{\"Response\":{" + members + "\"RequestId\":\"req-1\"}}";
    return Response.ok(json.getBytes(UTF_8)).build();
  }

  @Test
  void theHostIsFoundAndNamedAndTheOthersGetTheCertificate() {
    VendorError error = refused();

    assertThat(given)
        .containsExactly(
            HOSTS,
            List.of("www.example.com"),
            List.of(BAD, "shop.example.com"),
            List.of(BAD),
            List.of("shop.example.com"));
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).isEqualTo(BAD + ": is refused");
  }

  @Test
  void aRefusalOfTheCertificateIsNotSoughtAmongTheHosts() {
    code = "InvalidParameter.CertTooShortKeySize";

    assertThat(refused().message()).contains(HOSTS);
    assertThat(given).containsExactly(HOSTS);
  }
}
