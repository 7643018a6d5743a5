package dev.polycert.sandbox.tencent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as the vendor's SDK does: only content-type and host. */
record Tc3(String accessKey, String secretKey, String service) {
  static final String CONTENT_TYPE = "application/json; charset=utf-8";
  static final Tc3 SSL = new Tc3("FAKEAKEXAMPLE0000000", "fake-secret-key-for-tests-only", "ssl");

  String authorization(String host, Instant time, byte[] body) {
    String scope = time.atOffset(ZoneOffset.UTC).toLocalDate() + "/" + service + "/tc3_request";
    String canonical =
        "POST\n/\n\ncontent-type:%s\nhost:%s\n\ncontent-type;host\n%s"
            .formatted(CONTENT_TYPE, host, sha256(body));
    String toSign =
        "TC3-HMAC-SHA256\n%d\n%s\n%s"
            .formatted(
                time.getEpochSecond(), scope, sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("TC3" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return "TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%s"
        .formatted(accessKey, scope, HexFormat.of().formatHex(hmac(key, toSign)));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
