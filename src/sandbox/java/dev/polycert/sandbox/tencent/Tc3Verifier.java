package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Verifies TC3-HMAC-SHA256 signatures as the vendor's gateway does. */
final class Tc3Verifier {
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "TC3-HMAC-SHA256 Credential=(?<id>[^/,\\s]+)/(?<date>\\d{4}-\\d{2}-\\d{2})"
              + "/(?<service>[^/,\\s]+)/tc3_request,\\s*SignedHeaders=(?<signed>[^,\\s]+)"
              + ",\\s*Signature=(?<signature>[0-9a-f]{64})");

  private final World world;
  private final String provider;

  Tc3Verifier(World world, String provider) {
    this.world = world;
    this.provider = provider;
  }

  /**
   * Verifies the signature, its date and the session token.
   *
   * @throws Refused with an {@code AuthFailure.*} code
   */
  void verify(Request request) {
    String timestamp = Objects.requireNonNullElse(request.header("x-tc-timestamp"), "");
    Instant signedAt = instant(timestamp);
    Matcher authorization = parse(request.header("authorization"));
    if (signedAt.isBefore(world.wallClock().minus(SKEW))
        || signedAt.isAfter(world.wallClock().plus(SKEW))) {
      throw failure("SignatureExpire", "Signature expired: X-TC-Timestamp is off by over 5 min.");
    }
    World.Secret secret =
        world
            .secret(provider, authorization.group("id"))
            .orElseThrow(() -> failure("SecretIdNotFound", "The SecretId is not found."));
    String scope =
        "%s/%s/tc3_request"
            .formatted(
                signedAt.atOffset(ZoneOffset.UTC).toLocalDate(), authorization.group("service"));
    String expected =
        signature(
            secret.secretKey(),
            scope,
            String.join(
                "\n",
                "TC3-HMAC-SHA256",
                timestamp,
                scope,
                Digests.sha256(canonical(request, authorization.group("signed")))));
    boolean sameDay = scope.startsWith(authorization.group("date"));
    if (!sameDay || !Digests.same(expected, authorization.group("signature"))) {
      throw failure(
          "SignatureFailure",
          "The provided credentials could not be validated. Please check your signature is"
              + " correct.");
    }
    if (!Objects.equals(secret.token(), request.header("x-tc-token"))) {
      throw failure("TokenFailure", "The token is wrong.");
    }
  }

  private static Instant instant(String timestamp) {
    try {
      return Instant.ofEpochSecond(Long.parseLong(timestamp));
    } catch (NumberFormatException | DateTimeException e) {
      throw new Refused("InvalidParameterValue", "X-TC-Timestamp is no Unix time.");
    }
  }

  private static Matcher parse(@Nullable String header) {
    Matcher matcher = AUTHORIZATION.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      throw failure("InvalidAuthorization", "The Authorization header is missing or malformed.");
    }
    List<String> signed = Arrays.asList(matcher.group("signed").split(";"));
    if (!signed.contains("content-type") || !signed.contains("host")) {
      throw failure("InvalidAuthorization", "SignedHeaders must hold content-type and host.");
    }
    return matcher;
  }

  /** Header values are trimmed and in lower case, in the order of SignedHeaders. */
  private static byte[] canonical(Request request, String signed) {
    StringBuilder headers = new StringBuilder();
    for (String name : signed.split(";")) {
      String value = Objects.requireNonNullElse(request.header(name), "");
      headers.append(name).append(':').append(value.trim().toLowerCase(Locale.ROOT)).append('\n');
    }
    byte[] payload =
        UNSIGNED.equals(request.header("x-tc-content-sha256"))
            ? UNSIGNED.getBytes(StandardCharsets.UTF_8)
            : request.body();
    return String.join(
            "\n",
            request.method(),
            request.path(),
            request.rawQuery(),
            headers,
            signed,
            Digests.sha256(payload))
        .getBytes(StandardCharsets.UTF_8);
  }

  static String signature(String secretKey, String scope, String stringToSign) {
    return Digests.scopedSignature("TC3" + secretKey, scope, stringToSign);
  }

  private static Refused failure(String code, String message) {
    return new Refused("AuthFailure." + code, message);
  }
}
