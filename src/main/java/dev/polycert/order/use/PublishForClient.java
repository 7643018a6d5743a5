package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.order.ClientNames;
import dev.polycert.order.OrderException;
import dev.polycert.order.step.ClientPublisher;
import dev.polycert.order.step.RecordNames;
import dev.polycert.provider.Validation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Publishes validations for clients that apply for certificates themselves: the use case behind
 * {@code httpreq}.
 */
@ApplicationScoped
public class PublishForClient {
  private final ClientPublisher publisher;
  private final HttpreqConfig config;

  PublishForClient(ClientPublisher publisher, HttpreqConfig config) {
    this.publisher = publisher;
    this.config = config;
  }

  /** The domain whose validation is at a name; empty where no certificate could be for one. */
  public static Optional<DomainName> domain(String recordName) {
    return RecordNames.domains(List.of(recordName)).stream().findFirst();
  }

  /**
   * Publishes a text, and answers when the DNS service has it.
   *
   * @param names where it may be written
   * @throws OrderException.Conflict as failure, when it cannot be published
   */
  public Uni<Void> present(
      String client, ClientNames names, String name, String value, Instant deadline) {
    return publisher
        .present(client, names, required(name), record(name, value), config.keep(), deadline)
        .invoke(problem -> problem.ifPresent(PublishForClient::reject))
        .replaceWithVoid();
  }

  private static void reject(VendorError error) {
    throw new OrderException.Conflict(error.code() + ": " + error.message() + ".");
  }

  /** Removes a text that was published for that client. */
  public Uni<Void> cleanUp(String client, String name, String value, Instant deadline) {
    return publisher.cleanUp(client, required(name), record(name, value), deadline);
  }

  private static Validation record(String name, String value) {
    return Validation.dns(required(name).base(), name, "TXT", value);
  }

  private static DomainName required(String name) {
    return domain(name).orElseThrow(() -> new IllegalArgumentException("no domain: " + name));
  }
}
