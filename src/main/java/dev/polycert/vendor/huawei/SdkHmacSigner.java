package dev.polycert.vendor.huawei;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Clients;
import dev.polycert.call.Credentials;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.Signing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Signs each request as it is about to be sent with SDK-HMAC-SHA256, the AK/SK signature of Huawei
 * Cloud's API gateway. {@code User-Agent} stays unsigned, because proxies that rewrite it would
 * break the signature.
 */
public final class SdkHmacSigner implements ClientRequestFilter {
  /** The environment variable that names the project of all calls. */
  public static final String PROJECT_ID = "HUAWEICLOUD_SDK_PROJECT_ID";

  /** The environment variable that names the account of calls of products without projects. */
  public static final String DOMAIN_ID = "HUAWEICLOUD_SDK_DOMAIN_ID";

  private static final String ALGORITHM = "SDK-HMAC-SHA256";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Credentials credentials;
  private final Map<String, String> scope;
  private final Clock clock;

  /**
   * @param scope the header that says what the calls are about, by lower-case name; a call that has
   *     the header already is about something else
   */
  private SdkHmacSigner(Credentials credentials, Map<String, String> scope, Clock clock) {
    this.credentials = credentials;
    this.scope = Map.copyOf(scope);
    this.clock = clock;
  }

  /** Signs for a client whose calls are about the configured project, where they name no other. */
  public static Clients.Signing with(Config config) {
    Map<String, String> scope = Map.of("x-project-id", projectId(config));
    return (credentials, clock) -> new SdkHmacSigner(credentials, scope, clock);
  }

  /** Signs for a client of a product without projects, whose calls are about an account. */
  public static Clients.Signing ofAccount(Config config) {
    Map<String, String> scope =
        config
            .getOptionalValue(NamedAccount.variable(DOMAIN_ID), String.class)
            .map(id -> Map.of("x-domain-id", id.strip()))
            .orElse(Map.of());
    return (credentials, clock) -> new SdkHmacSigner(credentials, scope, clock);
  }

  /** The configured project of the account whose beans are being made; empty for none. */
  public static String projectId(Config config) {
    return config
        .getOptionalValue(NamedAccount.variable(PROJECT_ID), String.class)
        .orElse("")
        .strip();
  }

  @Override
  public void filter(ClientRequestContext request) {
    Map<String, String> signed = new HashMap<>();
    signed.put("x-sdk-date", DATE.format(clock.instant()));
    scope.forEach(
        (name, value) -> {
          String named = request.getHeaderString(name);
          signed.put(name, named == null ? value : named);
        });
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
            authorization(
                credentials.keyId(),
                credentials.secret(),
                request.getMethod(),
                uri.getRawPath(),
                uri.getRawQuery(),
                signed,
                Signing.body(request)));
  }

  /**
   * Signs a request.
   *
   * @param rawPath the path as it is sent
   * @param rawQuery the query as it is sent, null when there is none
   * @param headers what is signed, by lower-case name: at least {@code host} and {@code x-sdk-date}
   * @return the value of {@code Authorization}
   */
  static String authorization(
      String keyId,
      String secret,
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Map<String, String> headers,
      byte[] body) {
    SortedMap<String, String> signed = new TreeMap<>(headers);
    String names = String.join(";", signed.keySet());
    String canonical =
        String.join(
            "\n",
            method,
            canonicalPath(rawPath),
            Signing.canonicalQuery(rawQuery),
            lines(signed),
            names,
            Signing.sha256Hex(body));
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            headers.get("x-sdk-date"),
            Signing.sha256Hex(canonical.getBytes(UTF_8)));
    return ALGORITHM
        + " Access="
        + keyId
        + ", SignedHeaders="
        + names
        + ", Signature="
        + Signing.hmacSha256Hex(secret, toSign);
  }

  /** The signed path ends with a slash even where the path that is sent does not. */
  private static String canonicalPath(String rawPath) {
    String path =
        Arrays.stream(rawPath.split("/"))
            .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
            .map(Signing::percentEncode)
            .collect(Collectors.joining("/"));
    return path + "/";
  }

  private static String lines(SortedMap<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
        .collect(Collectors.joining());
  }
}
