package dev.polycert.vendor.cloudflare;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Credentials;
import dev.polycert.call.JsonBody;
import dev.polycert.call.RestClients;
import dev.polycert.call.VendorCalls;
import dev.polycert.call.VendorCallsFactory;
import dev.polycert.call.VendorError;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.QuotedText;
import dev.polycert.dns.SingleRecords;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.ZoneIds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** Writes zones of Cloudflare. */
@ApplicationScoped
public class CloudflareWriter extends SingleRecords {
  private static final String ID = "cloudflare";
  private static final URI ENDPOINT = URI.create("https://api.cloudflare.com");

  /** Seconds; the lowest outside of the Enterprise plan. */
  private static final int TTL = 60;

  /** More than one name can have. */
  private static final int MOST = 500;

  /** 1200 requests in five minutes for each user ("Rate limits"). */
  private static final Map<String, Double> LIMITS = Map.of("*", 4.0);

  private final Duration propagation;
  private final Credentials credentials;
  private final Supplier<CloudflareApi> api;
  private final VendorCalls calls;
  private final CloudflareEnvelope envelope;
  private final ZoneIds zones = new ZoneIds(this::zoneId);

  CloudflareWriter(
      Config config, WriterConfig writers, RestClients clients, VendorCallsFactory calls) {
    WriterConfig.Settings settings = writers.of(ID);
    this.propagation = settings.propagation().orElse(Duration.ofMinutes(2));
    this.credentials = Credentials.secret(config, "CLOUDFLARE_API_TOKEN");
    this.api = clients.lazily(CloudflareApi.class, settings.endpoint(), ENDPOINT, () -> this::sign);
    this.calls = calls.of(ID, LIMITS);
    this.envelope = new CloudflareEnvelope(credentials);
  }

  private void sign(ClientRequestContext request) {
    request.getHeaders().putSingle("Authorization", "Bearer " + credentials.secret());
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<String> missing() {
    return credentials.missing();
  }

  @Override
  public Duration propagation() {
    return propagation;
  }

  @Override
  protected Uni<Answer<Optional<String>>> look(String zone, DnsRecord record, CallContext context) {
    return zones.with(
        zone,
        context,
        id ->
            calls.read(
                "ListDnsRecords",
                context,
                () -> api.get().listRecords(id, record.type(), record.name(), MOST),
                envelope.decoder(
                    CloudflareItem.Listing.class, listed -> listed.record(record), "a result")));
  }

  @Override
  protected Uni<Answer<String>> add(String zone, DnsRecord record, CallContext context) {
    String content =
        record.type().equals("TXT") ? QuotedText.quote(record.value()) : record.value();
    byte[] body = JsonBody.of(new CloudflareItem.Draft(record.type(), record.name(), content, TTL));
    return zones.with(
        zone,
        context,
        id ->
            calls.write(
                "CreateDnsRecord",
                context,
                () -> api.get().createRecord(id, body),
                envelope.decoder(
                    CloudflareItem.Single.class, CloudflareItem.Single::id, "the record's id")));
  }

  @Override
  protected Uni<Answer<String>> delete(String zone, String record, CallContext context) {
    return zones.with(
        zone,
        context,
        id ->
            calls.write(
                "DeleteDnsRecord",
                context,
                () -> api.get().deleteRecord(id, record),
                envelope.decoder(
                    CloudflareItem.Single.class, CloudflareItem.Single::id, "the record's id")));
  }

  @Override
  protected boolean isGone(VendorError error) {
    return error.code().equals(CloudflareEnvelope.NO_SUCH_RECORD);
  }

  private Uni<Answer<Optional<String>>> zoneId(String zone, CallContext context) {
    return calls.read(
        "ListZones",
        context,
        () -> api.get().listZones(zone),
        envelope.decoder(CloudflareItem.Listing.class, listed -> listed.zone(zone), "a result"));
  }
}
