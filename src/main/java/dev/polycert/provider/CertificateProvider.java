package dev.polycert.provider;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.Issuer;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A certificate service. One folder each; found by CDI.
 *
 * <p>All steps are non-blocking and end by the context's deadline. An expected answer is never an
 * exception; an exception out of a provider is a bug. Only the steps that get a {@link
 * WriteContext} write. A provider refuses steps for which it lacks the {@link Capability}.
 */
public interface CertificateProvider {

  /** The certificate service with its account, without secrets. */
  Service service();

  /** What requests may ask for, and what it returns. */
  Offer offer();

  default Descriptor descriptor() {
    return service().descriptor();
  }

  /** The account that calls are made with. */
  default Account account() {
    return service().account();
  }

  /**
   * What is wrong with its settings, by their names; a process with an HTTP server does not start
   * with it.
   */
  default List<String> wrongSettings() {
    return List.of();
  }

  /**
   * The CA that would issue: before an application, the DNS is searched for obstacles to it. Empty
   * for a provider that does so itself.
   */
  default Optional<Issuer> issuer(Application application) {
    return Optional.of(Issuer.behindVendor(List.of()));
  }

  /** The values that an order has for options that its request leaves out, as far as known. */
  default Map<String, String> defaults(Application application) {
    return Map.of();
  }

  /** Whether the certificate of an order has the applicant's organisation as its subject. */
  default boolean namesOrganization(Application application) {
    return false;
  }

  /** How its certificates are renewed. */
  default Renewal renewal() {
    return Renewal.ANY_TIME;
  }

  /** Why the certificate never comes with its private key, as far as its options show. */
  default Optional<VendorError> withholdsKey(Application application) {
    return Optional.empty();
  }

  /**
   * Finds out, by reading alone, what the application needs (site, zone, certificate, quota).
   *
   * @return the preparation, or {@code Refused} or {@code Deferred}
   */
  Uni<Answer<Preparation>> prepare(Application application, CallContext context);

  /**
   * Places the application with a single write.
   *
   * @return the progress, or {@code Refused}, {@code Deferred}, or {@code Unclear} when the write
   *     may have taken effect although no answer says so
   */
  Uni<Answer<Progress>> place(Application application, WriteContext context);

  /**
   * Whether a {@link #place} that was refused so may succeed with another candidate of the plan:
   * the refusal is about what was bought, not about the request.
   */
  default boolean isAboutCandidate(VendorError error) {
    return false;
  }

  /**
   * Looks for the application after an unclear {@link #place}, by reading alone.
   *
   * @return the progress, or {@code Absent} when the vendor surely has none, {@code Unclear} when
   *     the vendor gives no way to find out, {@code Refused} or {@code Deferred} when the look-up
   *     did not work
   */
  Uni<Answer<Progress>> find(Application application, CallContext context);

  /**
   * Asks for the state of the application. A vendor that validates only on request is asked to do
   * so now.
   *
   * @return the progress, or {@code Refused} with class {@code PENDING} while validation is not
   *     seen; {@code Absent} when the vendor no longer knows it
   */
  Uni<Answer<Progress>> check(Application application, CallContext context);

  /**
   * Asks for the state of an application that is to be ended: as {@link #check}, but the vendor is
   * not asked to validate or to issue.
   */
  default Uni<Answer<Progress>> look(Application application, CallContext context) {
    return check(application, context);
  }

  /** The members of {@link Information} that this application still lacks, as JSON paths. */
  default List<String> missingInformation(Application application) {
    return List.of();
  }

  /** Sends complete information for an application that waits for it. */
  default Uni<Answer<Progress>> submit(Application application, WriteContext context) {
    return refused(Capability.SUBMIT_INFORMATION);
  }

  /**
   * Withdraws an application that is not issued. May be repeated.
   *
   * @return the state after that, {@code UNKNOWN} while the vendor works on it; or {@code Absent}
   *     when the vendor no longer knows it, {@code Refused}, {@code Unclear} or {@code Deferred}
   */
  default Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return refused(Capability.CANCEL);
  }

  /**
   * Deletes an application or certificate. One that is deployed, or whose use is unknown, is
   * refused with the reason, after a look by reading. May be repeated.
   *
   * @return its state while the vendor works on it; or {@code Absent} when the vendor no longer has
   *     it, {@code Refused}, {@code Unclear} or {@code Deferred}
   */
  default Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    return refused(Capability.DELETE);
  }

  /**
   * Revokes an issued certificate. May be repeated.
   *
   * @return as {@link #cancel}
   */
  default Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, WriteContext context) {
    return refused(Capability.REVOKE);
  }

  /**
   * Reports that the key of a certificate that is revoked for another reason is compromised. CAs
   * take no other reason later.
   *
   * @return as {@link #cancel}
   */
  default Uni<Answer<Progress>> reportCompromise(Application application, WriteContext context) {
    return Answer.<Progress>refused(
            new VendorError(
                ErrorClass.FINAL,
                "Revoked",
                descriptor().id() + " takes no other reason once a certificate is revoked"))
        .now();
  }

  /**
   * Gives out an issued certificate, by reading alone.
   *
   * @param includePrivateKey whether the result is to have the key as well
   */
  default Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    return refused(Capability.EXPORT);
  }

  /** The options that {@link #deploy} takes, name to meaning. */
  default Map<String, String> deployOptions() {
    return Map.of();
  }

  /**
   * Puts an issued certificate into use. A repeated call reports the progress.
   *
   * @param target the place, by the names of {@link #deployOptions}
   */
  default Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> target, WriteContext context) {
    return refused(Capability.DEPLOY);
  }

  /**
   * Lists a page of the account's certificates and applications in any state, by reading alone.
   *
   * @param cursor {@link Inventory#next} of the page before; null for the first
   */
  default Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return refused(Capability.DISCOVER);
  }

  /**
   * Asks when the CA suggests that an issued certificate be renewed, by reading alone.
   *
   * @return empty where it suggests nothing now, so that the lifetime decides
   */
  default Uni<Optional<RenewalWindow>> renewalWindow(Application application, CallContext context) {
    return Uni.createFrom().item(Optional.empty());
  }

  private <T> Uni<Answer<T>> refused(Capability capability) {
    return Answer.<T>refused(
            new VendorError(
                ErrorClass.FINAL,
                "Unsupported",
                descriptor().id() + " does not offer " + capability))
        .now();
  }
}
