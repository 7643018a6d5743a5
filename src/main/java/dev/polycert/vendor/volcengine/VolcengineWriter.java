package dev.polycert.vendor.volcengine;

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
import dev.polycert.dns.ZoneIds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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
 * Writes zones of Volcano Engine (火山引擎云解析 DNS, https://www.volcengine.com/docs/6758, quoted here by
 * the names of its operations).
 */
@ApplicationScoped
public class VolcengineWriter extends SingleRecords {
  private static final Descriptor SERVICE =
      Descriptor.of("volcengine", "Volcano Engine DNS, public zones")
          .at("https://open.volcengineapi.com")
          .keyId("VOLC_ACCESSKEY")
          .secret("VOLC_SECRETKEY")
          .propagates(Duration.ofMinutes(5));

  private static final String VERSION = "2018-08-01";

  /** Seconds; the default (CreateRecord). */
  private static final int TTL = 600;

  /** The most on a page (ListRecords), more than one name has. */
  private static final int MOST = 500;

  private static final VolcengineEnvelope ENVELOPE = new VolcengineEnvelope();

  private static final Decoder<String> CREATED =
      ENVELOPE.decoder(
          root -> Optional.ofNullable(JsonEnvelope.first(root.path("Result"), "RecordID")),
          "the record's id");

  private final Client<Api> client;
  private final ZoneIds zones = new ZoneIds(this::zoneId);

  VolcengineWriter(Clients clients, WriterConfig config) {
    client =
        clients.client(SERVICE, config.service(SERVICE.id()), Api.class, VolcengineSigner::new);
  }

  @Override
  public Service service() {
    return client.service();
  }

  @Override
  public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
    return first(zone, new DnsRecord(name, "CNAME", ""), context, any -> true, "Value");
  }

  @Override
  protected Uni<Answer<Optional<String>>> look(String zone, DnsRecord record, CallContext context) {
    return first(
        zone,
        record,
        context,
        item -> Values.same(item.path("Value").asText(), record),
        "RecordID");
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
            item.hasNonNull("RecordID")
                && Values.sameName(item.path("Host").asText(), host)
                && item.path("Type").asText().equals(record.type())
                && item.path("Enable").asBoolean(true);
    return zones.with(
        zone,
        context,
        id ->
            client.read(
                "ListRecords",
                context,
                api ->
                    api.listRecords("ListRecords", VERSION, id, host, record.type(), "exact", MOST),
                list(
                    "Records",
                    "TotalCount",
                    named.and(wanted),
                    item -> item.path(member).asText())));
  }

  /** A list without items is null or left out, and its total says so. */
  private static Decoder<Optional<String>> list(
      String name, String total, Predicate<JsonNode> wanted, Function<JsonNode, String> text) {
    JsonEnvelope.Pick<Optional<String>> items = JsonEnvelope.firstOf(name, wanted, text);
    return ENVELOPE.decoder(
        root -> {
          JsonNode result = root.path("Result");
          boolean none = !result.path(name).isArray() && result.path(total).asInt(-1) == 0;
          return none ? Optional.of(Optional.empty()) : items.from(result);
        },
        "a list of " + name);
  }

  @Override
  protected Uni<Answer<String>> add(String zone, DnsRecord record, WriteContext context) {
    return zones.with(
        zone,
        context,
        id -> {
          byte[] body =
              JsonBody.of(
                  Map.of(
                      "ZID",
                      Long.parseLong(id),
                      "Host",
                      Values.host(zone, record),
                      "Type",
                      record.type(),
                      "Value",
                      record.value(),
                      "TTL",
                      TTL));
          return client.write(
              "CreateRecord",
              context,
              api -> api.createRecord("CreateRecord", VERSION, body),
              CREATED);
        });
  }

  @Override
  protected Uni<Answer<String>> delete(String zone, String record, WriteContext context) {
    byte[] body = JsonBody.of(Map.of("RecordID", record));
    return client.write(
        "DeleteRecord",
        context,
        api -> api.deleteRecord("DeleteRecord", VERSION, body),
        ENVELOPE.decoder(root -> Optional.of(record), "an end"));
  }

  /** No code is documented for it: the next look shows whether the record is gone. */
  @Override
  protected boolean isGone(VendorError error) {
    return false;
  }

  private Uni<Answer<Optional<String>>> zoneId(String zone, CallContext context) {
    return client.read(
        "ListZones",
        context,
        api -> api.listZones("ListZones", VERSION, zone, "exact"),
        list(
            "Zones",
            "Total",
            item ->
                item.path("ZID").isIntegralNumber()
                    && item.path("ZID").canConvertToLong()
                    && Values.sameName(item.path("ZoneName").asText(), zone),
            item -> item.path("ZID").asText()));
  }

  /** The operations on the wire. */
  @Path("/")
  @Produces(MediaType.APPLICATION_JSON)
  interface Api {
    @GET
    Uni<Response> listZones(
        @QueryParam("Action") String action,
        @QueryParam("Version") String version,
        @QueryParam("Key") String key,
        @QueryParam("SearchMode") String searchMode);

    @GET
    Uni<Response> listRecords(
        @QueryParam("Action") String action,
        @QueryParam("Version") String version,
        @QueryParam("ZID") String zone,
        @QueryParam("Host") String host,
        @QueryParam("Type") String type,
        @QueryParam("SearchMode") String searchMode,
        @QueryParam("PageSize") int pageSize);

    @POST
    Uni<Response> createRecord(
        @QueryParam("Action") String action, @QueryParam("Version") String version, byte[] body);

    @POST
    Uni<Response> deleteRecord(
        @QueryParam("Action") String action, @QueryParam("Version") String version, byte[] body);
  }
}
