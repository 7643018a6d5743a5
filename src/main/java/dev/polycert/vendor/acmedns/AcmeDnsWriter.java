package dev.polycert.vendor.acmedns;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonBody;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.OwnServers;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.BlindRecords;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Writes to an acme-dns server (https://github.com/joohoi/acme-dns, whose README is quoted here by
 * its headings). A name is delegated to it by a CNAME to {@code <subdomain>.<the server's domain>}.
 */
@ApplicationScoped
public class AcmeDnsWriter extends BlindRecords {
  private static final String ENDPOINT = "POLYCERT_DNS_WRITER__ACMEDNS__ENDPOINT";
  private static final String SUBDOMAIN = "POLYCERT_ACMEDNS_ACCOUNT_*_SUBDOMAIN";

  private static final Descriptor SERVICE =
      Descriptor.of("acmedns", "an acme-dns server: the values of ACME alone, of 43 characters")
          .variable(SUBDOMAIN, false, "of an account that `/register` has made, `*` being any name")
          .variable("POLYCERT_ACMEDNS_ACCOUNT_*_USERNAME", false, "")
          .variable("POLYCERT_ACMEDNS_ACCOUNT_*_PASSWORD", false, "")
          .access("the server's address in `" + ENDPOINT + "` (`https://…`)")
          .propagates(Duration.ofMinutes(1));

  /** The digest of a key authorization (RFC 8555, section 8.4); the server takes no other. */
  private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{43}");

  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          // Wrong keys, another account's subdomain, or an address that may not update.
          .put(ErrorClass.CREDENTIALS, "forbidden")
          .put(ErrorClass.RETRY, "db_error")
          .put(ErrorClass.FINAL, "bad_subdomain", "bad_txt", "malformed_json_payload")
          .build();

  /** {@code {"error"}}, or {@code {"txt"}} ("Update endpoint"). */
  private static final JsonEnvelope ENVELOPE =
      JsonEnvelope.of(
          ERRORS, "X-Request-Id", (root, failed) -> JsonEnvelope.Said.in(root, "error", "error"));

  private final Client<Api> client;
  private final Service service;
  private final Optional<URI> endpoint;
  private final String endpointVariable = NamedAccount.endpointVariable(ENDPOINT);
  private final Collection<Registered.Entry> accounts;

  AcmeDnsWriter(Clients clients, WriterConfig writers, AcmeDnsConfig config, Config variables) {
    endpoint =
        NamedAccount.current()
            .flatMap(NamedAccount::endpoint)
            .or(() -> writers.of(SERVICE.id()).endpoint());
    Registered registered = Registered.of(config, variables);
    accounts = registered.entries();
    client =
        clients.ownServer(
            SERVICE,
            writers.service(SERVICE.id()),
            ENDPOINT,
            Api.class,
            (credentials, clock) -> request -> {});
    List<String> missing = new ArrayList<>(client.service().account().missing());
    missing.addAll(registered.missing());
    service = new Service(SERVICE, Account.current(SERVICE.id(), missing));
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  protected Optional<VendorError> wrong(DnsRecord record) {
    return super.wrong(record)
        .or(() -> noDigest(record))
        .or(() -> endpoint.flatMap(address -> OwnServers.wrong(endpointVariable, address)));
  }

  @Override
  public List<String> wrongSettings() {
    return endpoint.flatMap(address -> OwnServers.wrong(endpointVariable, address)).stream()
        .map(VendorError::message)
        .toList();
  }

  private static Optional<VendorError> noDigest(DnsRecord record) {
    return DIGEST.matcher(record.value()).matches()
        ? Optional.empty()
        : Optional.of(
            new VendorError(
                ErrorClass.FINAL,
                "Dns.OtherValue",
                "acme-dns takes values of 43 characters, which are those of ACME, and not that of "
                    + record.name()));
  }

  @Override
  protected Uni<Answer<String>> present(String zone, DnsRecord record, WriteContext context) {
    String subdomain = Values.host(zone, record);
    return accounts.stream()
        .filter(account -> account.subdomain().equalsIgnoreCase(subdomain))
        .findFirst()
        .map(account -> update(account, record, context))
        .orElseGet(() -> Answer.<String>refused(noAccount(subdomain, zone)).now());
  }

  private static VendorError noAccount(String subdomain, String zone) {
    return new VendorError(
        ErrorClass.CREDENTIALS,
        "Dns.NoAccount",
        "no %s is %s: the CNAME must lead to the subdomain of a configured account, below %s"
            .formatted(SUBDOMAIN, subdomain, zone));
  }

  private Uni<Answer<String>> update(
      Registered.Entry account, DnsRecord record, WriteContext context) {
    byte[] body = JsonBody.of(Map.of("subdomain", account.subdomain(), "txt", record.value()));
    Decoder<String> updated =
        ENVELOPE.decoder(
            root ->
                Optional.ofNullable(JsonEnvelope.first(root, "txt")).filter(record.value()::equals),
            "the value");
    return client.write(
        "update",
        context,
        api -> api.update(account.username(), account.password(), body),
        account.keys().hiding(updated));
  }

  /** The server keeps the last two values, and takes none back ("Update endpoint"). */
  @Override
  protected Uni<Answer<String>> cleanUp(String zone, DnsRecord record, WriteContext context) {
    return Answer.of("left to be replaced").now();
  }

  /** The operation on the wire. */
  @Path("/")
  interface Api {
    @POST
    @Path("update")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> update(
        @HeaderParam("X-Api-User") String user, @HeaderParam("X-Api-Key") String key, byte[] body);
  }
}
