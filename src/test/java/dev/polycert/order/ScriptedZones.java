package dev.polycert.order;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Intents;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.Delegation;
import dev.polycert.dns.DelegationZone;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One zone that can be written, kept in memory; none until a test names it. */
public final class ScriptedZones implements Zones {
  /** Records and their ids. */
  public final Map<DnsRecord, String> records = new LinkedHashMap<>();

  public final List<String> calls = new ArrayList<>();
  public @Nullable String zone;

  /** Names outside of the zone, and where their CNAMEs lead. */
  public final Map<String, String> delegated = new LinkedHashMap<>();

  /** Whether no look for a CNAME is answered. */
  public boolean unreachable;

  /** What the zones of all other names lack. */
  public @Nullable String lacks;

  /** The writer that there is. */
  public String writes = "memory";

  /** What the writer lacks. */
  public List<String> missing = List.of();

  /** What begins the names that the writer writes. */
  public String names = "";

  public @Nullable VendorError refusal;
  public Runnable beforeCreate = () -> {};

  /** Publishes a record where others see it. */
  public Consumer<DnsRecord> published = record -> {};

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
    if (unreachable) {
      return Uni.createFrom()
          .item(
              new Delegation.Refused(
                  new VendorError(ErrorClass.RETRY, "Dns.Unreachable", "no server of it answers")));
    }
    String name = delegated.getOrDefault(wanted.name(), wanted.name());
    Delegation delegation =
        covering(name)
            .map(place -> at(place, wanted.at(name)))
            .orElseGet(
                () ->
                    new Delegation.Refused(
                        new VendorError(
                            ErrorClass.FINAL, "Dns.NoWriter", "nobody writes " + wanted)));
    return Uni.createFrom().item(delegation);
  }

  private static Delegation at(Place place, DnsRecord record) {
    return place
        .writer()
        .otherName(record.name())
        .<Delegation>map(Delegation.Refused::new)
        .orElseGet(() -> new Delegation.Writable(place, record));
  }

  @Override
  public Optional<DelegationZone> delegationZone() {
    return Optional.ofNullable(zone).map(it -> new DelegationZone(it, new Place(writer, it)));
  }

  @Override
  public List<String> lacks() {
    return Optional.ofNullable(lacks).stream().toList();
  }

  @Override
  public Optional<String> lacks(String name) {
    return covering(name).isPresent() ? Optional.empty() : Optional.ofNullable(lacks);
  }

  @Override
  public Optional<DnsWriter> writer(String id) {
    return id.equals(writes) ? Optional.of(writer) : Optional.empty();
  }

  @Override
  public Optional<Duration> propagation(String id) {
    return Optional.of(Duration.ofMinutes(10));
  }

  private final class Writer implements DnsWriter {
    @Override
    public Service service() {
      return new Service(Descriptor.of(writes, "Memory"), new Account("default", missing));
    }

    @Override
    public Optional<VendorError> otherName(String name) {
      return name.startsWith(names)
          ? Optional.empty()
          : Optional.of(
              new VendorError(ErrorClass.FINAL, OTHER_NAME, "writes " + names + "… alone"));
    }

    @Override
    public Uni<Answer<Optional<String>>> alias(String in, String name, CallContext context) {
      return Answer.of(Optional.<String>empty()).now();
    }

    @Override
    public Uni<Answer<Optional<String>>> find(String in, DnsRecord record, CallContext context) {
      return answer("find", Optional.ofNullable(records.get(record)));
    }

    @Override
    public Uni<Answer<String>> create(String in, DnsRecord record, WriteContext context) {
      return Intents.intend(context, "Create").flatMap(intended -> create(record));
    }

    private Uni<Answer<String>> create(DnsRecord record) {
      beforeCreate.run();
      if (refusal == null) {
        records.putIfAbsent(record, "rec-" + (records.size() + 1));
        published.accept(record);
      }
      return answer("create", String.valueOf(records.get(record)));
    }

    @Override
    public Uni<Answer<Boolean>> remove(
        String in, DnsRecord record, @Nullable String id, WriteContext context) {
      return Intents.intend(context, "Remove")
          .flatMap(
              intended ->
                  answer(
                      "remove",
                      refusal == null && missing.isEmpty() && records.remove(record) != null));
    }

    private <T> Uni<Answer<T>> answer(String call, T value) {
      calls.add(call);
      if (!missing.isEmpty()) {
        return service().account().<T>unconfigured().now();
      }
      VendorError error = refusal;
      return Uni.createFrom().item(error == null ? Answer.of(value) : Answer.refused(error));
    }
  }
}
