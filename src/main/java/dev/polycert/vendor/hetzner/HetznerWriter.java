package dev.polycert.vendor.hetzner;

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
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.HostedZones;
import dev.polycert.dns.HostedZones.Hosted;
import dev.polycert.dns.RecordSets;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.ZoneIds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes zones of Hetzner by its Cloud API (https://docs.hetzner.cloud/reference/cloud, quoted here
 * by its headings). The DNS Console's API, which came before it, ended in May 2026.
 */
@ApplicationScoped
public class HetznerWriter extends RecordSets {
  private static final Descriptor SERVICE =
      Descriptor.of("hetzner", "Hetzner DNS, primary zones")
          .at("https://api.hetzner.cloud")
          .secret("HCLOUD_TOKEN")
          .access("permission Read & Write, in the project of the zones")
          // 3600 requests per hour for each project ("Rate Limiting").
          .limit("*", 1)
          .propagates(Duration.ofMinutes(2));

  /** Seconds; the lowest ("Create an RRSet"). */
  private static final long TTL = 60;

  private static final String NOT_FOUND = "not_found";

  /** "Error Codes", and those that Hetzner's own client knows besides. */
  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          // Locked: another action is at work. Nothing took effect.
          .put(ErrorClass.THROTTLED, "rate_limit_exceeded", "locked")
          .put(ErrorClass.CREDENTIALS, "unauthorized", "forbidden", "token_readonly")
          // The value is there; the set has changed during the request.
          .put(ErrorClass.ALREADY_APPLIED, "uniqueness_error", "conflict")
          .put(ErrorClass.QUOTA, "resource_limit_exceeded")
          .put(ErrorClass.RETRY, "server_error", "service_error", "unknown_error", "timeout")
          .put(ErrorClass.RETRY, "resource_unavailable", "unavailable", "maintenance")
          .put(ErrorClass.RETRY, "bad_gateway")
          .put(ErrorClass.FINAL, NOT_FOUND, "invalid_input", "json_error", "protected")
          .put(ErrorClass.FINAL, "incorrect_zone_mode", "unsupported_error", "resource_locked")
          .build();

  /** {@code {"error": {"code", "message"}}} ("Errors"); actions that have failed hold the same. */
  private static final JsonEnvelope ENVELOPE =
      JsonEnvelope.of(
          ERRORS,
          "X-Correlation-ID",
          (root, failed) ->
              JsonEnvelope.Said.in(
                  (failed ? root : root.path("action")).path("error"), "code", "message"));

  private static final Decoder<JsonNode> ACCEPTED =
      ENVELOPE.decoder(
          root -> Optional.of(root.path("action")).filter(it -> it.hasNonNull("id")), "an action");

  private static final Decoder<JsonNode> DONE =
      ENVELOPE.decoder(
          root -> Optional.of(root.path("action")).filter(HetznerWriter::isDone),
          "the end of the action");

  private final Client<Api> client;
  private final ZoneIds zones;

  HetznerWriter(Clients clients, WriterConfig config, HostedZones hosted) {
    client = clients.client(SERVICE, config.service(SERVICE.id()), Api.class, Clients::bearer);
    zones = hosted.of(SERVICE.id(), this::zones);
  }

  @Override
  public Service service() {
    return client.service();
  }

  /** Single values are added and removed, so that no value that others write is lost. */
  @Override
  protected boolean isAtomic() {
    return true;
  }

  @Override
  protected Uni<Answer<Optional<Held>>> read(String zone, DnsRecord record, CallContext context) {
    String name = name(zone, record);
    return zones.with(
        zone,
        context,
        id ->
            client.read(
                "ListRrsets",
                context,
                api -> api.listRrsets(id, name, record.type()),
                ENVELOPE.decoder(
                    JsonEnvelope.firstOf(
                        "rrsets", set -> is(set, name, record), set -> held(set, record)),
                    "record sets")));
  }

  @Override
  protected Uni<Answer<String>> write(
      String zone,
      DnsRecord record,
      @Nullable Held before,
      List<String> values,
      WriteContext context) {
    List<String> old = before == null ? List.of() : before.values();
    boolean adds = !old.containsAll(values);
    Map<String, Object> body = new HashMap<>();
    body.put("records", adds ? records(values, old) : records(old, values));
    long ttl = before == null ? TTL : before.ttl();
    if (adds && ttl > 0) {
      // A set that has one takes no other ("Add Records to an RRSet").
      body.put("ttl", ttl);
    }
    byte[] bytes = JsonBody.of(body);
    String action = adds ? "add_records" : "remove_records";
    Uni<Answer<JsonNode>> accepted =
        zones.with(
            zone,
            context,
            id ->
                client.write(
                    adds ? "AddRecords" : "RemoveRecords",
                    context,
                    api -> api.change(id, name(zone, record), record.type(), action, bytes),
                    ACCEPTED));
    return Answer.then(accepted, started -> ended(started, context))
        .map(answer -> overtaken(answer.map(done -> record.name())));
  }

  /** The set or the zone may be gone since it was read; reading again shows which. */
  private static Answer<String> overtaken(Answer<String> answer) {
    return answer.recover(
        failure ->
            failure.isRefused(NOT_FOUND)
                ? Answer.refused(failure.error().as(ErrorClass.ALREADY_APPLIED))
                : answer);
  }

  /** A change that was accepted may still be at work ("Actions"); until its end, reads miss it. */
  private Uni<Answer<JsonNode>> ended(Answer.Success<JsonNode> action, CallContext context) {
    String id = action.value().path("id").asText();
    return isDone(action.value())
        ? action.now()
        : client.read("GetAction", context, api -> api.getAction(id), DONE);
  }

  private static boolean isDone(JsonNode action) {
    return action.path("status").asText().equals("success");
  }

  private Uni<Answer<List<Hosted>>> zones(String zone, CallContext context) {
    return client.read(
        "ListZones",
        context,
        api -> api.listZones(zone),
        ENVELOPE.decoder(
            JsonEnvelope.allOf("zones", item -> isNamed(item, zone), HetznerWriter::hosted),
            "zones"));
  }

  private static Hosted hosted(JsonNode zone) {
    return new Hosted(
        zone.path("id").asText(),
        JsonEnvelope.texts(zone.path("authoritative_nameservers").path("assigned")));
  }

  private static boolean isNamed(JsonNode item, String zone) {
    return item.hasNonNull("id") && Values.sameName(item.path("name").asText(), zone);
  }

  /** Below its zone and in lower case ("Create an RRSet"). */
  private static String name(String zone, DnsRecord record) {
    return Values.host(zone, record).toLowerCase(Locale.ROOT);
  }

  private static boolean is(JsonNode set, String name, DnsRecord record) {
    return set.path("name").asText().equals(name)
        && set.path("type").asText().equals(record.type());
  }

  private static Held held(JsonNode set, DnsRecord record) {
    return new Held(
        record.name(),
        set.path("ttl").asLong(),
        set.path("records").valueStream().map(it -> it.path("value").asText()).toList());
  }

  private static List<Map<String, String>> records(List<String> values, List<String> others) {
    return values.stream()
        .filter(value -> !others.contains(value))
        .map(value -> Map.of("value", value))
        .toList();
  }

  /** The operations on the wire. */
  @Path("/v1")
  @Produces(MediaType.APPLICATION_JSON)
  interface Api {
    @GET
    @Path("zones")
    Uni<Response> listZones(@QueryParam("name") String name);

    @GET
    @Path("zones/{zone}/rrsets")
    Uni<Response> listRrsets(
        @PathParam("zone") String zone,
        @QueryParam("name") String name,
        @QueryParam("type") String type);

    @POST
    @Path("zones/{zone}/rrsets/{name}/{type}/actions/{action}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Response> change(
        @PathParam("zone") String zone,
        @PathParam("name") String name,
        @PathParam("type") String type,
        @PathParam("action") String action,
        byte[] body);

    @GET
    @Path("actions/{id}")
    Uni<Response> getAction(@PathParam("id") String id);
  }
}
