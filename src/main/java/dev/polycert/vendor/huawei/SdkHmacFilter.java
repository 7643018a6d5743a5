package dev.polycert.vendor.huawei;

import dev.polycert.call.Credentials;
import dev.polycert.call.Signing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/**
 * Signs each request as it is about to be sent. {@code User-Agent} stays unsigned, because proxies
 * that rewrite it would break the signature.
 */
public final class SdkHmacFilter implements ClientRequestFilter {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Credentials credentials;
  private final String projectId;
  private final Clock clock;

  public SdkHmacFilter(Credentials credentials, String projectId, Clock clock) {
    this.credentials = credentials;
    this.projectId = projectId;
    this.clock = clock;
  }

  @Override
  public void filter(ClientRequestContext request) {
    Map<String, String> signed = new HashMap<>();
    signed.put("x-sdk-date", DATE.format(clock.instant()));
    signed.put("x-project-id", projectId);
    String token = credentials.token();
    if (token != null) {
      signed.put("x-security-token", token);
    }
    signed.forEach(request.getHeaders()::putSingle);
    URI uri = request.getUri();
    signed.put("host", Signing.host(uri));
    request
        .getHeaders()
        .putSingle(
            "Authorization",
            SdkHmacSigner.authorization(
                credentials.keyId(),
                credentials.secret(),
                request.getMethod(),
                uri.getRawPath(),
                uri.getRawQuery(),
                signed,
                Signing.body(request)));
  }
}
