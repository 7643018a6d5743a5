package dev.polycert.deliver;

import dev.polycert.call.Answer;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.Terms;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service or a place that issued certificates are delivered to. One folder each; found by CDI.
 *
 * <p>All steps are non-blocking and end by the context's deadline. An expected answer is never an
 * exception.
 */
public interface Deliverer {

  /** The service that takes certificates; the options of its descriptor are those of a target. */
  Service service();

  /** How requests name it, {@code file}. */
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
   * The option that names a place with room for one certificate only; empty where there is room for
   * many.
   */
  default Optional<String> place() {
    return Optional.empty();
  }

  /**
   * Checks the options of a target before anything is applied for.
   *
   * @return what is wrong, by option name; empty when all is well
   */
  default Map<String, String> wrong(Map<String, String> options) {
    return Map.of();
  }

  /**
   * Checks options for a domain too, because a place may have the certificate of another domain.
   *
   * @return what is wrong, by option name; empty when all is well
   */
  default Map<String, String> wrong(Map<String, String> options, DomainName domain) {
    return wrong(options);
  }

  /** Whether the target will refuse this certificate however often it is tried. */
  default boolean refusesForGood(VendorError error) {
    return false;
  }

  /**
   * Why a certificate with other terms may not be able to replace the one before; empty when no
   * reason is known.
   */
  default Optional<String> warning(Terms before, Terms after) {
    return Optional.empty();
  }

  /** How it wants the private key written. */
  default KeyForm keyForm() {
    return KeyForm.AS_GIVEN;
  }

  /**
   * Delivers a certificate with its key. May be repeated.
   *
   * @param certificate with its private key in {@link #keyForm}, which only the target may get; the
   *     caller hides what the target repeats of it in an error
   * @param earlier the answer of an earlier delivery to the same target, so that a renewal replaces
   *     the certificate that it renews; null for the first
   * @return the target's name of the certificate: a path, an ARN, an id
   */
  Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context);

  /**
   * Takes the next step of a delivery. May be repeated: the process may have died, or the answer
   * may have been lost, before the state that the step before left was recorded.
   *
   * <p>Most targets take one step. One that needs more is a {@link StepwiseDeliverer}.
   */
  default Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
    return deliver(
            consignment.domain(),
            consignment.certificate(),
            consignment.options(),
            consignment.earlier(),
            context)
        .map(answer -> answer.map(Stage.Done::new));
  }
}
