package dev.polycert.dns;

import dev.polycert.call.CallContext;
import dev.polycert.provider.Result;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A DNS service whose zones can be written. One folder each; found by CDI.
 *
 * <p>All steps are non-blocking and end by the context's deadline. An expected answer is never an
 * exception. Records of others at the same name are left as they are, whatever is written.
 */
public interface DnsWriter {

  /** How the configuration names it, {@code rfc2136}. */
  String id();

  /** The environment variables that it needs and that are not set; empty when it is usable. */
  List<String> missing();

  /** How long its authoritative servers may take to answer with a new record. */
  Duration propagation();

  /**
   * Looks for a record, by reading alone.
   *
   * @return what the service calls it; its name where the service gives records no ids
   */
  Uni<Result<Optional<String>>> find(String zone, DnsRecord record, CallContext context);

  /**
   * Creates a record, after {@link CallContext#intent}. May be repeated: a record that is there by
   * now is a success.
   *
   * @return what the service calls it, as in {@link #find}
   */
  Uni<Result<String>> create(String zone, DnsRecord record, CallContext context);

  /**
   * Removes a record and nothing else. May be repeated: a record that is not there is a success.
   *
   * @param id what {@link #create} answered; null when its answer was lost, in which case name,
   *     type and value tell which record it is
   * @return whether there was anything to remove
   */
  Uni<Result<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, CallContext context);
}
