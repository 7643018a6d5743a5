package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Terms;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what an application would need, and writes nothing anywhere. */
final class DryRun {

  private DryRun() {}

  static Uni<Applied> of(
      CertificateProvider provider, DomainName domain, Terms terms, Instant deadline) {
    Application application = new Application(domain, terms, Map.of(), null, List.of(), null, null);
    String id = provider.descriptor().id();
    return provider
        .prepare(application, CallContext.readOnly(deadline).about(domain.base()))
        .map(
            outcome ->
                switch (outcome) {
                  case Outcome.Ready(Plan plan) -> entry(domain, id, plan, null);
                  case Outcome.Progress existing -> entry(domain, id, adoption(existing), null);
                  case Outcome.Refused(VendorError error) -> entry(domain, id, null, error);
                  case Outcome.Unclear(VendorError error) -> entry(domain, id, null, error);
                  case Outcome.Absent absent -> entry(domain, id, null, Asking.unknownAtVendor());
                  case Outcome.Deferred deferred ->
                      entry(domain, id, null, Asking.deferred(deferred));
                });
  }

  private static Plan adoption(Outcome.Progress existing) {
    return new Plan(
        existing.reference().ids(),
        List.of(),
        List.of(
            "the vendor already has this (" + existing.vendorStatus() + "): adopted, not sent"));
  }

  private static Applied entry(
      DomainName domain, String provider, @Nullable Plan plan, @Nullable VendorError error) {
    return new Applied(domain, provider, null, false, plan, error, List.of());
  }
}
