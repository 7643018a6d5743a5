package dev.polycert.sandbox.huawei;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.World.Secret;
import dev.polycert.sandbox.huawei.ScmAnswer.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Verifies SDK-HMAC-SHA256 as the vendor describes it, without the vendor's code. */
final class SdkHmacVerifier {
  static final String ALGORITHM = "SDK-HMAC-SHA256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final Duration TOLERANCE = Duration.ofMinutes(15);
  private static final List<String> MUST_BE_SIGNED = List.of("host", "x-sdk-date");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM + " Access=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})");

  private final World world;
  private final String provider;

  SdkHmacVerifier(World world, String provider) {
    this.world = world;
    this.provider = provider;
  }

  /** Finds what is wrong with the request's credentials; empty when nothing is. */
  Optional<Refusal> refusal(Request request) {
    return fault(request).map(Refusals::unauthenticated);
  }

  private Optional<String> fault(Request request) {
    var header = request.headerText("authorization");
    if (header.isEmpty()) {
      return Optional.of(
          request.header("x-auth-token") == null
              ? "the Authorization header is missing"
              : "decrypt token fail");
    }
    var authorization = AUTHORIZATION.matcher(header);
    if (!authorization.matches()) {
      return Optional.of("the Authorization header is malformed");
    }
    var date = request.headerText("x-sdk-date");
    var misdated = misdated(date);
    if (misdated.isPresent()) {
      return misdated;
    }
    var secret = world.secret(provider, authorization.group(1));
    if (secret.isEmpty()) {
      return Optional.of("Get secretKey failed, ak does not exist");
    }
    if (!request.headerText("x-security-token").equals(token(secret.get()))) {
      return Optional.of("verify x-security-token fail");
    }
    var signed = new TreeSet<>(Arrays.asList(authorization.group(2).split(";")));
    if (!signed.containsAll(MUST_BE_SIGNED)) {
      return Optional.of("SignedHeaders must include host and x-sdk-date");
    }
    var signature = Digests.hmacSha256(secret.get().secretKey(), stringToSign(request, signed));
    return signature.equals(authorization.group(3)) && payloadFits(request)
        ? Optional.empty()
        : Optional.of("verify aksk signature fail");
  }

  private Optional<String> misdated(String date) {
    try {
      Instant at = LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
      return Duration.between(at, world.wallClock()).abs().compareTo(TOLERANCE) > 0
          ? Optional.of("the X-Sdk-Date is expired")
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.of("the X-Sdk-Date is not of the form yyyyMMddTHHmmssZ");
    }
  }

  private static String token(Secret secret) {
    return secret.token() == null ? "" : secret.token();
  }

  static String stringToSign(Request request, SortedSet<String> signed) {
    return String.join(
        "\n",
        ALGORITHM,
        request.headerText("x-sdk-date"),
        Digests.sha256(canonical(request, signed)));
  }

  private static String canonical(Request request, SortedSet<String> signed) {
    var headers =
        signed.stream()
            .map(name -> name + ":" + request.headerText(name) + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        uri(request.path()),
        Query.parse(request.rawQuery()).canonical(),
        headers,
        String.join(";", signed),
        payload(request));
  }

  /** The canonical path ends with a slash even where the path itself does not. */
  private static String uri(String path) {
    var encoded =
        Arrays.stream(path.split("/"))
            .map(segment -> Query.decode(segment.replace("+", "%2B")))
            .map(Query::encode)
            .collect(Collectors.joining("/"));
    return encoded + "/";
  }

  private static String payload(Request request) {
    var declared = request.headerText("x-sdk-content-sha256");
    return declared.isEmpty() ? Digests.sha256(request.body()) : declared;
  }

  private static boolean payloadFits(Request request) {
    var payload = payload(request);
    return payload.equals(UNSIGNED) || payload.equals(Digests.sha256(request.body()));
  }
}
