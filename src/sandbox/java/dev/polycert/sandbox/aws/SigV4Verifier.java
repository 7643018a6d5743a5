package dev.polycert.sandbox.aws;

import dev.polycert.sandbox.Digests;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator.Request;
import dev.polycert.sandbox.World;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Verifies Signature Version 4 as AWS describes it, without AWS's code. */
final class SigV4Verifier {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM
              + " Credential=(?<id>[^/,\\s]+)/(?<date>\\d{8})/(?<region>[^/,\\s]+)"
              + "/(?<service>[^/,\\s]+)/aws4_request,\\s*SignedHeaders=(?<signed>[^,\\s]+)"
              + ",\\s*Signature=(?<signature>[0-9a-f]{64})");

  private final World world;
  private final String provider;
  private final String service;

  /**
   * @param service the name in the scope of its signatures
   */
  SigV4Verifier(World world, String provider, String service) {
    this.world = world;
    this.provider = provider;
    this.service = service;
  }

  /**
   * Verifies the signature, its date and the session token.
   *
   * @return the region that the request was signed for
   * @throws Refused when one of them is wrong
   */
  String region(Request request) {
    String header = request.headerText("authorization");
    if (header.isEmpty()) {
      throw new Refused("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    Matcher authorization = AUTHORIZATION.matcher(header);
    if (!authorization.matches()) {
      throw new Refused("IncompleteSignatureException", "The Authorization header is malformed.");
    }
    List<String> signed = Arrays.asList(authorization.group("signed").split(";"));
    if (!signed.containsAll(List.of("host", "x-amz-date"))) {
      throw new Refused("IncompleteSignatureException", "host and x-amz-date must be signed.");
    }
    World.Secret secret =
        world
            .secret(provider, authorization.group("id"))
            .filter(it -> Objects.equals(it.token(), request.header("x-amz-security-token")))
            .orElseThrow(
                () ->
                    new Refused(
                        "UnrecognizedClientException",
                        "The security token included in the request is invalid."));
    String date = request.headerText("x-amz-date");
    refuseWrongTime(date);
    String region = authorization.group("region");
    String scope = String.join("/", date.substring(0, 8), region, service, "aws4_request");
    String toSign =
        String.join("\n", ALGORITHM, date, scope, Digests.sha256(canonical(request, signed)));
    boolean holds =
        Digests.same(
            signature(secret.secretKey(), scope, toSign), authorization.group("signature"));
    if (!holds
        || !authorization.group("service").equals(service)
        || !date.startsWith(authorization.group("date"))) {
      throw new Refused(
          "InvalidSignatureException",
          "The request signature we calculated does not match the signature you provided.");
    }
    return region;
  }

  private void refuseWrongTime(String date) {
    try {
      Instant at = LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
      if (Duration.between(at, world.wallClock()).abs().compareTo(TOLERANCE) > 0) {
        throw new Refused(
            "InvalidSignatureException", "Signature expired: " + date + " is too far off.");
      }
    } catch (DateTimeParseException e) {
      throw new Refused("IncompleteSignatureException", "X-Amz-Date is of a wrong form.");
    }
  }

  private static String canonical(Request request, List<String> signed) {
    String headers =
        signed.stream()
            .map(name -> name + ":" + request.headerText(name).replaceAll(" +", " ") + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        request.path(),
        Query.parse(request.rawQuery()).canonical(),
        headers,
        String.join(";", signed),
        Digests.sha256(request.body()));
  }

  private static String signature(String secretKey, String scope, String stringToSign) {
    return Digests.scopedSignature("AWS4" + secretKey, scope, stringToSign);
  }
}
