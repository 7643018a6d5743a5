package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Credentials;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.RestClients;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.VendorError;
import dev.polycert.call.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.alibaba.Acs3Filter;
import dev.polycert.vendor.alibaba.AlibabaEnvelope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
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

  private final Account account;
  private final EsaClient client;
  private final Clock clock;
  private final EsaLookup lookup;
  private final EsaPreparation preparation;
  private final EsaEnding ending;
  private final EsaInventory inventory;

  AlibabaEsaProvider(
      Config config,
      EsaConfig settings,
      ProviderConfig providers,
      RestClients clients,
      Callers calls,
      Clock clock,
      RandomGenerator random) {
    Credentials credentials =
        Credentials.read(
            config, EsaDescriptor.KEY_ID, EsaDescriptor.SECRET, "ALIBABA_CLOUD_SECURITY_TOKEN");
    ProviderConfig.Settings common = providers.of(EsaDescriptor.ID);
    URI endpoint = clients.endpoint(common, settings.region().endpoint());
    account = new Account(common.account(), credentials.missing());
    Caller vendor = calls.of(descriptor(), account);
    client =
        new EsaClient(
            account,
            vendor,
            clients.build(
                EsaApi.class, endpoint, new Acs3Filter(credentials, vendor.clock(), random)),
            new AlibabaEnvelope(credentials));
    lookup = new EsaLookup(client, new EsaExisting(clock));
    preparation = new EsaPreparation(client, lookup);
    ending = new EsaEnding(client, lookup);
    inventory = new EsaInventory(client);
    this.clock = clock;
  }

  /** The client of the account, for what else is done with it. */
  EsaClient client() {
    return client;
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
  public Uni<Answer<Progress>> prepare(Application application, CallContext context) {
    return preparation.prepare(application, context);
  }

  /** Has the site verified when that is planned, else applies. */
  @Override
  public Uni<Answer<Progress>> place(Application application, CallContext context) {
    return application.plan().containsKey(EsaPreparation.ACTIVATION)
        ? verify(application, context)
        : apply(application, context);
  }

  /** The application comes with the next step, which then finds an active site. */
  private Uni<Answer<Progress>> verify(Application application, CallContext context) {
    return Answer.then(
        client.verify(siteId(application), context),
        verified ->
            done(
                verified.value()
                    ? new Failure.Deferred(
                        clock.instant(), "the site is active now and the application comes next")
                    : new Failure.Refused(notVerified(application, verified.requestId()))));
  }

  private static VendorError notVerified(Application application, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.PENDING,
        "SiteNotActivated",
        "ESA could not verify the site yet: " + application.plan().get(EsaPreparation.ACTIVATION),
        requestId,
        null);
  }

  private Uni<Answer<Progress>> apply(Application application, CallContext context) {
    String siteId = siteId(application);
    return client
        .apply(siteId, application.domain(), EsaOptions.type(application), context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<Applied.Entry>(Applied.Entry entry, String requestId) ->
                      done(applied(siteId, entry, requestId));
                  case Answer.Failed<Applied.Entry>(Failure.Refused(VendorError error))
                      when error.errorClass() == ErrorClass.ALREADY_APPLIED ->
                      lookup.existing(
                          siteId, application, context, none -> done(blocked(application, error)));
                  case Answer.Failed<Applied.Entry>(Failure failure) -> done(outcome);
                });
  }

  /** Not to be looked up again: another certificate than the one asked for is in the way. */
  private static Outcome blocked(Application application, VendorError error) {
    String why =
        application.renewalOf() == null
            ? "ListCertificates shows none that could be taken over"
            : "ListCertificates shows none newer than the one to renew";
    return new Failure.Refused(
        new VendorError(
            ErrorClass.FINAL,
            error.code(),
            error.message() + " But " + why + ".",
            error.requestId(),
            error.retryAfter()));
  }

  private static Outcome applied(String siteId, Applied.Entry entry, @Nullable String requestId) {
    return new Progress(
        EsaStatus.phase(entry.status(), false),
        EsaProgress.reference(siteId, entry.id()),
        List.of(),
        null,
        entry.status(),
        null,
        requestId);
  }

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    if (application.plan().containsKey(EsaPreparation.ACTIVATION)) {
      return done(new Failure.Absent(null));
    }
    return lookup.existing(
        siteId(application),
        application,
        context,
        none -> done(new Failure.Absent(none.requestId())));
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    Reference reference = application.requireReference();
    return lookup.referenced(
        application,
        context,
        (shown, requestId) -> done(EsaLookup.progress(application, reference, shown, requestId)));
  }

  @Override
  public Uni<Answer<Progress>> cancel(Application application, CallContext context) {
    return ending.cancel(application, context);
  }

  @Override
  public Uni<Answer<Progress>> delete(Application application, CallContext context) {
    return ending.delete(application, context);
  }

  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    if (includePrivateKey) {
      return Result.refused(
          new VendorError(
              ErrorClass.FINAL,
              "PrivateKey.NotGiven",
              "ESA keeps the private keys of its certificates: export without the key"));
    }
    Reference reference = application.requireReference();
    return Answer.then(
        client.export(reference.id(SITE_ID), reference.id("id"), context),
        told ->
            told.value()
                .export()
                .<Uni<Answer<CertificateBundle>>>map(
                    export -> Uni.createFrom().item(new Answer.Success<>(export, told.requestId())))
                .orElseGet(
                    () -> Result.refused(notGiven(told.value().status(), told.requestId()))));
  }

  private static VendorError notGiven(String status, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        "Certificate.NotIssued",
        "ESA gives no certificate out in status " + status,
        requestId,
        null);
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return inventory.page(cursor, context);
  }

  private static String siteId(Application application) {
    return Objects.requireNonNull(application.plan().get(SITE_ID), "no siteId planned");
  }

  private static Uni<Answer<Progress>> done(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }
}
