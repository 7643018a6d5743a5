package dev.polycert.vendor.aws;

import dev.polycert.call.Signing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.Locale;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/** Signs each request as it is about to be sent, with AWS's own signer (Signature Version 4). */
public final class SigV4Filter implements ClientRequestFilter {
  private final AwsKeys keys;
  private final String service;
  private final String region;
  private final Clock clock;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /**
   * @param service its name in signatures, {@code route53}
   * @param region the one whose name is signed; {@code us-east-1} for global services
   */
  public SigV4Filter(AwsKeys keys, String service, String region, Clock clock) {
    this.keys = keys;
    this.service = service;
    this.region = region;
    this.clock = clock;
  }

  @Override
  public void filter(ClientRequestContext request) {
    byte[] body = Signing.body(request);
    SdkHttpRequest.Builder plain =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.getMethod()))
            .uri(request.getUri());
    request
        .getStringHeaders()
        .forEach(
            (name, values) -> {
              if (isSigned(name)) {
                plain.putHeader(name, values);
              }
            });
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(keys.current())
                    .request(plain.build())
                    .payload(() -> new ByteArrayInputStream(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock));
    signed
        .request()
        .forEachHeader(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Host")) {
                request.getHeaders().putSingle(name, values.getFirst());
              }
            });
  }

  /** Others may be changed on the way. */
  private static boolean isSigned(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith("x-amz-");
  }
}
