package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
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

  /** The DNS service. */
  Service service();

  /** How the configuration names it. */
  default String id() {
    return service().id();
  }

  /** The environment variables that it needs and that are not set; empty when it is usable. */
  default List<String> missing() {
    return service().account().missing();
  }

  /**
   * Looks for a record, by reading alone.
   *
   * @return what the service calls it; its name where the service gives records no ids
   */
  Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context);

  /**
   * Creates a record. May be repeated: a record that is there by now is a success.
   *
   * @return what the service calls it, as in {@link #find}
   */
  Uni<Answer<String>> create(String zone, DnsRecord record, WriteContext context);

  /**
   * Removes a record and nothing else. May be repeated: a record that is not there is a success.
   *
   * @param id what {@link #create} answered; null when its answer was lost, in which case name,
   *     type and value tell which record it is
   * @return whether there was anything to remove
   */
  Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, WriteContext context);
}
