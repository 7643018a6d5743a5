package dev.polycert.provider;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
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
 * WriteContext} write. A provider refuses what is no {@link Capability} of its own.
 */
public interface CertificateProvider {

  /** The certificate service, never its secrets. */
  Service service();

  /** What it takes and gives. */
  Offer offer();

  /** What it is as a service. */
  default Descriptor descriptor() {
    return service().descriptor();
  }

  /** The account that calls are made with. */
  default Account account() {
    return service().account();
  }

  /** How certificates are renewed here. */
  default Renewal renewal() {
    return Renewal.ANY_TIME;
  }

  /**
   * Finds out, by reading alone, what the application needs (site, zone, certificate, quota).
   *
   * @return or {@code Refused} or {@code Deferred}
   */
  Uni<Answer<Preparation>> prepare(Application application, CallContext context);

  /**
   * Makes the write (one per call) that places the application.
   *
   * @return or {@code Refused}, {@code Deferred}, or {@code Unclear} when the write may have taken
   *     effect without our knowing
   */
  Uni<Answer<Progress>> place(Application application, WriteContext context);

  /**
   * Looks for the application after an unclear {@link #place}, by reading alone.
   *
   * @return or {@code Absent} when the vendor surely has none, {@code Unclear} when the vendor gives
   *     no way to find out, {@code Refused} or {@code Deferred} when the look-up did not work
   */
  Uni<Answer<Progress>> find(Application application, CallContext context);

  /**
   * Asks how the application stands, and lets the vendor validate now where it must be asked to.
   *
   * @return or {@code Refused} with class {@code PENDING} while validation is not seen; {@code
   *     Absent} when the vendor no longer knows it
   */
  Uni<Answer<Progress>> check(Application application, CallContext context);

  /**
   * Asks how the application stands where it shall end: as {@link #check}, but the vendor is not
   * asked to validate or to issue.
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
   * @return where it stands then, {@code UNKNOWN} while the vendor is at it; or {@code Absent} when
   *     the vendor no longer knows it, {@code Refused}, {@code Unclear} or {@code Deferred}
   */
  default Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return refused(Capability.CANCEL);
  }

  /**
   * Deletes an application or certificate, but never one that is deployed or of unknown use: that
   * is found out by reading first, and refused with the reason. May be repeated.
   *
   * @return where it stands while the vendor is at it; or {@code Absent} when the vendor has it no
   *     more, {@code Refused}, {@code Unclear} or {@code Deferred}
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
   * Gives out an issued certificate, by reading alone.
   *
   * @param includePrivateKey whether the key is wanted as well; without it none is in the result
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
   * Puts an issued certificate into use. May be repeated, and then reports how far it is.
   *
   * @param target where to, names as in {@link #deployOptions}
   */
  default Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> target, WriteContext context) {
    return refused(Capability.DEPLOY);
  }

  /**
   * Lists a page of what exists at the account, in whatever state, by reading alone.
   *
   * @param cursor where the page before ended; null for the first
   */
  default Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return refused(Capability.DISCOVER);
  }

  /**
   * Asks when the CA suggests that an issued certificate be renewed, by reading alone.
   *
   * @return empty where it suggests nothing now; the lifetime decides then
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
