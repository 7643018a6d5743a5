package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.World.Secret;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Verifies ACS3-HMAC-SHA256 as the vendor describes it, without the vendor's code. */
final class Acs3Verifier {
  private static final String ALGORITHM = "ACS3-HMAC-SHA256";
  private static final Duration TOLERANCE = Duration.ofMinutes(15);
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

  // Commas without spaces: that is the form the vendor's signer sends.
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM + " Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})");

  private final World world;
  private final String provider;

  Acs3Verifier(World world, String provider) {
    this.world = world;
    this.provider = provider;
  }

  /** Finds what is wrong with the request's credentials; empty when nothing is. */
  Optional<Refusal> refusal(Request request) {
    var authorization = AUTHORIZATION.matcher(request.headerText("authorization"));
    var nonce = request.headerText("x-acs-signature-nonce");
    if (!authorization.matches() || nonce.isEmpty()) {
      return Optional.of(Refusals.INCOMPLETE_SIGNATURE);
    }
    var misdated = misdated(request.headerText("x-acs-date"));
    if (misdated.isPresent()) {
      return misdated;
    }
    var secret = world.secret(provider, authorization.group(1));
    if (secret.isEmpty()) {
      return Optional.of(Refusals.ACCESS_KEY_NOT_FOUND);
    }
    var mistaken = mistakenToken(request.headerText("x-acs-security-token"), secret.get());
    if (mistaken.isPresent()) {
      return mistaken;
    }
    var signed = new TreeSet<>(Arrays.asList(authorization.group(2).split(";")));
    if (!signed.containsAll(mustBeSigned(request))) {
      return Optional.of(Refusals.INCOMPLETE_SIGNATURE);
    }
    var stringToSign = stringToSign(request, signed);
    var signature = Digests.hmacSha256(secret.get().secretKey(), stringToSign);
    if (!signature.equals(authorization.group(3)) || !bodyMatchesItsHash(request)) {
      return Optional.of(Refusals.signature(stringToSign));
    }
    return world.freshNonce(provider, nonce) ? Optional.empty() : Optional.of(Refusals.NONCE_USED);
  }

  private Optional<Refusal> misdated(String date) {
    if (date.isEmpty()) {
      return Optional.of(Refusals.missing("Timestamp"));
    }
    if (!DATE.matcher(date).matches()) {
      return Optional.of(Refusals.TIMESTAMP_FORMAT);
    }
    try {
      var age = Duration.between(Instant.parse(date), world.wallClock()).abs();
      return age.compareTo(TOLERANCE) > 0
          ? Optional.of(Refusals.TIMESTAMP_EXPIRED)
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.of(Refusals.TIMESTAMP_FORMAT);
    }
  }

  private static Optional<Refusal> mistakenToken(String token, Secret secret) {
    var expected = secret.token() == null ? "" : secret.token();
    if (token.equals(expected)) {
      return Optional.empty();
    }
    return Optional.of(token.isEmpty() ? Refusals.TOKEN_MISSING : Refusals.TOKEN_MISMATCH);
  }

  private static SortedSet<String> mustBeSigned(Request request) {
    return request.headers().keySet().stream()
        .filter(
            name -> name.startsWith("x-acs-") || name.equals("host") || name.equals("content-type"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static String stringToSign(Request request, SortedSet<String> signed) {
    var headers =
        signed.stream()
            .map(name -> name + ":" + request.headerText(name) + "\n")
            .collect(Collectors.joining());
    var canonical =
        String.join(
            "\n",
            request.method(),
            request.path(),
            Query.parse(request.rawQuery()).canonical(),
            headers,
            String.join(";", signed),
            request.headerText("x-acs-content-sha256"));
    return ALGORITHM + "\n" + Digests.sha256(canonical);
  }

  private static boolean bodyMatchesItsHash(Request request) {
    return request.headerText("x-acs-content-sha256").equals(Digests.sha256(request.body()));
  }
}
