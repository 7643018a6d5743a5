package dev.polycert.vendor.rfc2136;

import com.google.common.base.Suppliers;
import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Callers;
import dev.polycert.call.Credentials;
import dev.polycert.call.Descriptor;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.DnsWriter;
import dev.polycert.dns.WriterConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own name server, any that takes signed dynamic updates. The DNS library is loaded
 * by the first use, because most starts of a function need none.
 */
@ApplicationScoped
public class Rfc2136Writer implements DnsWriter {
  private static final String ENDPOINT = "POLYCERT_DNS_WRITER__RFC2136__ENDPOINT";

  static final Descriptor SERVICE =
      Descriptor.of(
              "rfc2136",
              "your own name server (BIND, Knot, PowerDNS, …) by dynamic updates (RFC 2136)")
          .variable(UpdateKey.NAME, true, "")
          .secret(UpdateKey.SECRET)
          .variable(UpdateKey.ALGORITHM, false, "default `hmac-sha256`")
          .access("the server's address in `" + ENDPOINT + "` (`dns://host:port`)")
          // The server is the operator's own, so no vendor documents a limit.
          .limit("*", 50)
          .propagates(Duration.ofMinutes(1));

  private final Service service;
  private final List<String> wrongSettings;
  private final Supplier<UpdateWriter> writer;

  Rfc2136Writer(Config config, WriterConfig writers, Callers callers, Clock clock) {
    Optional<URI> endpoint =
        NamedAccount.current()
            .flatMap(NamedAccount::endpoint)
            .or(() -> writers.of(SERVICE.id()).endpoint());
    Credentials credentials = Credentials.of(config, SERVICE);
    List<String> missing = new ArrayList<>();
    if (endpoint.isEmpty()) {
      missing.add(NamedAccount.endpointVariable(ENDPOINT));
    }
    missing.addAll(credentials.missing());
    service = new Service(SERVICE, Account.current(SERVICE.id(), missing));
    UpdateKey key = UpdateKey.of(config, credentials);
    String setting = NamedAccount.endpointVariable(ENDPOINT);
    wrongSettings = new ArrayList<>(key.wrong());
    endpoint.flatMap(it -> UpdateServer.wrong(setting, it)).ifPresent(wrongSettings::add);
    writer =
        Suppliers.memoize(
            () ->
                new UpdateWriter(
                    new UpdateServer(service.account(), key, endpoint, setting, clock),
                    callers.of(SERVICE, writers.service(SERVICE.id()))));
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public List<String> wrongSettings() {
    return List.copyOf(wrongSettings);
  }

  @Override
  public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
    return writer.get().alias(name, context);
  }

  @Override
  public Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context) {
    return writer.get().find(record, context);
  }

  @Override
  public Uni<Answer<String>> create(String zone, DnsRecord record, WriteContext context) {
    return writer.get().create(zone, record, context);
  }

  @Override
  public Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, WriteContext context) {
    return writer.get().remove(zone, record, context);
  }
}
