package dev.polycert.vendor.nameserver;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Exchange;
import dev.polycert.call.OneAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.DnsWriter;
import dev.polycert.dns.WriterConfig;
import dev.polycert.domain.DnsNames;
import dev.polycert.vault.VaultStore;
import dev.polycert.vendor.nameserver.ZoneRecords.FullException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes the zones that this process answers for itself: see {@link NameServer}. */
@ApplicationScoped
public class NameServerWriter implements DnsWriter, OneAccount {
  private static final Logger LOG = Logger.getLogger(NameServerWriter.class);
  private static final String LISTEN = "POLYCERT_NAME_SERVER_LISTEN";
  private static final String NAMES = "POLYCERT_NAME_SERVER_NAMES";

  static final Descriptor SERVICE =
      Descriptor.of(
              "nameserver", "this process, which answers the DNS itself: zones for validations")
          .variable(LISTEN, true, "the public address, `192.0.2.1:53`")
          .variable(NAMES, true, "the names that the zones are delegated to, outside of them")
          .limit("*", 1000)
          .propagates(Duration.ofMinutes(1));

  private final Service service;
  private final Caller caller;
  private final ZoneRecords records;
  private final List<String> zones;

  NameServerWriter(
      NameServerConfig config, WriterConfig writers, Callers callers, VaultStore store) {
    List<String> missing = new ArrayList<>();
    if (config.listen().isEmpty()) {
      missing.add(LISTEN);
    }
    if (config.names().orElse(List.of()).isEmpty()) {
      missing.add(NAMES);
    }
    service = new Service(SERVICE, new Account(SERVICE.id(), missing));
    caller = callers.of(SERVICE, writers.service(SERVICE.id()));
    records = new ZoneRecords(store);
    zones =
        writers.of(SERVICE.id()).zones().orElse(List.of()).stream()
            .map(DnsNames::canonical)
            .toList();
  }

  /** The records that questions are answered from. */
  ZoneRecords records() {
    return records;
  }

  List<String> zones() {
    return zones;
  }

  @Override
  public String inPlaceOfAccounts() {
    return "it is this process, which answers for all of polycert.dns-writer.\"nameserver\".zones";
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context) {
    return loaded(
        () ->
            Answer.of(
                    records.at(name.toLowerCase(Locale.ROOT)).stream()
                        .filter(record -> record.type().equals("CNAME"))
                        .map(DnsRecord::value)
                        .findFirst())
                .now());
  }

  @Override
  public Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context) {
    DnsRecord kept = kept(record);
    return loaded(
        () ->
            Answer.of(records.holds(kept) ? Optional.of(record.name()) : Optional.<String>empty())
                .now());
  }

  /** Beside a CNAME there is nothing else (RFC 1034, section 3.6.2). */
  @Override
  public Uni<Answer<String>> create(String zone, DnsRecord record, WriteContext context) {
    if (!service.account().configured()) {
      return service.account().<String>unconfigured().now();
    }
    DnsRecord kept = kept(record);
    return loaded(() -> add(record, kept, context));
  }

  private Uni<Answer<String>> add(DnsRecord record, DnsRecord kept, WriteContext context) {
    if (records.holds(kept)) {
      return Answer.of(record.name()).now();
    }
    return caller.write(
        "Add",
        context,
        () ->
            excluded(kept)
                ? Uni.createFrom().item(Exchange.of(conflict(record)))
                : records
                    .add(kept)
                    .map(added -> Exchange.of(Answer.of(record.name())))
                    .onFailure(FullException.class)
                    .recoverWithItem(full -> Exchange.of(full(full))));
  }

  private static Answer<String> full(Throwable full) {
    return Answer.refused(
        new VendorError(
            ErrorClass.QUOTA,
            "Dns.Full",
            "the name server has no room for it: " + full.getMessage()));
  }

  private boolean excluded(DnsRecord record) {
    return records.at(record.name()).stream()
        .anyMatch(held -> held.type().equals("CNAME") || record.type().equals("CNAME"));
  }

  private static Answer<String> conflict(DnsRecord record) {
    return Answer.refused(
        new VendorError(
            ErrorClass.FINAL,
            "Dns.Conflict",
            record.name() + " has records already, and beside a CNAME there can be none"));
  }

  @Override
  public Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, WriteContext context) {
    DnsRecord kept = kept(record);
    return loaded(
        () ->
            records.holds(kept)
                ? caller.write(
                    "Remove",
                    context,
                    () -> records.remove(kept).map(gone -> Exchange.of(Answer.of(true))))
                : Answer.of(false).now());
  }

  /**
   * Runs the step once the records are read; before that nothing is known, so nothing is written.
   */
  private <T> Uni<Answer<T>> loaded(Supplier<Uni<Answer<T>>> answer) {
    return records
        .load()
        .onItemOrFailure()
        .transformToUni(
            (read, failure) -> {
              if (failure == null) {
                return answer.get();
              }
              LOG.warn("The records of the name server cannot be read", failure);
              return Answer.<T>refused(
                      new VendorError(
                          ErrorClass.RETRY,
                          "Dns.NotLoaded",
                          "the records that the name server has kept cannot be read just now"))
                  .now();
            });
  }

  private static DnsRecord kept(DnsRecord record) {
    return new DnsRecord(record.name().toLowerCase(Locale.ROOT), record.type(), record.value());
  }
}
