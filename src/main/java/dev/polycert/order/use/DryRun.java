package dev.polycert.order.use;

import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.CallContext;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.use.Apply.Entry;
import dev.polycert.provider.Application;
import dev.polycert.provider.Outlook;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation.Existing;
import dev.polycert.provider.Preparation.Ready;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what an application would need; writes nothing, and records nothing. */
@ApplicationScoped
class DryRun {
  private final Catalog catalog;
  private final Outlook outlook;

  DryRun(Catalog catalog, Outlook outlook) {
    this.catalog = catalog;
    this.outlook = outlook;
  }

  /**
   * Prepares an application as it would be sent.
   *
   * @param renewalOf the vendor's name of the certificate that it would follow
   */
  Uni<Entry> prepare(
      DomainName domain,
      String provider,
      Terms terms,
      @Nullable Reference renewalOf,
      Instant deadline,
      Urgency urgency) {
    Application application =
        new Application(domain, terms, Map.of(), null, List.of(), null, renewalOf);
    return outlook
        .prepare(
            catalog.require(provider),
            application,
            new CallContext(deadline, domain.base(), urgency))
        .map(
            answer ->
                switch (answer) {
                  case Success(Ready(var plan), _) -> Entry.planned(domain, provider, plan);
                  case Success(Existing(var progress), _) ->
                      Entry.planned(domain, provider, adoption(progress));
                  case Failed(var failure) -> Entry.failed(domain, provider, failure.error());
                });
  }

  private static Plan adoption(Progress existing) {
    return new Plan(
        existing.reference().ids(),
        List.of(),
        List.of(
            "the vendor already has this (" + existing.vendorStatus() + "): adopted, not sent"));
  }
}
