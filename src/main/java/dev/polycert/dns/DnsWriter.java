package dev.polycert.dns;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A DNS service whose zones can be written. One folder each; found by CDI.
 *
 * <p>All steps are non-blocking and end by the context's deadline. An expected answer is never an
 * exception. Other records at the same name stay as they are.
 */
public interface DnsWriter {
  /** The code of what {@link #otherName} says. */
  String OTHER_NAME = "Dns.OtherName";

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
   * What is wrong with its settings, by their names; a process with an HTTP server does not start
   * with it.
   */
  default List<String> wrongSettings() {
    return List.of();
  }

  /**
   * Why no record of a name can be written here, whatever its value is: for services that write
   * some names alone. So it is known before there is a value.
   *
   * @return empty where there may be a record of that name
   */
  default Optional<VendorError> otherName(String recordName) {
    return Optional.empty();
  }

  /**
   * Asks the service itself where a name points, by reading alone, which leaves no answer in a
   * cache of the DNS.
   *
   * @return the target of the CNAME at the name itself; empty when it has none
   */
  Uni<Answer<Optional<String>>> alias(String zone, String name, CallContext context);

  /**
   * Looks for a record, by reading alone.
   *
   * @return the service's id of it, or its name where records have no ids; empty when there is none
   */
  Uni<Answer<Optional<String>>> find(String zone, DnsRecord record, CallContext context);

  /**
   * Creates a record. May be repeated: a record that exists already is a success.
   *
   * @return the service's id of it, as in {@link #find}
   */
  Uni<Answer<String>> create(String zone, DnsRecord record, WriteContext context);

  /**
   * Removes a record and nothing else. May be repeated: a record that does not exist is a success.
   *
   * @param id the answer of {@link #create}; null when it was lost, so that name, type and value
   *     identify the record
   * @return whether there was anything to remove
   */
  Uni<Answer<Boolean>> remove(
      String zone, DnsRecord record, @Nullable String id, WriteContext context);
}
