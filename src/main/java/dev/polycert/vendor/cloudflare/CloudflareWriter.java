package dev.polycert.vendor.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonBody;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.HostedZones;
import dev.polycert.dns.HostedZones.Hosted;
import dev.polycert.dns.QuotedText;
import dev.polycert.dns.SingleRecords;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.ZoneIds;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Writes zones of Cloudflare, API v4. */
@ApplicationScoped
public class CloudflareWriter extends SingleRecords {
  private static final Descriptor SERVICE =
      Descriptor.of("cloudflare", "Cloudflare")
          .at("https://api.cloudflare.com")
          .secret("CLOUDFLARE_API_TOKEN")
          .access("permissions Zone Read and DNS Write")
          // 1200 requests in five minutes for each user ("Rate limits").
          .limit("*", 4)
          .propagates(Duration.ofMinutes(2));

  /** Seconds; the lowest outside of the Enterprise plan. */
  private static final int TTL = 60;

  /** More than one name can have. */
  private static final int MOST = 500;

  private static final String NO_SUCH_RECORD = "81044";

  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.THROTTLED, "971", "10429")
          // Authentication, and headers that no token has.
          .put(ErrorClass.CREDENTIALS, "6003", "6111", "9103", "9106", "9109", "10000", "10001")
          // The same record; another one that it cannot stand beside.
          .put(ErrorClass.ALREADY_APPLIED, "81053", "81054", "81057", "81058")
          .put(ErrorClass.QUOTA, "81045")
          .put(ErrorClass.FINAL, "1001", "7000", "7003", NO_SUCH_RECORD)
          .put(ErrorClass.RETRY, "1000", "10002")
          .build();

  /** {@code {"success", "errors": [{"code", "message"}], "result"}}. */
  private static final JsonEnvelope ENVELOPE =
      JsonEnvelope.of(
          ERRORS,
          "CF-Ray",
          (root, failed) ->
              failed || !root.path("success").asBoolean()
                  ? JsonEnvelope.Said.in(root.path("errors").path(0), "code", "message")
                  : Optional.empty());

  private static final Decoder<String> CHANGED =
      ENVELOPE.decoder(
          root -> Optional.ofNullable(JsonEnvelope.first(root.path("result"), "id")),
          "the record's id");

  private final Client<Api> client;
  private final ZoneIds zones;

  CloudflareWriter(Clients clients, WriterConfig config, HostedZones hosted) {
    client = clients.client(SERVICE, config.service(SERVICE.id()), Api.class, Clients::bearer);
    zones = hosted.of(SERVICE.id(), this::zones);
  }

  @Override
  public Service service() {
    return client.service();
  }

  @Override
  public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
    return zones.with(
        zone,
        context,
        id ->
            client.read(
                "ListDnsRecords",
                context,
                api -> api.listRecords(id, "CNAME", name, MOST),
                ENVELOPE.decoder(
                    JsonEnvelope.firstOf(
                        "result",
                        item -> isNamed(item, name) && item.path("type").asText().equals("CNAME"),
                        item -> item.path("content").asText()),
                    "a result")));
  }

  @Override
  protected Uni<Answer<Optional<String>>> look(String zone, DnsRecord record, CallContext context) {
    return zones.with(
        zone,
        context,
        id ->
            client.read(
                "ListDnsRecords",
                context,
                api -> api.listRecords(id, record.type(), record.name(), MOST),
                first(item -> is(item, record))));
  }

  @Override
  protected Uni<Answer<String>> add(String zone, DnsRecord record, WriteContext context) {
    String content = QuotedText.of(record);
    byte[] body =
        JsonBody.of(
            Map.of("type", record.type(), "name", record.name(), "content", content, "ttl", TTL));
    return change("CreateDnsRecord", zone, context, (api, id) -> api.createRecord(id, body));
  }

  @Override
  protected Uni<Answer<String>> delete(String zone, String record, WriteContext context) {
    return change("DeleteDnsRecord", zone, context, (api, id) -> api.deleteRecord(id, record));
  }

  private Uni<Answer<String>> change(
      String operation,
      String zone,
      WriteContext context,
      BiFunction<Api, String, Uni<Response>> call) {
    return zones.with(
        zone, context, id -> client.write(operation, context, api -> call.apply(api, id), CHANGED));
  }

  @Override
  protected boolean isGone(VendorError error) {
    return error.code().equals(NO_SUCH_RECORD);
  }

  /** A token may be for several accounts, each of which can have a zone of one name. */
  private Uni<Answer<List<Hosted>>> zones(String zone, CallContext context) {
    return client.read(
        "ListZones",
        context,
        api -> api.listZones(zone),
        ENVELOPE.decoder(
            JsonEnvelope.allOf(
                "result",
                item -> isNamed(item, zone),
                item -> new Hosted(id(item), JsonEnvelope.texts(item.path("name_servers")))),
            "a result"));
  }

  private static Decoder<Optional<String>> first(Predicate<JsonNode> wanted) {
    return ENVELOPE.decoder(
        JsonEnvelope.firstOf("result", wanted, CloudflareWriter::id), "a result");
  }

  private static String id(JsonNode item) {
    return item.path("id").asText();
  }

  private static boolean isNamed(JsonNode item, String wanted) {
    return !id(item).isEmpty() && Values.sameName(item.path("name").asText(), wanted);
  }

  private static boolean is(JsonNode item, DnsRecord record) {
    return isNamed(item, record.name())
        && item.path("type").asText().equals(record.type())
        && Values.same(item.path("content").asText(), record);
  }

  /** The operations on the wire. */
  @Path("/client/v4/zones")
  @Produces(MediaType.APPLICATION_JSON)
  interface Api {
    @GET
    Uni<Response> listZones(@QueryParam("name") String name);

    @GET
    @Path("{zone_id}/dns_records")
    Uni<Response> listRecords(
        @PathParam("zone_id") String zoneId,
        @QueryParam("type") String type,
        @QueryParam("name.exact") String name,
        @QueryParam("per_page") int perPage);

    @POST
    @Path("{zone_id}/dns_records")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> createRecord(@PathParam("zone_id") String zoneId, byte[] body);

    @DELETE
    @Path("{zone_id}/dns_records/{dns_record_id}")
    Uni<Response> deleteRecord(
        @PathParam("zone_id") String zoneId, @PathParam("dns_record_id") String id);
  }
}
