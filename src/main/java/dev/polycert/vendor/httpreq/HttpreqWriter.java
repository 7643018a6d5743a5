package dev.polycert.vendor.httpreq;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Answer;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Credentials;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonBody;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.OwnServers;
import dev.polycert.call.Service;
import dev.polycert.call.StatusCodes;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.BlindRecords;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WriterConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Writes through any server that takes the requests of lego's provider {@code httpreq}
 * (https://go-acme.github.io/lego/dns/httpreq/, quoted here by its headings). In the default mode
 * it sends the record; in the mode {@code RAW} it sends what ACME makes the record of, and the
 * server finds out name and value.
 */
@ApplicationScoped
public class HttpreqWriter extends BlindRecords {
  private static final String ENDPOINT = "POLYCERT_DNS_WRITER__HTTPREQ__ENDPOINT";
  private static final String MODE = "HTTPREQ_MODE";
  private static final String USERNAME = "HTTPREQ_USERNAME";
  private static final String PASSWORD = "HTTPREQ_PASSWORD";
  private static final String RAW = "RAW";

  /** What begins the name of a record that the server makes in {@code RAW} (RFC 8555, 8.4). */
  private static final String CHALLENGE = "_acme-challenge.";

  private static final Descriptor SERVICE =
      Descriptor.of("httpreq", "any DNS service behind a server that speaks lego's `httpreq`")
          .variable(USERNAME, false, "where the server asks for one")
          .optionalSecret(PASSWORD, "with the user name")
          .variable(MODE, false, "`RAW` where the server wants it: ACME validations alone")
          .access(
              "the server's address in `"
                  + ENDPOINT
                  + "` (`https://…`, where it has `/present` and `/cleanup`)")
          .propagates(Duration.ofMinutes(2));

  /** The protocol has no error codes, only the status. */
  private static final ErrorTable NO_CODES = ErrorTable.unlistedAre(ErrorClass.FINAL).build();

  /** Any 2xx status is a success; its body is for people and has no fixed form. */
  private static final Decoder<String> DONE =
      answer -> {
        String code = "HTTP." + answer.status();
        String said = new String(answer.body(), UTF_8);
        return answer.status() / 100 == 2
            ? Answer.of(code)
            : Answer.refused(
                new VendorError(
                    StatusCodes.classify(NO_CODES, code, answer.status()),
                    code,
                    said.isBlank() ? "the server gives no reason" : said,
                    null,
                    answer.retryAfter()));
      };

  private final Client<Api> client;
  private final String endpointVariable = NamedAccount.endpointVariable(ENDPOINT);
  private final Optional<URI> endpoint;
  private final String modeVariable = NamedAccount.variable(MODE);
  private final Optional<String> mode;
  private final Optional<String> username;
  private final Optional<String> password;

  HttpreqWriter(Clients clients, WriterConfig writers, Config config) {
    endpoint =
        NamedAccount.current()
            .flatMap(NamedAccount::endpoint)
            .or(() -> writers.of(SERVICE.id()).endpoint());
    mode = setting(config, MODE);
    username = setting(config, USERNAME);
    password = setting(config, PASSWORD);
    client =
        clients.ownServer(
            SERVICE, writers.service(SERVICE.id()), ENDPOINT, Api.class, this::authorization);
  }

  @Override
  public List<String> wrongSettings() {
    return Stream.of(
            endpoint.flatMap(address -> OwnServers.wrong(endpointVariable, address)), wrongMode())
        .flatMap(Optional::stream)
        .map(VendorError::message)
        .toList();
  }

  private static Optional<String> setting(Config config, String name) {
    return config
        .getOptionalValue(NamedAccount.variable(name), String.class)
        .filter(value -> !value.isBlank());
  }

  /** Basic authentication (RFC 7617), which is optional ("Authentication"). */
  private ClientRequestFilter authorization(Credentials credentials, Clock clock) {
    return request ->
        username.ifPresent(
            user -> {
              byte[] pair = (user.strip() + ":" + credentials.secret()).getBytes(UTF_8);
              request
                  .getHeaders()
                  .putSingle("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
            });
  }

  @Override
  public Service service() {
    return client.service();
  }

  @Override
  protected Optional<VendorError> wrong(DnsRecord record) {
    return super.wrong(record)
        .or(() -> endpoint.flatMap(address -> OwnServers.wrong(endpointVariable, address)))
        .or(this::wrongMode)
        .or(this::halfAuthenticated)
        .or(() -> otherName(record.name()))
        .or(() -> noAcme(record));
  }

  /** There are two modes ("Mode"). */
  private Optional<VendorError> wrongMode() {
    return mode.filter(given -> !given.equals(RAW))
        .map(
            other ->
                misconfigured(
                    "%s is %s, or left out for the default mode, which sends fqdn and value; %s is no mode"
                        .formatted(modeVariable, RAW, other)));
  }

  private boolean raw() {
    return mode.filter(RAW::equals).isPresent();
  }

  /**
   * In {@code RAW} the server writes {@code _acme-challenge.<domain>}. Whether it follows a CNAME
   * from there cannot be known, so nothing is sent that a server would have to follow one for.
   */
  @Override
  public Optional<VendorError> otherName(String recordName) {
    return raw() && !recordName.startsWith(CHALLENGE)
        ? Optional.of(
            limited(
                OTHER_NAME,
                "makes the name of the record, which is %s<domain>, and not %s"
                    .formatted(CHALLENGE, recordName)))
        : Optional.empty();
  }

  /** In {@code RAW} the server makes the value out of the key authorization. */
  private Optional<VendorError> noAcme(DnsRecord record) {
    return raw() && record.keyAuthorization() == null
        ? Optional.of(
            limited(
                "Dns.OtherValue",
                "makes the value out of an ACME key authorization, which is not known for "
                    + record.name()))
        : Optional.empty();
  }

  private VendorError limited(String code, String what) {
    return new VendorError(
        ErrorClass.FINAL,
        code,
        "the server of %s %s (%s=%s)".formatted(id(), what, modeVariable, RAW));
  }

  private Optional<VendorError> halfAuthenticated() {
    return username.isPresent() == password.isPresent()
        ? Optional.empty()
        : Optional.of(misconfigured(USERNAME + " and " + PASSWORD + " are set both, or neither"));
  }

  private static VendorError misconfigured(String message) {
    return new VendorError(ErrorClass.CREDENTIALS, "Configuration", message);
  }

  @Override
  protected Uni<Answer<String>> present(String zone, DnsRecord record, WriteContext context) {
    byte[] body = body(record);
    return client.write("present", context, api -> api.present(body), DONE);
  }

  @Override
  protected Uni<Answer<String>> cleanUp(String zone, DnsRecord record, WriteContext context) {
    byte[] body = body(record);
    return client.write("cleanup", context, api -> api.cleanup(body), DONE);
  }

  private byte[] body(DnsRecord record) {
    String keyAuthorization = record.keyAuthorization();
    return JsonBody.of(
        raw() && keyAuthorization != null
            ? Map.of(
                "domain",
                record.name().substring(CHALLENGE.length()),
                "token",
                token(keyAuthorization),
                "keyAuth",
                keyAuthorization)
            : Map.of("fqdn", record.name() + ".", "value", record.value()));
  }

  /** A key authorization is the token, a dot and the key's thumbprint (RFC 8555, section 8.1). */
  private static String token(String keyAuthorization) {
    return keyAuthorization.split("\\.", 2)[0];
  }

  /** The operations on the wire. */
  @Path("/")
  @Consumes(MediaType.APPLICATION_JSON)
  interface Api {
    @POST
    @Path("present")
    Uni<Response> present(byte[] body);

    @POST
    @Path("cleanup")
    Uni<Response> cleanup(byte[] body);
  }
}
