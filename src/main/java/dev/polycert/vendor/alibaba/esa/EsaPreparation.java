package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Failure;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Plan;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out which site an application belongs to and whether it can be made, by reading alone. */
final class EsaPreparation {
  static final String ACCESS_TYPE = "accessType";
  static final String CNAME = "CNAME";

  /** In a plan: what the owner of the site has to do before it can be verified. */
  static final String ACTIVATION = "activation";

  private static final String SITE_ID = EsaOptions.SITE_ID;
  private static final String SITE_NAME = "siteName";

  private final EsaClient client;
  private final EsaSites sites;
  private final EsaLookup lookup;

  EsaPreparation(EsaClient client, EsaLookup lookup) {
    this.client = client;
    this.sites = new EsaSites(client);
    this.lookup = lookup;
  }

  Uni<Answer<Progress>> prepare(Application application, CallContext context) {
    Optional<VendorError> refusal = EsaOptions.refusal(application);
    if (refusal.isPresent()) {
      return done(new Failure.Refused(refusal.get()));
    }
    String siteId = application.option(SITE_ID);
    return siteId != null && !EsaOptions.verifiesSite(application)
        ? prepareAt(Map.of(SITE_ID, siteId), application, context)
        : sites.find(
            application,
            context,
            site ->
                site.active()
                    ? prepareAt(settings(site), application, context)
                    : done(verification(site)));
  }

  private static Map<String, String> settings(EsaSite site) {
    return Map.of(SITE_ID, site.id(), SITE_NAME, site.name(), ACCESS_TYPE, site.accessType());
  }

  /** A site that was never active has no certificates to look for. */
  private static Outcome verification(EsaSite site) {
    Map<String, String> settings = new HashMap<>(settings(site));
    settings.put(ACTIVATION, site.activation());
    String note =
        "has ESA verify site " + site.name() + " first, which needs this: " + site.activation();
    return new Preparation.Ready(new Plan(settings, List.of(), List.of(note)));
  }

  private Uni<Answer<Progress>> prepareAt(
      Map<String, String> site, Application application, CallContext context) {
    String siteId = Objects.requireNonNull(site.get(SITE_ID));
    return lookup.existing(
        siteId,
        application,
        context,
        none -> client.quota(siteId, context).map(answer -> planned(site, application, answer)));
  }

  /**
   * The quota is asked for to spare a call that must fail; without an answer there is no reason.
   */
  private static Outcome planned(
      Map<String, String> site, Application application, Answer<Quota> answer) {
    return switch (answer) {
      case Answer.Success<Quota>(Quota quota, String requestId) ->
          quota.left() == 0
              ? new Failure.Refused(usedUp(quota, requestId))
              : plan(
                  site,
                  application,
                  quota.left() + " of " + quota.allowed() + " free certificates left");
      case Answer.Failed<Quota>(Failure.Refused(VendorError error)) ->
          plan(site, application, "free certificates left: unknown (" + error.code() + ")");
      case Answer.Failed<Quota>(Failure failure) -> outcome;
    };
  }

  private static Outcome plan(Map<String, String> site, Application application, String quota) {
    List<String> notes = new ArrayList<>();
    notes.add(quota);
    notes.add("ESA chooses the validation method; the requested one is not passed on");
    if (CNAME.equals(site.get(ACCESS_TYPE))) {
      notes.add(
          DelegatedDcv.advice(application.domain(), Objects.requireNonNull(site.get(SITE_ID))));
    }
    return new Preparation.Ready(new Plan(site, List.of(), notes));
  }

  private static VendorError usedUp(Quota quota, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.QUOTA,
        "QuotaExceeded",
        "all " + quota.allowed() + " free certificates are used; delete one or upgrade the plan",
        requestId,
        null);
  }

  private static Uni<Answer<Progress>> done(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }
}
