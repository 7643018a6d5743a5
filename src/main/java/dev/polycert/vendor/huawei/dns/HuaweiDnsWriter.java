package dev.polycert.vendor.huawei.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Credentials;
import dev.polycert.call.Decoder;
import dev.polycert.dns.DnsRecord;
import dev.polycert.vendor.huawei.HuaweiEnvelope;
import dev.polycert.call.JsonBody;
import dev.polycert.call.RestClients;
import dev.polycert.vendor.huawei.SdkHmacFilter;
import dev.polycert.call.VendorError;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.ZoneIds;
import dev.polycert.dns.RecordSets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Writes public zones of Huawei Cloud DNS, which lets a later change of a set win unasked. */
@ApplicationScoped
public class HuaweiDnsWriter extends RecordSets {
  private static final String ID = "huaweidns";
  private static final String PROJECT_ID = "HUAWEICLOUD_SDK_PROJECT_ID";
  private static final URI ENDPOINT = URI.create("https://dns.cn-north-4.myhuaweicloud.com");

  private final Duration propagation;
  private final Credentials credentials;
  private final Supplier<HuaweiDnsApi> api;
  private final Caller calls;
  private final HuaweiEnvelope envelope;
  private final ZoneIds zones = new ZoneIds(this::zoneId);

  HuaweiDnsWriter(
      Config config, WriterConfig writers, RestClients clients, Callers calls) {
    WriterConfig.Settings settings = writers.of(ID);
    this.propagation = settings.propagation().orElse(Duration.ofMinutes(20));
    this.credentials =
        Credentials.read(
            config,
            "HUAWEICLOUD_SDK_AK",
            "HUAWEICLOUD_SDK_SK",
            "HUAWEICLOUD_SDK_SECURITY_TOKEN",
            PROJECT_ID);
    String projectId = config.getOptionalValue(PROJECT_ID, String.class).orElse("").strip();
    this.calls = calls.of(ID, Map.of());
    this.api =
        clients.lazily(
            HuaweiDnsApi.class,
            settings.endpoint(),
            ENDPOINT,
            () -> new SdkHmacFilter(credentials, projectId, this.calls.clock()));
    this.envelope = new HuaweiEnvelope(HuaweiDnsErrors.table(), credentials);
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
  protected boolean isAtomic() {
    return false;
  }

  @Override
  protected Uni<Answer<Optional<Held>>> read(String zone, DnsRecord record, CallContext context) {
    return zones.with(
        zone,
        context,
        id ->
            calls
                .read(
                    "ListRecordSets",
                    context,
                    () -> api.get().listRecordSets(id, record.type(), record.name() + ".", "equal"),
                    envelope.decoder(
                        HuaweiRecordSet.Listing.class, listed -> listed.of(record), "recordsets"))
                .map(answer -> answer.or(HuaweiDnsWriter::isNone, Optional.empty())));
  }

  private static boolean isNone(VendorError error) {
    return error.code().equals(HuaweiDnsErrors.NO_RECORD_SETS);
  }

  @Override
  protected Uni<Answer<String>> write(
      String zone,
      DnsRecord record,
      @Nullable Held before,
      List<String> values,
      CallContext context) {
    return zones.with(zone, context, id -> replace(id, record, before, values, context));
  }

  private Uni<Answer<String>> replace(
      String zoneId,
      DnsRecord record,
      @Nullable Held before,
      List<String> values,
      CallContext context) {
    Decoder<String> decoder =
        envelope.decoder(
            HuaweiRecordSet.class,
            changed -> Optional.ofNullable(changed.id()).or(() -> known(before)),
            "an id");
    byte[] body = JsonBody.of(HuaweiRecordSet.Change.of(record, before, values));
    if (before == null) {
      return calls.write(
          "CreateRecordSet", context, () -> api.get().createRecordSet(zoneId, body), decoder);
    }
    return values.isEmpty()
        ? calls.write(
            "DeleteRecordSet",
            context,
            () -> api.get().deleteRecordSet(zoneId, before.id()),
            decoder)
        : calls.write(
            "UpdateRecordSet",
            context,
            () -> api.get().updateRecordSet(zoneId, before.id(), body),
            decoder);
  }

  private static Optional<String> known(@Nullable Held before) {
    return Optional.ofNullable(before).map(Held::id);
  }

  private Uni<Answer<Optional<String>>> zoneId(String zone, CallContext context) {
    return calls.read(
        "ListPublicZones",
        context,
        () -> api.get().listPublicZones("public", zone + ".", "equal"),
        envelope.decoder(HuaweiZone.Listing.class, listed -> listed.id(zone), "zones"));
  }
}
