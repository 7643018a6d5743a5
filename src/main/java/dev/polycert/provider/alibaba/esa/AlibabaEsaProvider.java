package dev.polycert.provider.alibaba.esa;

import dev.polycert.provider.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.CallContext;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Credentials;
import dev.polycert.provider.Descriptor;
import dev.polycert.provider.ErrorClass;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Plan;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.provider.VendorError;
import dev.polycert.provider.alibaba.Acs3Filter;
import dev.polycert.provider.alibaba.AlibabaEnvelope;
import dev.polycert.provider.http.Answer;
import dev.polycert.provider.http.RestClients;
import dev.polycert.provider.http.VendorCallsFactory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Applies for free certificates at Alibaba Cloud ESA, one domain per call, and reads how they stand
 * by GetCertificate: there is no operation that starts a validation.
 */
@ApplicationScoped
public class AlibabaEsaProvider implements CertificateProvider {
  private static final String SITE_ID = EsaOptions.SITE_ID;
  private static final String ACCESS_TYPE = "accessType";
  private static final String CNAME = "CNAME";

  private final Account account;
  private final EsaClient client;
  private final EsaSites sites;
  private final EsaExisting existing;

  AlibabaEsaProvider(
      Config config,
      EsaConfig settings,
      ProviderConfig providers,
      RestClients clients,
      VendorCallsFactory calls,
      Clock clock,
      RandomGenerator random) {
    Credentials credentials =
        Credentials.read(
            config, EsaDescriptor.KEY_ID, EsaDescriptor.SECRET, "ALIBABA_CLOUD_SECURITY_TOKEN");
    ProviderConfig.Settings common = providers.of(EsaDescriptor.ID);
    URI endpoint = clients.endpoint(common, settings.region().endpoint());
    account = new Account(common.account(), credentials.missing());
    client =
        new EsaClient(
            account,
            calls.of(descriptor(), account),
            clients.build(EsaApi.class, endpoint, new Acs3Filter(credentials, clock, random)),
            new AlibabaEnvelope(credentials));
    sites = new EsaSites(client);
    existing = new EsaExisting(clock);
  }

  @Override
  public Descriptor descriptor() {
    return EsaDescriptor.DESCRIPTOR;
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public Uni<Outcome> prepare(Application application, CallContext context) {
    Optional<VendorError> refusal = EsaOptions.refusal(application);
    if (refusal.isPresent()) {
      return done(new Outcome.Refused(refusal.get()));
    }
    String siteId = application.option(SITE_ID);
    return siteId != null
        ? prepareAt(Map.of(SITE_ID, siteId), application, context)
        : sites.find(
            application,
            context,
            site ->
                prepareAt(
                    Map.of(
                        SITE_ID,
                        site.id(),
                        "siteName",
                        site.name(),
                        ACCESS_TYPE,
                        site.accessType()),
                    application,
                    context));
  }

  private Uni<Outcome> prepareAt(
      Map<String, String> site, Application application, CallContext context) {
    String siteId = Objects.requireNonNull(site.get(SITE_ID));
    return existing(
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
              ? new Outcome.Refused(usedUp(quota, requestId))
              : plan(
                  site,
                  application,
                  quota.left() + " of " + quota.allowed() + " free certificates left");
      case Answer.Failure<Quota>(Outcome.Refused(VendorError error)) ->
          plan(site, application, "free certificates left: unknown (" + error.code() + ")");
      case Answer.Failure<Quota>(Outcome outcome) -> outcome;
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
    return new Outcome.Ready(new Plan(site, List.of(), notes));
  }

  private static VendorError usedUp(Quota quota, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.QUOTA,
        "QuotaExceeded",
        "all " + quota.allowed() + " free certificates are used; delete one or upgrade the plan",
        requestId,
        null);
  }

  @Override
  public Uni<Outcome> place(Application application, CallContext context) {
    String siteId = siteId(application);
    return client
        .apply(siteId, application.domain(), EsaOptions.type(application), context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<Applied.Entry>(Applied.Entry entry, String requestId) ->
                      done(applied(siteId, entry, requestId));
                  case Answer.Failure<Applied.Entry>(Outcome.Refused(VendorError error))
                      when error.errorClass() == ErrorClass.ALREADY_APPLIED ->
                      existing(
                          siteId, application, context, none -> done(blocked(application, error)));
                  case Answer.Failure<Applied.Entry>(Outcome outcome) -> done(outcome);
                });
  }

  /** Not to be looked up again: another certificate than the one asked for is in the way. */
  private static Outcome blocked(Application application, VendorError error) {
    String why =
        application.renewalOf() == null
            ? "ListCertificates shows none that could be taken over"
            : "ListCertificates shows none newer than the one to renew";
    return new Outcome.Refused(
        new VendorError(
            ErrorClass.FINAL,
            error.code(),
            error.message() + " But " + why + ".",
            error.requestId(),
            error.retryAfter()));
  }

  private static Outcome applied(String siteId, Applied.Entry entry, @Nullable String requestId) {
    return new Outcome.Progress(
        EsaStatus.phase(entry.status(), false),
        EsaProgress.reference(siteId, entry.id()),
        List.of(),
        null,
        entry.status(),
        null,
        requestId);
  }

  @Override
  public Uni<Outcome> find(Application application, CallContext context) {
    return existing(
        siteId(application),
        application,
        context,
        none -> done(new Outcome.Absent(none.requestId())));
  }

  @Override
  public Uni<Outcome> check(Application application, CallContext context) {
    Reference reference = application.requireReference();
    return client
        .certificate(reference.id(SITE_ID), reference.id("id"), context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<EsaCertificate>(EsaCertificate shown, String requestId) ->
                      done(progress(application, reference, shown, requestId));
                  case Answer.Failure<EsaCertificate>(Outcome.Refused(VendorError error))
                      when error.errorClass() == ErrorClass.FINAL ->
                      checkListed(application, reference, context);
                  case Answer.Failure<EsaCertificate>(Outcome outcome) -> done(outcome);
                });
  }

  /**
   * The vendor names no code for a certificate that is gone, but the listing shows whether it is.
   */
  private Uni<Outcome> checkListed(
      Application application, Reference reference, CallContext context) {
    return Answer.then(
        client.certificates(reference.id(SITE_ID), application.domain(), context),
        listed ->
            done(
                listed.value().items().stream()
                    .filter(certificate -> reference.id("id").equals(certificate.id()))
                    .findFirst()
                    .<Outcome>map(
                        shown -> progress(application, reference, shown, listed.requestId()))
                    .orElseGet(() -> new Outcome.Absent(listed.requestId()))));
  }

  /** Ends with a certificate that is there already, or goes on with the listing without one. */
  private Uni<Outcome> existing(
      String siteId,
      Application application,
      CallContext context,
      Function<Answer.Success<?>, Uni<Outcome>> none) {
    return Answer.then(
        client.certificates(siteId, application.domain(), context),
        listed ->
            existing
                .find(application, listed.value().items())
                .map(found -> done(adopted(application, siteId, found, listed.requestId())))
                .orElseGet(() -> none.apply(listed)));
  }

  private static Outcome adopted(
      Application application, String siteId, EsaCertificate found, @Nullable String requestId) {
    String id = Objects.requireNonNull(found.id());
    return progress(application, EsaProgress.reference(siteId, id), found, requestId);
  }

  private static Outcome progress(
      Application application,
      Reference reference,
      EsaCertificate shown,
      @Nullable String requestId) {
    boolean cnameAccess = CNAME.equals(application.plan().get(ACCESS_TYPE));
    return EsaProgress.of(application, reference, shown, cnameAccess, requestId);
  }

  private static String siteId(Application application) {
    return Objects.requireNonNull(application.plan().get(SITE_ID), "no siteId planned");
  }

  private static Uni<Outcome> done(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }
}
