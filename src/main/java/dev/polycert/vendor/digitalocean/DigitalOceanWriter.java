package dev.polycert.vendor.digitalocean;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.JsonBody;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.SingleRecords;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Writes domains of DigitalOcean, API v2 (https://docs.digitalocean.com/reference/api, quoted here
 * by its headings).
 */
@ApplicationScoped
public class DigitalOceanWriter extends SingleRecords {
  private static final Descriptor SERVICE =
      Descriptor.of("digitalocean", "DigitalOcean DNS")
          .at("https://api.digitalocean.com")
          .secret("DIGITALOCEAN_ACCESS_TOKEN")
          .access("scopes domain:read, domain:create and domain:delete")
          // 5000 requests per hour for each token ("Rate Limit").
          .limit("*", 1)
          .propagates(Duration.ofMinutes(2));

  /** Seconds. */
  private static final int TTL = 60;

  /** The most on a page ("Links & Pagination"), more than one name has. */
  private static final int MOST = 200;

  private static final DigitalOceanEnvelope ENVELOPE = new DigitalOceanEnvelope();

  private static final Decoder<String> CREATED =
      ENVELOPE.decoder(
          root -> Optional.ofNullable(JsonEnvelope.first(root.path("domain_record"), "id")),
          "the record's id");

  private final Client<Api> client;

  DigitalOceanWriter(Clients clients, WriterConfig config) {
    client = clients.client(SERVICE, config.service(SERVICE.id()), Api.class, Clients::bearer);
  }

  @Override
  public Service service() {
    return client.service();
  }

  @Override
  public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
    return first(zone, new DnsRecord(name, "CNAME", ""), context, any -> true, "data");
  }

  @Override
  protected Uni<Answer<Optional<String>>> look(String zone, DnsRecord record, CallContext context) {
    return first(
        zone, record, context, item -> Values.same(item.path("data").asText(), record), "id");
  }

  private Uni<Answer<Optional<String>>> first(
      String zone,
      DnsRecord record,
      CallContext context,
      Predicate<JsonNode> wanted,
      String member) {
    String host = Values.host(zone, record);
    Predicate<JsonNode> named =
        item ->
            item.hasNonNull("id")
                && Values.sameName(item.path("name").asText(), host)
                && item.path("type").asText().equals(record.type());
    Function<JsonNode, String> text = item -> item.path(member).asText();
    return client.read(
        "ListDomainRecords",
        context,
        api -> api.listRecords(zone, record.type(), record.name(), MOST),
        ENVELOPE.decoder(
            JsonEnvelope.firstOf("domain_records", named.and(wanted), text), "records"));
  }

  @Override
  protected Uni<Answer<String>> add(String zone, DnsRecord record, WriteContext context) {
    // A target without the final dot is refused ("Data needs to end with a dot").
    String data = record.type().equals("CNAME") ? record.value() + "." : record.value();
    byte[] body =
        JsonBody.of(
            Map.of(
                "type",
                record.type(),
                "name",
                Values.host(zone, record),
                "data",
                data,
                "ttl",
                TTL));
    return client.write(
        "CreateDomainRecord", context, api -> api.createRecord(zone, body), CREATED);
  }

  /** The answer is 204, without content. */
  @Override
  protected Uni<Answer<String>> delete(String zone, String record, WriteContext context) {
    return client.write(
        "DeleteDomainRecord",
        context,
        api -> api.deleteRecord(zone, record),
        ENVELOPE.decoder(root -> Optional.of(record), "an end"));
  }

  @Override
  protected boolean isGone(VendorError error) {
    return error.code().equals(DigitalOceanEnvelope.NOT_FOUND);
  }

  /** The operations on the wire. */
  @Path("/v2/domains/{domain}/records")
  @Produces(MediaType.APPLICATION_JSON)
  interface Api {
    @GET
    Uni<Response> listRecords(
        @PathParam("domain") String domain,
        @QueryParam("type") String type,
        @QueryParam("name") String name,
        @QueryParam("per_page") int perPage);

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> createRecord(@PathParam("domain") String domain, byte[] body);

    @DELETE
    @Path("{id}")
    Uni<Response> deleteRecord(@PathParam("domain") String domain, @PathParam("id") String id);
  }
}
