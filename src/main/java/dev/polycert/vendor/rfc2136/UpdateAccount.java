package dev.polycert.vendor.rfc2136;

import dev.polycert.call.Credentials;
import dev.polycert.call.Decoder.Decoded;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;

/** The server that is configured and the key to sign for it with. */
final class UpdateAccount {
  private static final String NAME = "RFC2136_TSIG_NAME";
  private static final String SECRET = "RFC2136_TSIG_SECRET";
  private static final String ALGORITHM = "RFC2136_TSIG_ALGORITHM";
  private static final String ENDPOINT = "POLYCERT_DNS_WRITER__RFC2136__ENDPOINT";
  private static final int DNS_PORT = 53;

  private final Config config;
  private final Credentials credentials;
  private final @Nullable URI endpoint;
  private final Clock clock;

  UpdateAccount(Config config, Optional<URI> endpoint, Clock clock) {
    this.config = config;
    this.credentials = Credentials.secret(config, SECRET, NAME);
    this.endpoint = endpoint.orElse(null);
    this.clock = clock;
  }

  List<String> missing() {
    return Stream.concat(
            endpoint == null ? Stream.of(ENDPOINT) : Stream.empty(), credentials.missing().stream())
        .toList();
  }

  /** Sends a message; without a server or a usable key there is only an error. */
  Uni<Decoded<Message>> send(Message message) {
    if (!missing().isEmpty() || endpoint == null) {
      return refused(
          "NotConfigured", "set " + String.join(", ", missing()) + " in the environment");
    }
    if (!"dns".equals(endpoint.getScheme()) || endpoint.getHost() == null) {
      return refused(
          "Configuration",
          "polycert.dns-writer.\"rfc2136\".endpoint is dns://host or dns://host:port, not "
              + endpoint);
    }
    TSIG key;
    try {
      key = key();
    } catch (TextParseException | IllegalArgumentException malformed) {
      // What the library says may hold the secret.
      return refused(
          "Configuration",
          "%s is a DNS name, %s base64, %s such as hmac-sha256 or hmac-sha512; one of them is not"
              .formatted(NAME, SECRET, ALGORITHM));
    }
    int port = endpoint.getPort() < 0 ? DNS_PORT : endpoint.getPort();
    return new UpdateServer(endpoint.getHost(), port, key).send(message);
  }

  private TSIG key() throws TextParseException {
    Name algorithm =
        Name.fromString(
            config.getOptionalValue(ALGORITHM, String.class).orElse("hmac-sha256"), Name.root);
    Name name = Name.fromString(config.getValue(NAME, String.class).strip(), Name.root);
    byte[] secret = Base64.getDecoder().decode(credentials.secret());
    return new TSIG(algorithm, name, new SecretKeySpec(secret, "HMAC"), clock);
  }

  private static Uni<Decoded<Message>> refused(String code, String message) {
    return Uni.createFrom()
        .item(new Decoded.Error<>(new VendorError(ErrorClass.CREDENTIALS, code, message)));
  }
}
