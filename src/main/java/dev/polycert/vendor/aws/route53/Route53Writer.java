package dev.polycert.vendor.aws.route53;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Credentials;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HiddenKeys;
import dev.polycert.call.RestClients;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.WriteContext;
import dev.polycert.call.XmlElement;
import dev.polycert.call.XmlEnvelope;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.HostedZones;
import dev.polycert.dns.HostedZones.Hosted;
import dev.polycert.dns.RecordSets;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.ZoneIds;
import dev.polycert.vendor.aws.AwsEndpoints;
import dev.polycert.vendor.aws.AwsErrors;
import dev.polycert.vendor.aws.AwsKeys;
import dev.polycert.vendor.aws.SigV4Filter;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes public hosted zones of Route 53. */
@ApplicationScoped
public class Route53Writer extends RecordSets {
  private static final String ID = "route53";

  private static final Descriptor SERVICE =
      Descriptor.of(ID, "Amazon Route 53, public hosted zones")
          .access("AWS's own: `AWS_ACCESS_KEY_ID` and so on, or a role")
          // Five requests per second for each account ("Quotas").
          .limit("*", 5)
          .propagates(Duration.ofMinutes(2));

  /** The region that signatures for this global service name. */
  private static final String REGION = "us-east-1";

  /** How a change says that the set is not what it was (InvalidChangeBatch). */
  private static final List<String> CHANGED =
      List.of(
          "but it already exists",
          "but it was not found",
          "but the values provided do not match the current values");

  private final AwsKeys keys;
  private final Supplier<Api> api;
  private final Caller caller;
  private final XmlEnvelope envelope = new XmlEnvelope(table(), "x-amzn-RequestId");
  private final ZoneIds zones;

  Route53Writer(
      WriterConfig writers,
      HostedZones hosted,
      AwsKeys keys,
      AwsEndpoints endpoints,
      RestClients clients,
      Callers callers) {
    ServiceSettings settings = writers.service(ID);
    this.keys = keys;
    this.caller = callers.of(SERVICE, settings);
    this.api =
        clients.lazily(
            Api.class,
            settings.endpoint(),
            endpoints.global(ID),
            () -> new SigV4Filter(keys, ID, REGION, caller.clock()));
    this.zones = hosted.of(ID, this::zones);
  }

  private static ErrorTable table() {
    return AwsErrors.common()
        // The change before is still being made: nothing took effect.
        .put(ErrorClass.THROTTLED, "PriorRequestNotComplete")
        .put(ErrorClass.FINAL, "InvalidChangeBatch", "NoSuchHostedZone", "InvalidDomainName")
        .build();
  }

  /** Needs no variable, since a role needs none. Without any credentials each step says so. */
  @Override
  public Service service() {
    return keys.of(SERVICE);
  }

  @Override
  protected boolean isAtomic() {
    return true;
  }

  @Override
  protected Uni<Answer<Optional<Held>>> read(String zone, DnsRecord record, CallContext context) {
    return inZone(zone, context, (id, credentials) -> read(id, record, credentials, context));
  }

  private Uni<Answer<Optional<Held>>> read(
      String id, DnsRecord record, Credentials credentials, CallContext context) {
    return caller.read(
        "ListResourceRecordSets",
        context,
        () -> api.get().listResourceRecordSets(id, record.name() + ".", record.type(), 1),
        hiding(credentials, root -> Route53Xml.set(root, record), "ResourceRecordSets"));
  }

  @Override
  protected Uni<Answer<String>> write(
      String zone,
      DnsRecord record,
      @Nullable Held before,
      List<String> values,
      WriteContext context) {
    byte[] body = Route53Xml.change(record, before, values);
    return inZone(
        zone,
        context,
        (id, credentials) ->
            caller
                .write(
                    "ChangeResourceRecordSets",
                    context,
                    () -> api.get().changeResourceRecordSets(id, body),
                    hiding(
                        credentials,
                        root -> root.child("ChangeInfo").map(info -> record.name()),
                        "ChangeInfo"))
                .map(Route53Writer::overtaken));
  }

  private static Answer<String> overtaken(Answer<String> answer) {
    return answer.recover(
        failure ->
            failure.isRefused("InvalidChangeBatch")
                    && CHANGED.stream().anyMatch(failure.error().message()::contains)
                ? Answer.refused(failure.error().as(ErrorClass.ALREADY_APPLIED))
                : answer);
  }

  private <T> Decoder<T> hiding(
      Credentials credentials, Function<XmlElement, Optional<T>> wanted, String what) {
    return new HiddenKeys(credentials).hiding(envelope.decoder(wanted, what));
  }

  private <T> Uni<Answer<T>> inZone(
      String zone, CallContext context, BiFunction<String, Credentials, Uni<Answer<T>>> next) {
    return zones.with(zone, context, id -> keys.with(credentials -> next.apply(id, credentials)));
  }

  private Uni<Answer<List<Hosted>>> zones(String zone, CallContext context) {
    return keys.with(
        credentials ->
            Answer.then(
                caller.read(
                    "ListHostedZonesByName",
                    context,
                    () -> api.get().listHostedZonesByName(zone + "."),
                    hiding(credentials, root -> Route53Xml.zones(root, zone), "HostedZones")),
                listed ->
                    listed.value().size() < 2
                        ? listed.map(ids -> ids.stream().map(Route53Writer::alone).toList()).now()
                        : hosted(listed.value(), List.of(), zone, credentials, context)));
  }

  private static Hosted alone(String id) {
    return new Hosted(id, List.of());
  }

  /** The list leaves out the name servers, which each zone has as its own records. */
  private Uni<Answer<List<Hosted>>> hosted(
      List<String> ids,
      List<Hosted> known,
      String zone,
      Credentials credentials,
      CallContext context) {
    if (ids.isEmpty()) {
      return Answer.of(known).now();
    }
    return Answer.then(
        read(ids.getFirst(), new DnsRecord(zone, "NS", ""), credentials, context),
        set -> {
          List<String> servers = set.value().map(Held::values).orElse(List.of());
          List<Hosted> more = new ArrayList<>(known);
          more.add(new Hosted(ids.getFirst(), servers));
          return hosted(ids.subList(1, ids.size()), more, zone, credentials, context);
        });
  }

  /**
   * Declares the operations as they go over the wire. Bodies are bytes, sent as they are signed.
   */
  @Path("/2013-04-01")
  @Produces(MediaType.APPLICATION_XML)
  interface Api {

    @GET
    @Path("hostedzonesbyname")
    Uni<Response> listHostedZonesByName(@QueryParam("dnsname") String name);

    @GET
    @Path("hostedzone/{id}/rrset")
    Uni<Response> listResourceRecordSets(
        @PathParam("id") String zoneId,
        @QueryParam("name") String name,
        @QueryParam("type") String type,
        @QueryParam("maxitems") int maxItems);

    @POST
    @Path("hostedzone/{id}/rrset/")
    @Consumes(MediaType.APPLICATION_XML)
    Uni<Response> changeResourceRecordSets(@PathParam("id") String zoneId, byte[] body);
  }
}
