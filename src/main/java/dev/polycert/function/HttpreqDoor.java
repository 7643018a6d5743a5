package dev.polycert.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Signing;
import dev.polycert.domain.DnsNames;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.invocation.SideDoor;
import dev.polycert.function.read.Fields;
import dev.polycert.order.ClientNames;
import dev.polycert.order.Scope;
import dev.polycert.order.use.HttpreqConfig;
import dev.polycert.order.use.PublishForClient;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Serves lego's protocol {@code httpreq} (https://go-acme.github.io/lego/dns/httpreq/) to clients
 * with keys of their own: each may publish validations of ACME below its names, and nothing else.
 */
@ApplicationScoped
public class HttpreqDoor implements SideDoor {
  private static final String BASIC = "basic ";
  private static final int LEAST_LENGTH = 20;

  private final HttpreqConfig config;
  private final PublishForClient publish;

  HttpreqDoor(HttpreqConfig config, PublishForClient publish) {
    this.config = config;
    this.publish = publish;
  }

  @Override
  public void require() {
    String wrong =
        new TreeMap<>(config.client())
            .entrySet().stream()
                .flatMap(client -> wrong(client.getKey(), client.getValue()))
                .collect(Collectors.joining("; "));
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(wrong);
    }
  }

  private static Stream<String> wrong(String name, HttpreqConfig.Client client) {
    String prefix = "POLYCERT_HTTPREQ_CLIENT_" + name.toUpperCase(Locale.ROOT);
    Stream<String> password =
        client.password().length() >= LEAST_LENGTH
            ? Stream.empty()
            : Stream.of(
                "%s_PASSWORD has fewer than %d characters and could be guessed: make one with openssl rand -hex 32"
                    .formatted(prefix, LEAST_LENGTH));
    Stream<String> zones =
        client.zones().stream()
            .filter(zone -> !DnsNames.isName(DnsNames.canonical(zone)))
            .map(zone -> "%s_ZONES: '%s' is no domain name".formatted(prefix, zone));
    return Stream.concat(password, zones);
  }

  @Override
  public boolean leadsTo(String path) {
    return path.startsWith("/httpreq/") && !config.client().isEmpty();
  }

  /** Basic authentication (RFC 7617). Compares hashes of equal length, for each client alike. */
  @Override
  public Optional<List<Operation>> open(@Nullable String authorization) {
    String sent = pair(authorization);
    Optional<List<Operation>> opened = Optional.empty();
    for (Map.Entry<String, HttpreqConfig.Client> each : config.client().entrySet()) {
      String pair = each.getKey() + ":" + each.getValue().password();
      if (MessageDigest.isEqual(hash(pair), hash(sent))) {
        opened =
            Optional.of(
                List.of(
                    new Records(each.getKey(), each.getValue(), publish, true),
                    new Records(each.getKey(), each.getValue(), publish, false)));
      }
    }
    return opened;
  }

  @Override
  public String challenge() {
    return "Basic realm=\"httpreq\", charset=\"UTF-8\"";
  }

  private static String pair(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return "";
    }
    try {
      String encoded = authorization.substring(BASIC.length()).strip();
      return new String(Base64.getDecoder().decode(encoded), UTF_8);
    } catch (IllegalArgumentException noBase64) {
      return "";
    }
  }

  private static byte[] hash(String text) {
    return Signing.sha256Hex(text.getBytes(UTF_8)).getBytes(UTF_8);
  }

  /** What one client may do. */
  private record Records(
      String client, HttpreqConfig.Client may, PublishForClient publish, boolean present)
      implements Operation {

    @Override
    public String name() {
      return present ? "httpreq-present" : "httpreq-cleanup";
    }

    @Override
    public List<Route> routes() {
      return List.of(
          new Route("POST", present ? "/httpreq/present" : "/httpreq/cleanup", Scope.APPLY));
    }

    @Override
    public Uni<Answer> run(JsonNode input, Instant deadline) {
      ClientNames names = new ClientNames(may.zones());
      Request request = Request.read(input, names);
      Uni<Void> done =
          present
              ? publish.present(client, names, request.name(), request.value(), deadline)
              : publish.cleanUp(client, request.name(), request.value(), deadline);
      return done.replaceWith(new Answer(request.name(), present));
    }

    @Override
    public String toString() {
      return name() + " of " + client;
    }
  }

  /**
   * A validation of ACME.
   *
   * @param name of the record, A-labels, without the trailing dot
   * @param value the digest of the key authorization (RFC 8555, section 8.4)
   */
  record Request(String name, String value) {
    private static final String CHALLENGE = "_acme-challenge.";
    private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{43}");

    /**
     * Reads a request in the default mode ({@code fqdn}, {@code value}) or in the mode {@code RAW}
     * ({@code domain}, {@code token}, {@code keyAuth}).
     *
     * @param names the names below which it has to be
     * @throws dev.polycert.function.read.InvalidInput with all its errors
     */
    static Request read(JsonNode input, ClientNames names) {
      Fields fields = Fields.of(input);
      boolean raw = fields.has("domain") || fields.has("token") || fields.has("keyAuth");
      String member = raw ? "domain" : "fqdn";
      String given = required(fields, member);
      String value = raw ? digest(fields) : required(fields, "value");
      String name = DnsNames.canonical(raw ? CHALLENGE + given.replaceFirst("^[*][.]", "") : given);
      if (!given.isEmpty() && (PublishForClient.domain(name).isEmpty() || name.contains("*"))) {
        fields.error(member, "is no name that a certificate could be for");
      } else if (!given.isEmpty() && !names.cover(name)) {
        fields.error(
            member, "is not below a name of this client: " + String.join(", ", names.zones()));
      }
      if (!value.isEmpty() && !DIGEST.matcher(value).matches()) {
        fields.error("value", "expected the 43 characters of a validation of ACME");
      }
      fields.finish();
      return new Request(name, value);
    }

    private static String digest(Fields fields) {
      String token = required(fields, "token");
      String keyAuth = required(fields, "keyAuth");
      if (!token.isEmpty() && !keyAuth.isEmpty() && !keyAuth.startsWith(token + ".")) {
        fields.error("keyAuth", "expected the token, a dot and the key's thumbprint");
      }
      return keyAuth.isEmpty()
          ? ""
          : Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(HexFormat.of().parseHex(Signing.sha256Hex(keyAuth.getBytes(UTF_8))));
    }

    private static String required(Fields fields, String member) {
      String text = fields.text(member);
      if (text == null && !fields.has(member)) {
        fields.error(member, "is missing");
      }
      return text == null ? "" : text;
    }
  }

  /**
   * What was done; the protocol asks for a status alone.
   *
   * @param published whether the record is there now
   */
  @RegisterForReflection
  public record Answer(String name, boolean published) {}
}
