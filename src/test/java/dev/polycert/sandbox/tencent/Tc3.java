package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.FakeWorld;
import java.time.Instant;
import java.time.ZoneOffset;

/** Signs as the vendor's SDK does: only content-type and host. */
record Tc3(String accessKey, String secretKey, String service) {
  static final String CONTENT_TYPE = "application/json; charset=utf-8";
  static final Tc3 SSL = new Tc3(FakeWorld.KEY_ID, FakeWorld.SECRET, "ssl");

  String authorization(String host, Instant time, byte[] body) {
    String scope = time.atOffset(ZoneOffset.UTC).toLocalDate() + "/" + service + "/tc3_request";
    String canonical =
        "POST\n/\n\ncontent-type:%s\nhost:%s\n\ncontent-type;host\n%s"
            .formatted(CONTENT_TYPE, host, Digests.sha256(body));
    String toSign =
        "TC3-HMAC-SHA256\n%d\n%s\n%s"
            .formatted(time.getEpochSecond(), scope, Digests.sha256(canonical));
    return "TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%s"
        .formatted(accessKey, scope, Tc3Verifier.signature(secretKey, scope, toSign));
  }
}
