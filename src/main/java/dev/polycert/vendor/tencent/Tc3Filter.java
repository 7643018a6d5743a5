package dev.polycert.vendor.tencent;

import dev.polycert.call.Credentials;
import dev.polycert.call.Signing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Instant;

/** Signs each request of one account just before it is sent. */
final class Tc3Filter implements ClientRequestFilter {
  /** The value that is signed must be sent to the letter. */
  static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private final Credentials credentials;
  private final Tc3Signer signer;
  private final Clock clock;

  Tc3Filter(Credentials credentials, String service, Clock clock) {
    this.credentials = credentials;
    this.signer = new Tc3Signer(credentials, service);
    this.clock = clock;
  }

  @Override
  public void filter(ClientRequestContext request) {
    Instant now = clock.instant();
    byte[] body = Signing.body(request);
    MultivaluedMap<String, Object> headers = request.getHeaders();
    headers.putSingle(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
    headers.putSingle("X-TC-Timestamp", Long.toString(now.getEpochSecond()));
    if (credentials.token() != null) {
      headers.putSingle("X-TC-Token", credentials.token());
    }
    headers.putSingle(
        HttpHeaders.AUTHORIZATION,
        signer.authorization(now, Signing.host(request.getUri()), CONTENT_TYPE, body));
  }
}
