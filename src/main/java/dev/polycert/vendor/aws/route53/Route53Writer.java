package dev.polycert.vendor.aws.route53;

import dev.polycert.call.Answer;
import dev.polycert.vendor.aws.AwsErrors;
import dev.polycert.vendor.aws.AwsKeys;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Credentials;
import dev.polycert.dns.DnsRecord;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Failure;
import dev.polycert.call.RestClients;
import dev.polycert.vendor.aws.SigV4Filter;
import dev.polycert.call.VendorError;
import dev.polycert.dns.WriterConfig;
import dev.polycert.vendor.aws.XmlEnvelope;
import dev.polycert.dns.ZoneIds;
import dev.polycert.dns.RecordSets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes public hosted zones of Route 53. */
@ApplicationScoped
public class Route53Writer extends RecordSets {
  private static final String ID = "route53";
  private static final URI ENDPOINT = URI.create("https://route53.amazonaws.com");

  /** A global service, signed for as if it was there. */
  private static final String REGION = "us-east-1";

  /** Five requests per second for each account ("Quotas"). */
  private static final Map<String, Double> LIMITS = Map.of("*", 5.0);

  /** How a change says that the set is not what it was (InvalidChangeBatch). */
  private static final List<String> CHANGED =
      List.of(
          "but it already exists",
          "but it was not found",
          "but the values provided do not match the current values");

  private final Duration propagation;
  private final AwsKeys keys;
  private final Supplier<Route53Api> api;
  private final Caller calls;
  private final XmlEnvelope envelope = new XmlEnvelope(table());
  private final ZoneIds zones = new ZoneIds(this::zoneId);

  Route53Writer(WriterConfig writers, AwsKeys keys, RestClients clients, Callers calls) {
    WriterConfig.Settings settings = writers.of(ID);
    this.propagation = settings.propagation().orElse(Duration.ofMinutes(2));
    this.keys = keys;
    this.calls = calls.of(ID, LIMITS);
    this.api =
        clients.lazily(
            Route53Api.class,
            settings.endpoint(),
            ENDPOINT,
            () -> new SigV4Filter(keys, ID, REGION, this.calls.clock()));
  }

  private static ErrorTable table() {
    return AwsErrors.common()
        // The one before is still at work: nothing took effect.
        .put(ErrorClass.THROTTLED, "PriorRequestNotComplete")
        .put(ErrorClass.FINAL, "InvalidChangeBatch", "NoSuchHostedZone", "InvalidDomainName")
        .build();
  }

  @Override
  public String id() {
    return ID;
  }

  /** None: a role needs no variable. Without any credentials each step says what to set. */
  @Override
  public List<String> missing() {
    return List.of();
  }

  @Override
  public Duration propagation() {
    return propagation;
  }

  @Override
  protected boolean isAtomic() {
    return true;
  }

  @Override
  protected Uni<Answer<Optional<Held>>> read(String zone, DnsRecord record, CallContext context) {
    return inZone(
        zone,
        context,
        (id, credentials) ->
            calls.read(
                "ListResourceRecordSets",
                context,
                () -> api.get().listResourceRecordSets(id, record.name() + ".", record.type(), 1),
                envelope.decoder(
                    credentials, root -> Route53Answers.set(root, record), "ResourceRecordSets")));
  }

  @Override
  protected Uni<Answer<String>> write(
      String zone,
      DnsRecord record,
      @Nullable Held before,
      List<String> values,
      CallContext context) {
    byte[] body = ChangeBatch.replacing(record, before, values);
    return inZone(
        zone,
        context,
        (id, credentials) ->
            calls
                .write(
                    "ChangeResourceRecordSets",
                    context,
                    () -> api.get().changeResourceRecordSets(id, body),
                    envelope.decoder(
                        credentials,
                        root -> root.child("ChangeInfo").map(info -> record.name()),
                        "ChangeInfo"))
                .map(Route53Writer::overtaken));
  }

  private static Answer<String> overtaken(Answer<String> answer) {
    return answer instanceof Answer.Failed<String>(Failure.Refused(VendorError error))
            && error.code().equals("InvalidChangeBatch")
            && CHANGED.stream().anyMatch(error.message()::contains)
        ? new Answer.Failed<>(new Failure.Refused(error.as(ErrorClass.ALREADY_APPLIED)))
        : answer;
  }

  private <T> Uni<Answer<T>> inZone(
      String zone, CallContext context, BiFunction<String, Credentials, Uni<Answer<T>>> next) {
    return zones.with(zone, context, id -> keys.with(credentials -> next.apply(id, credentials)));
  }

  private Uni<Answer<Optional<String>>> zoneId(String zone, CallContext context) {
    return keys.with(
        credentials ->
            calls.read(
                "ListHostedZonesByName",
                context,
                () -> api.get().listHostedZonesByName(zone + "."),
                envelope.decoder(
                    credentials, root -> Route53Answers.zone(root, zone), "HostedZones")));
  }
}
