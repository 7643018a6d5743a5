package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Verifies OSS4-HMAC-SHA256 as the vendor describes it, without the vendor's code. */
final class Oss4Verifier {
  private static final Duration TOLERANCE = Duration.ofMinutes(15);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "OSS4-HMAC-SHA256 Credential=([^,/]+)/(\\d{8})/([a-z0-9-]+)/oss/aliyun_v4_request,"
              + " ?Signature=([0-9a-f]{64})");

  private final World world;
  private final String provider;

  Oss4Verifier(World world, String provider) {
    this.world = world;
    this.provider = provider;
  }

  /** Finds what is wrong with the request's credentials; empty when nothing is. */
  Optional<Refusal> refusal(Request request) {
    var given = AUTHORIZATION.matcher(request.headerText("authorization"));
    if (!given.matches()) {
      return Optional.of(new Refusal(400, "InvalidArgument", "Authorization header is invalid."));
    }
    if (!request.headerText("x-oss-content-sha256").equals("UNSIGNED-PAYLOAD")) {
      return Optional.of(
          new Refusal(400, "InvalidArgument", "x-oss-content-sha256 must be UNSIGNED-PAYLOAD."));
    }
    var stamp = request.headerText("x-oss-date");
    if (isMisdated(stamp) || !stamp.startsWith(given.group(2))) {
      return Optional.of(
          new Refusal(
              403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large."));
    }
    var secret = world.secret(provider, given.group(1));
    if (secret.isEmpty()) {
      return Optional.of(
          new Refusal(
              403,
              "InvalidAccessKeyId",
              "The OSS Access Key Id you provided does not exist in our records."));
    }
    var token = secret.get().token() == null ? "" : secret.get().token();
    if (!request.headerText("x-oss-security-token").equals(token)) {
      return Optional.of(
          new Refusal(403, "InvalidSecurityToken", "The security token you provided is invalid."));
    }
    var key = ("aliyun_v4" + secret.get().secretKey()).getBytes(StandardCharsets.UTF_8);
    for (var part : new String[] {given.group(2), given.group(3), "oss", "aliyun_v4_request"}) {
      key = Digests.hmacSha256(key, part);
    }
    var signature =
        HexFormat.of()
            .formatHex(
                Digests.hmacSha256(
                    key, stringToSign(request, stamp, given.group(2), given.group(3))));
    return signature.equals(given.group(4))
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided."));
  }

  private boolean isMisdated(String stamp) {
    try {
      var date = LocalDateTime.parse(stamp, TIME).toInstant(ZoneOffset.UTC);
      return Duration.between(date, world.wallClock()).abs().compareTo(TOLERANCE) > 0;
    } catch (DateTimeParseException noDate) {
      return true;
    }
  }

  /** A parameter without a value stands there without an equals sign. */
  private static String stringToSign(Request request, String stamp, String day, String region) {
    var parameters = new TreeMap<String, String>();
    Query.parse(request.rawQuery())
        .parameters()
        .forEach(each -> parameters.put(Query.encode(each.name()), Query.encode(each.value())));
    var query =
        parameters.entrySet().stream()
            .map(
                each ->
                    each.getValue().isEmpty()
                        ? each.getKey()
                        : each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
    var headers =
        new TreeMap<>(request.headers())
            .entrySet().stream()
                .filter(
                    each ->
                        each.getKey().startsWith("x-oss-")
                            || each.getKey().equals("content-type")
                            || each.getKey().equals("content-md5"))
                .map(each -> each.getKey() + ":" + each.getValue().strip() + "\n")
                .collect(Collectors.joining());
    var canonical =
        String.join("\n", request.method(), request.path(), query, headers, "", "UNSIGNED-PAYLOAD");
    return String.join(
        "\n",
        "OSS4-HMAC-SHA256",
        stamp,
        day + "/" + region + "/oss/aliyun_v4_request",
        Digests.sha256(canonical));
  }
}
