package dev.polycert.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.HttpTesting;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.endpoints.AcmEndpointProvider;
import software.amazon.awssdk.services.secretsmanager.endpoints.SecretsManagerEndpointProvider;

/** Judged by the rules that AWS's own clients find their endpoints by. */
class AwsEndpointsTest {
  private final AwsEndpoints plain = AwsTesting.endpoints();
  private final AwsEndpoints fips = endpoints("true");

  private static AwsEndpoints endpoints(String fips) {
    return new AwsEndpoints(HttpTesting.config(Map.of("AWS_USE_FIPS_ENDPOINT", fips)));
  }

  static Stream<Region> regions() {
    return Region.regions().stream().filter(region -> !region.isGlobalRegion());
  }

  @ParameterizedTest
  @MethodSource("regions")
  void servicesAreWhereTheSdkFindsThem(Region region) {
    assertThat(plain.of("acm", region)).isEqualTo(acm(region, false));
    assertThat(fips.of("acm", region)).isEqualTo(acm(region, true));
    assertThat(plain.of("secretsmanager", region)).isEqualTo(secrets(region, false));
    assertThat(fips.of("secretsmanager", region)).isEqualTo(secrets(region, true));
  }

  private static URI acm(Region region, boolean fips) {
    return AcmEndpointProvider.defaultProvider()
        .resolveEndpoint(asked -> asked.region(region).useFips(fips).useDualStack(false))
        .join()
        .url();
  }

  private static URI secrets(Region region, boolean fips) {
    return SecretsManagerEndpointProvider.defaultProvider()
        .resolveEndpoint(asked -> asked.region(region).useFips(fips).useDualStack(false))
        .join()
        .url();
  }

  /** "Amazon Route 53 endpoints and quotas", AWS General Reference. */
  @ParameterizedTest
  @CsvSource({
    "true, https://route53-fips.amazonaws.com",
    "TRUE, https://route53-fips.amazonaws.com",
    "false, https://route53.amazonaws.com",
    "'', https://route53.amazonaws.com"
  })
  void aGlobalServiceHasAFipsEndpointToo(String setting, URI address) {
    assertThat(endpoints(setting).global("route53")).isEqualTo(address);
  }
}
