package dev.polycert.vendor.rfc2136;

import dev.polycert.call.Answer;
import com.google.common.base.Suppliers;
import dev.polycert.call.CallContext;
import dev.polycert.call.Callers;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.DnsWriter;
import dev.polycert.dns.WriterConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * One's own name server, any that takes signed dynamic updates. The DNS library is loaded by the
 * first use, because most starts of a function need none.
 */
@ApplicationScoped
public class Rfc2136Writer implements DnsWriter {
  private final Supplier<DnsWriter> writer;

  Rfc2136Writer(Config config, WriterConfig writers, Callers calls, Clock clock) {
    writer = Suppliers.memoize(() -> new UpdateWriter(config, writers, calls, clock));
  }

  @Override
  public String id() {
    return "rfc2136";
  }

  @Override
  public List<String> missing() {
    return writer.get().missing();
  }

  @Override
  public Duration propagation() {
    return writer.get().propagation();
  }

  @Override
  public Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context) {
    return writer.get().find(zone, record, context);
  }

  @Override
  public Uni<Answer<String>> create(String zone, DnsRecord record, CallContext context) {
    return writer.get().create(zone, record, context);
  }

  @Override
  public Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, CallContext context) {
    return writer.get().remove(zone, record, id, context);
  }
}
