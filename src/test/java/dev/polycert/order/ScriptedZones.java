package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.dns.Delegation;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.DnsWriter;
import dev.polycert.dns.Place;
import dev.polycert.dns.Zones;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One zone that can be written, kept in memory; none until a test names it. */
final class ScriptedZones implements Zones {
  /** Records and their ids. */
  final Map<DnsRecord, String> records = new LinkedHashMap<>();

  final List<String> calls = new ArrayList<>();
  @Nullable String zone;
  @Nullable VendorError refusal;
  Runnable beforeCreate = () -> {};
  private final Writer writer = new Writer();

  @Override
  public boolean any() {
    return zone != null;
  }

  @Override
  public Optional<Place> covering(String name) {
    return zone != null && (name.equals(zone) || name.endsWith("." + zone))
        ? Optional.of(new Place(writer, zone))
        : Optional.empty();
  }

  @Override
  public Uni<Delegation> resolve(DnsRecord wanted, Instant deadline) {
    Delegation delegation =
        covering(wanted.name()).isPresent()
            ? new Delegation.Writable(new Place(writer, zone), wanted)
            : new Delegation.Refused(
                new VendorError(ErrorClass.FINAL, "Dns.NoWriter", "nobody writes " + wanted));
    return Uni.createFrom().item(delegation);
  }

  @Override
  public Optional<DnsWriter> writer(String id) {
    return Optional.of(writer);
  }

  private final class Writer implements DnsWriter {
    @Override
    public String id() {
      return "memory";
    }

    @Override
    public List<String> missing() {
      return List.of();
    }

    @Override
    public Duration propagation() {
      return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Result<Optional<String>>> find(String in, DnsRecord record, CallContext context) {
      return answer("find", Optional.ofNullable(records.get(record)));
    }

    @Override
    public Uni<Result<String>> create(String in, DnsRecord record, CallContext context) {
      beforeCreate.run();
      if (refusal == null) {
        records.putIfAbsent(record, "rec-" + (records.size() + 1));
      }
      return answer("create", String.valueOf(records.get(record)));
    }

    @Override
    public Uni<Result<Boolean>> remove(
        String in, DnsRecord record, @Nullable String id, CallContext context) {
      return answer("remove", refusal == null && records.remove(record) != null);
    }

    private <T> Uni<Result<T>> answer(String call, T value) {
      calls.add(call);
      VendorError error = refusal;
      return Uni.createFrom()
          .item(
              error == null
                  ? new Result.Value<>(value, null)
                  : new Result.Failed<>(new Outcome.Refused(error)));
    }
  }
}
