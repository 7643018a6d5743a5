package dev.polycert.vendor.alibaba.dns;

import dev.polycert.vendor.alibaba.Acs3Filter;
import dev.polycert.vendor.alibaba.AlibabaEnvelope;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Credentials;
import dev.polycert.dns.DnsRecord;
import dev.polycert.call.RestClients;
import dev.polycert.dns.Values;
import dev.polycert.dns.WriterConfig;
import dev.polycert.call.VendorError;
import dev.polycert.dns.SingleRecords;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;

/** Writes zones of Alibaba Cloud DNS. */
@ApplicationScoped
public class AlidnsWriter extends SingleRecords {
  private static final String ID = "alidns";
  private static final URI ENDPOINT = URI.create("https://alidns.aliyuncs.com");

  /** The lowest that the free edition takes. */
  private static final int TTL = 600;

  /** The most that DescribeSubDomainRecords gives at once; one host does not have that many. */
  private static final int MOST = 500;

  private final Duration propagation;
  private final Credentials credentials;
  private final Supplier<AlidnsApi> api;
  private final Caller calls;
  private final AlibabaEnvelope envelope;

  AlidnsWriter(
      Config config,
      WriterConfig writers,
      RestClients clients,
      Callers calls,
      RandomGenerator random) {
    WriterConfig.Settings settings = writers.of(ID);
    this.propagation = settings.propagation().orElse(Duration.ofMinutes(10));
    this.credentials =
        Credentials.read(
            config,
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            "ALIBABA_CLOUD_SECURITY_TOKEN");
    this.calls = calls.of(ID, Map.of());
    this.api =
        clients.lazily(
            AlidnsApi.class,
            settings.endpoint(),
            ENDPOINT,
            () -> new Acs3Filter(credentials, this.calls.clock(), random));
    this.envelope = new AlibabaEnvelope(AlidnsErrors.table(), credentials);
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
    return calls.read(
        "DescribeSubDomainRecords",
        context,
        () -> api.get().describeSubDomainRecords(record.name(), zone, record.type(), MOST),
        envelope.decoder(
            AlidnsRecord.Listing.class, listed -> listed.id(zone, record), "DomainRecords"));
  }

  @Override
  protected Uni<Answer<String>> add(String zone, DnsRecord record, CallContext context) {
    return calls.write(
        "AddDomainRecord",
        context,
        () ->
            api.get()
                .addDomainRecord(
                    zone, Values.host(zone, record), record.type(), record.value(), TTL),
        envelope.decoder(
            AlidnsRecord.Changed.class, added -> Optional.ofNullable(added.id()), "a RecordId"));
  }

  @Override
  protected Uni<Answer<String>> delete(String zone, String id, CallContext context) {
    return calls.write(
        "DeleteDomainRecord",
        context,
        () -> api.get().deleteDomainRecord(id),
        envelope.decoder(AlidnsRecord.Changed.class, deleted -> Optional.of(id), "an answer"));
  }

  @Override
  protected boolean isGone(VendorError error) {
    return error.code().equals(AlidnsErrors.NOT_OURS);
  }
}
