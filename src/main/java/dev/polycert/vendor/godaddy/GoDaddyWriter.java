package dev.polycert.vendor.godaddy;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Credentials;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.JsonBody;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.QuotedText;
import dev.polycert.dns.RecordSets;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import dev.polycert.domain.DnsNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes domains of GoDaddy, Domains API v1 (https://developer.godaddy.com/doc/endpoint/domains,
 * quoted here by the names of its operations).
 */
@ApplicationScoped
public class GoDaddyWriter extends RecordSets {
  private static final Descriptor SERVICE =
      Descriptor.of("godaddy", "GoDaddy DNS")
          .at("https://api.godaddy.com")
          .keyId("GODADDY_API_KEY")
          .secret("GODADDY_API_SECRET")
          .access("a production key of an account that GoDaddy lets use its Domains API")
          // 60 requests per minute for each operation (GoDaddy API Terms of Use, "API Access").
          .limit("*", 1)
          .propagates(Duration.ofMinutes(5));

  /** Seconds; the lowest. */
  private static final long TTL = 600;

  private final Client<Api> client;

  GoDaddyWriter(Clients clients, WriterConfig config) {
    client =
        clients.client(
            SERVICE, config.service(SERVICE.id()), Api.class, GoDaddyWriter::authorization);
  }

  private static ClientRequestFilter authorization(Credentials credentials, Clock clock) {
    String keys = "sso-key " + credentials.keyId() + ":" + credentials.secret();
    return request -> request.getHeaders().putSingle("Authorization", keys);
  }

  @Override
  public Service service() {
    return client.service();
  }

  /** A removal replaces the set, whatever it holds by then. */
  @Override
  protected boolean isAtomic() {
    return false;
  }

  /** {@code recordGet}. */
  @Override
  protected Uni<Answer<Optional<Held>>> read(String zone, DnsRecord record, CallContext context) {
    String host = Values.host(zone, record);
    return client.read(
        "recordGet",
        context,
        api -> api.getRecords(zone, record.type(), host),
        GoDaddyAnswers.records(record.name()));
  }

  @Override
  protected Uni<Answer<String>> write(
      String zone,
      DnsRecord record,
      @Nullable Held before,
      List<String> values,
      WriteContext context) {
    List<String> old = before == null ? List.of() : before.values();
    List<String> added = values.stream().filter(value -> !old.contains(value)).toList();
    String host = Values.host(zone, record);
    String type = record.type();
    Decoder<String> done = GoDaddyAnswers.done(record.name());
    if (!added.isEmpty()) {
      byte[] body = body(added.stream().map(value -> plain(value, type)).toList(), type, host, TTL);
      return client.write("recordAdd", context, api -> api.addRecords(zone, body), done);
    }
    if (values.isEmpty()) {
      return client.write(
          "recordDeleteTypeName", context, api -> api.deleteRecords(zone, type, host), done);
    }
    byte[] body = body(values, type, host, before == null ? TTL : before.ttl());
    return client.write(
        "recordReplaceTypeName", context, api -> api.replaceRecords(zone, type, host, body), done);
  }

  /** As GoDaddy writes values: without quotes and without the final dot. */
  private static String plain(String value, String type) {
    return type.equals("TXT") ? QuotedText.unquote(value) : DnsNames.canonical(value);
  }

  private static byte[] body(List<String> values, String type, String host, long ttl) {
    return JsonBody.of(
        values.stream()
            .map(value -> Map.of("type", type, "name", host, "data", value, "ttl", ttl))
            .toList());
  }

  /** The operations on the wire. */
  @Path("/v1/domains/{domain}/records")
  @Produces(MediaType.APPLICATION_JSON)
  interface Api {
    @GET
    @Path("{type}/{name}")
    Uni<Response> getRecords(
        @PathParam("domain") String domain,
        @PathParam("type") String type,
        @PathParam("name") String name);

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> addRecords(@PathParam("domain") String domain, byte[] body);

    @PUT
    @Path("{type}/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> replaceRecords(
        @PathParam("domain") String domain,
        @PathParam("type") String type,
        @PathParam("name") String name,
        byte[] body);

    @DELETE
    @Path("{type}/{name}")
    Uni<Response> deleteRecords(
        @PathParam("domain") String domain,
        @PathParam("type") String type,
        @PathParam("name") String name);
  }
}
