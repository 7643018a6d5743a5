package dev.polycert.vendor.huawei.dns;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.ErrorClass.THROTTLED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.HostedZones;
import dev.polycert.dns.HostedZones.Hosted;
import dev.polycert.dns.RecordSets;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.ZoneIds;
import dev.polycert.vendor.huawei.EcsAgency;
import dev.polycert.vendor.huawei.HuaweiEnvelope;
import dev.polycert.vendor.huawei.SdkHmacSigner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Writes public zones of Huawei Cloud DNS, which lets a later change of a set win unasked. */
@ApplicationScoped
public class HuaweiDnsWriter extends RecordSets {
  private static final Descriptor SERVICE =
      Descriptor.of("huaweidns", "Huawei Cloud DNS, public zones")
          .at("https://dns.cn-north-4.myhuaweicloud.com")
          .keyId("HUAWEICLOUD_SDK_AK")
          .secret("HUAWEICLOUD_SDK_SK")
          .token("HUAWEICLOUD_SDK_SECURITY_TOKEN")
          .role(EcsAgency.ROLE)
          .variable(SdkHmacSigner.PROJECT_ID, true, "")
          .propagates(Duration.ofMinutes(20));

  /** Seconds. */
  private static final long TTL = 1;

  private static final String NO_RECORD_SETS = "DNS.0004";

  /** "Error Codes", for public zones and their record sets. */
  static final ErrorTable ERRORS =
      HuaweiEnvelope.gatewayErrors()
          .put(RETRY, "DNS.0000", "DNS.0001", "DNS.0003")
          .put(CREDENTIALS, "DNS.0005", "DNS.0013", "DNS.0030", "DNS.0040")
          // "Could not acquire the lock, please try again later."
          .put(THROTTLED, "DNS.0014", "DNS.0021")
          // The set that was read is not there any more, or one is there that was not.
          .put(ALREADY_APPLIED, NO_RECORD_SETS, "DNS.0016", "DNS.0312", "DNS.0313", "DNS.0335")
          .put(FINAL, "DNS.0301", "DNS.0302", "DNS.0303", "DNS.0304", "DNS.0307", "DNS.0308")
          .put(FINAL, "DNS.0319")
          .put(QUOTA, "DNS.0403", "DNS.0404", "DNS.0405", "DNS.0408", "DNS.0409")
          .build();

  private static final HuaweiEnvelope ENVELOPE = new HuaweiEnvelope(ERRORS);

  private final Client<Api> client;
  private final ZoneIds zones;

  HuaweiDnsWriter(Clients clients, WriterConfig writers, HostedZones hosted, Config config) {
    client =
        clients.client(
            SERVICE, writers.service(SERVICE.id()), Api.class, SdkHmacSigner.with(config));
    zones = hosted.of(SERVICE.id(), this::zones);
  }

  @Override
  public Service service() {
    return client.service();
  }

  @Override
  protected boolean isAtomic() {
    return false;
  }

  @Override
  protected Uni<Answer<Optional<Held>>> read(String zone, DnsRecord record, CallContext context) {
    return zones.with(
        zone,
        context,
        id ->
            client
                .read(
                    "ListRecordSets",
                    context,
                    api -> api.listRecordSets(id, record.type(), record.name() + ".", "equal"),
                    ENVELOPE.decoder(
                        JsonEnvelope.firstOf(
                            "recordsets", set -> is(set, record), HuaweiDnsWriter::held),
                        "recordsets"))
                .map(
                    answer ->
                        answer.recover(
                            error -> error.code().equals(NO_RECORD_SETS), Optional.empty())));
  }

  @Override
  protected Uni<Answer<String>> write(
      String zone,
      DnsRecord record,
      @Nullable Held before,
      List<String> values,
      WriteContext context) {
    return zones.with(zone, context, id -> replace(id, record, before, values, context));
  }

  private Uni<Answer<String>> replace(
      String zoneId,
      DnsRecord record,
      @Nullable Held before,
      List<String> values,
      WriteContext context) {
    Decoder<String> decoder = ENVELOPE.decoder(root -> id(root).or(() -> known(before)), "an id");
    byte[] body =
        ENVELOPE.body(
            Map.of(
                "name",
                record.name() + ".",
                "type",
                record.type(),
                "ttl",
                before == null ? TTL : before.ttl(),
                "records",
                values));
    if (before == null) {
      return client.write(
          "CreateRecordSet", context, api -> api.createRecordSet(zoneId, body), decoder);
    }
    return values.isEmpty()
        ? client.write(
            "DeleteRecordSet", context, api -> api.deleteRecordSet(zoneId, before.id()), decoder)
        : client.write(
            "UpdateRecordSet",
            context,
            api -> api.updateRecordSet(zoneId, before.id(), body),
            decoder);
  }

  private static Optional<String> known(@Nullable Held before) {
    return Optional.ofNullable(before).map(Held::id);
  }

  private Uni<Answer<List<Hosted>>> zones(String zone, CallContext context) {
    return client.read(
        "ListPublicZones",
        context,
        api -> api.listPublicZones("public", zone + ".", "equal"),
        ENVELOPE.decoder(
            JsonEnvelope.allOf(
                "zones",
                item -> isNamed(item, zone),
                item -> new Hosted(item.path("id").asText(), List.of())),
            "zones"));
  }

  private static boolean isNamed(JsonNode item, String wanted) {
    return id(item).isPresent() && Values.sameName(item.path("name").asText(), wanted);
  }

  private static boolean is(JsonNode set, DnsRecord record) {
    return isNamed(set, record.name()) && set.path("type").asText().equals(record.type());
  }

  private static Optional<String> id(JsonNode item) {
    return Optional.ofNullable(JsonEnvelope.first(item, "id"));
  }

  /** Texts are in quotes, targets have the final dot. */
  private static Held held(JsonNode set) {
    return new Held(
        set.path("id").asText(),
        set.path("ttl").asLong(TTL),
        set.path("records")
            .valueStream()
            .filter(text -> !text.isNull())
            .map(JsonNode::asText)
            .toList());
  }

  /** The operations on the wire. Bodies are bytes, sent as they are signed. */
  @Path("/v2/zones")
  @Produces(MediaType.APPLICATION_JSON)
  interface Api {
    @GET
    Uni<Response> listPublicZones(
        @QueryParam("type") String type,
        @QueryParam("name") String name,
        @QueryParam("search_mode") String searchMode);

    @GET
    @Path("{zone_id}/recordsets")
    Uni<Response> listRecordSets(
        @PathParam("zone_id") String zoneId,
        @QueryParam("type") String type,
        @QueryParam("name") String name,
        @QueryParam("search_mode") String searchMode);

    @POST
    @Path("{zone_id}/recordsets")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> createRecordSet(@PathParam("zone_id") String zoneId, byte[] body);

    @PUT
    @Path("{zone_id}/recordsets/{recordset_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> updateRecordSet(
        @PathParam("zone_id") String zoneId, @PathParam("recordset_id") String id, byte[] body);

    @DELETE
    @Path("{zone_id}/recordsets/{recordset_id}")
    Uni<Response> deleteRecordSet(
        @PathParam("zone_id") String zoneId, @PathParam("recordset_id") String id);
  }
}
