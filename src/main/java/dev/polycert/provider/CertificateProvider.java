package dev.polycert.provider;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * A certificate service. One folder each; found by CDI.
 *
 * <p>All steps are non-blocking, end by the context's deadline, and answer with an {@link Outcome}.
 * Only {@link #place} and {@link #submit} write, each write after {@link CallContext#intent}.
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

  /** The members of {@link Information} that this application still lacks, as JSON paths. */
  default List<String> missingInformation(Application application) {
    return List.of();
  }

  /** Sends complete information for an application that waits for it. */
  default Uni<Outcome> submit(Application application, CallContext context) {
    return Uni.createFrom()
        .item(
            new Outcome.Refused(
                new VendorError(
                    ErrorClass.FINAL, "Unsupported", descriptor().id() + " takes no information")));
  }
}
