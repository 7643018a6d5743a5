package dev.polycert.provider;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A certificate service. One folder each; found by CDI.
 *
 * <p>All steps are non-blocking, end by the context's deadline, and answer with an {@link Outcome},
 * or with a {@link Result} where something is asked for. Only {@link #place}, {@link #submit},
 * {@link #cancel}, {@link #delete}, {@link #revoke} and {@link #deploy} write, each write after
 * {@link CallContext#intent}. What a provider does not say to be a {@link Capability} of its own it
 * refuses.
 */
public interface CertificateProvider {

  Descriptor descriptor();

  /** The account that calls are made with; never its secrets. */
  Account account();

  /** How certificates are renewed here. */
  default Renewal renewal() {
    return Renewal.ANY_TIME;
  }

  /**
   * Finds out, by reading alone, what the application needs (site, zone, certificate, quota).
   *
   * @return {@code Ready}; {@code Progress} when the vendor already has what is asked for, which is
   *     then adopted and nothing is sent; else {@code Refused} or {@code Deferred}
   */
  Uni<Outcome> prepare(Application application, CallContext context);

  /**
   * Makes the write (one per call) that places the application.
   *
   * @return {@code Progress}, {@code Refused}, {@code Deferred}, or {@code Unclear} when the write
   *     may have taken effect without our knowing
   */
  Uni<Outcome> place(Application application, CallContext context);

  /**
   * Looks for the application after an unclear {@link #place}, by reading alone.
   *
   * @return {@code Progress} when it is there, {@code Absent} when the vendor surely has none,
   *     {@code Unclear} when the vendor gives no way to tell, {@code Refused} or {@code Deferred}
   *     when the look-up itself did not work
   */
  Uni<Outcome> find(Application application, CallContext context);

  /**
   * Asks how the application stands, and lets the vendor validate now where it must be asked to.
   *
   * @return {@code Progress}; {@code Refused} with class {@code PENDING} while validation is not
   *     seen; {@code Absent} when the vendor no longer knows it
   */
  Uni<Outcome> check(Application application, CallContext context);

  /**
   * Asks how the application stands where it shall end: as {@link #check}, but the vendor is not
   * asked to validate or to issue.
   */
  default Uni<Outcome> look(Application application, CallContext context) {
    return check(application, context);
  }

  /** The members of {@link Information} that this application still lacks, as JSON paths. */
  default List<String> missingInformation(Application application) {
    return List.of();
  }

  /** Sends complete information for an application that waits for it. */
  default Uni<Outcome> submit(Application application, CallContext context) {
    return refused(Capability.SUBMIT_INFORMATION);
  }

  /**
   * Withdraws an application that is not issued. May be repeated.
   *
   * @return {@code Progress} with where it stands then, {@code UNKNOWN} while the vendor is at it;
   *     {@code Absent} when the vendor no longer knows it; else {@code Refused}, {@code Unclear} or
   *     {@code Deferred}
   */
  default Uni<Outcome> cancel(Application application, CallContext context) {
    return refused(Capability.CANCEL);
  }

  /**
   * Deletes an application or certificate, but never one that is deployed or of unknown use: that
   * is found out by reading first, and refused with the reason. May be repeated.
   *
   * @return {@code Absent} when the vendor has it no more; {@code Progress} while the vendor is at
   *     it; else {@code Refused}, {@code Unclear} or {@code Deferred}
   */
  default Uni<Outcome> delete(Application application, CallContext context) {
    return refused(Capability.DELETE);
  }

  /**
   * Revokes an issued certificate. May be repeated.
   *
   * @return as {@link #cancel}
   */
  default Uni<Outcome> revoke(
      Application application, RevocationReason reason, CallContext context) {
    return refused(Capability.REVOKE);
  }

  /**
   * Gives out an issued certificate, by reading alone.
   *
   * @param includePrivateKey whether the key is wanted as well; without it none is in the result
   */
  default Uni<Result<Export>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    return Result.refused(unsupported(Capability.EXPORT));
  }

  /** The options that {@link #deploy} takes, name to meaning. */
  default Map<String, String> deployOptions() {
    return Map.of();
  }

  /**
   * Puts an issued certificate into use. May be repeated, and then tells how far it is.
   *
   * @param target where to, names as in {@link #deployOptions}
   */
  default Uni<Result<Deployment>> deploy(
      Application application, Map<String, String> target, CallContext context) {
    return Result.refused(unsupported(Capability.DEPLOY));
  }

  /**
   * Lists a page of what exists at the account, in whatever state, by reading alone.
   *
   * @param cursor where the page before ended; null for the first
   */
  default Uni<Result<Inventory>> list(@Nullable String cursor, CallContext context) {
    return Result.refused(unsupported(Capability.DISCOVER));
  }

  /**
   * Asks when the CA suggests that an issued certificate be renewed, by reading alone.
   *
   * @return empty where it suggests nothing now; the lifetime decides then
   */
  default Uni<Optional<RenewalWindow>> renewalWindow(Application application, CallContext context) {
    return Uni.createFrom().item(Optional.empty());
  }

  private Uni<Outcome> refused(Capability capability) {
    return Uni.createFrom().item(new Outcome.Refused(unsupported(capability)));
  }

  private VendorError unsupported(Capability capability) {
    return new VendorError(
        ErrorClass.FINAL, "Unsupported", descriptor().id() + " does not offer " + capability);
  }
}
