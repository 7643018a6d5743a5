package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.Issuer;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Delegability;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.alibaba.Acs3Signer;
import dev.polycert.vendor.alibaba.EcsRamRole;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Applies for free certificates at Alibaba Cloud ESA, one domain per call, and reads how they stand
 * by GetCertificate: there is no operation that starts a validation.
 */
@PerAccount
public class AlibabaEsaProvider implements CertificateProvider {
  /** The service, without what providers and deliverers add. */
  static final Descriptor ESA =
      Descriptor.of("alibaba-esa", "Alibaba Cloud Edge Security Acceleration (ESA)")
          .keyId("ALIBABA_CLOUD_ACCESS_KEY_ID")
          .secret("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
          .token("ALIBABA_CLOUD_SECURITY_TOKEN")
          .role(EcsRamRole.ROLE);

  private static final Descriptor SERVICE =
      EsaOptions.of(ESA)
          .operations(
              "ApplyCertificate",
              "DeleteCertificate",
              "GetCertificate",
              "GetCertificateQuota",
              "ListCertificates",
              "ListCertificatesByRecord",
              "ListSites",
              "SetCertificate",
              "VerifySite");

  /** Every method may be asked for, although ESA chooses by itself: see {@code gives}. */
  private static final Offer OFFER =
      new Offer(
              Set.of(ValidationMethod.values()),
              Set.of(KeyAlgorithm.RSA_2048),
              Set.of(
                  Capability.WILDCARD,
                  Capability.CANCEL,
                  Capability.DELETE,
                  Capability.EXPORT,
                  Capability.DISCOVER),
              "an active ESA site that the domain belongs to, and free certificates left in its"
                  + " quota",
              "a free certificate of one domain, one for each, deployed on ESA's edge. ESA chooses"
                  + " the key and the validation, whatever is asked for: sites with NS access"
                  + " validate by themselves; sites with CNAME access show what to publish, or"
                  + " validate by a delegated _dnsauth record",
              Duration.ofHours(72))
          .choosingValidation()
          // A second application is InvalidParameter.Domains, and its certificate the first one.
          .withOneForEachName()
          .with(
              new Delegability(
                  List.of("_acme-challenge", "_dnsauth"),
                  "ESA asks for _acme-challenge with the type lets_encrypt, for _dnsauth with the"
                      + " types of DigiCert, and for neither where it validates by itself"));

  /** Within that time of an application, ListCertificates shows it. */
  private static final Duration LISTED = Duration.ofMinutes(10);

  private final Service service;
  private final EsaClient client;
  private final Clock clock;
  private final EsaLookup lookup;
  private final EsaPreparation preparation;
  private final EsaRemoval removal;
  private final EsaInventory inventory;

  AlibabaEsaProvider(
      Clients clients,
      EsaConfig settings,
      ProviderConfig providers,
      Clock clock,
      RandomGenerator random) {
    Client<EsaApi> api =
        clients.client(
            SERVICE.at(settings.region().endpoint()),
            providers.service(SERVICE.id()),
            EsaApi.class,
            Acs3Signer.with(random));
    service = api.service();
    client = new EsaClient(api);
    lookup = new EsaLookup(client, clock);
    preparation = new EsaPreparation(client, lookup, clock);
    removal = new EsaRemoval(client, lookup);
    inventory = new EsaInventory(client);
    this.clock = clock;
  }

  /** The client of the account, for its deliverer. */
  EsaClient client() {
    return client;
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public Optional<Issuer> issuer(Application application) {
    return Optional.of(EsaOptions.issuer(application));
  }

  @Override
  public Offer offer() {
    return OFFER;
  }

  @Override
  public Map<String, String> defaults(Application application) {
    return EsaOptions.DEFAULTS;
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return preparation.prepare(application, context);
  }

  /** Has the site verified when that is planned, else applies. */
  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    return application.plan().containsKey(EsaPreparation.ACTIVATION)
        ? verify(application, context)
        : apply(application, context);
  }

  /** The application comes with the next step, which then finds an active site. */
  private Uni<Answer<Progress>> verify(Application application, WriteContext context) {
    return client
        .verify(siteId(application), context)
        .map(
            answer ->
                answer.then(
                    verified ->
                        verified.value()
                            ? new Answer.Failed<>(
                                new Failure.Deferred(
                                    clock.instant(),
                                    "the site is active now and the application comes next"))
                            : Answer.refused(notVerified(application, verified.requestId()))));
  }

  private static VendorError notVerified(Application application, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.PENDING,
        "SiteNotActivated",
        "ESA could not verify the site yet: " + application.plan().get(EsaPreparation.ACTIVATION),
        requestId,
        null);
  }

  private Uni<Answer<Progress>> apply(Application application, WriteContext context) {
    String siteId = siteId(application);
    return Answer.recover(
        client
            .apply(siteId, application.domain(), EsaOptions.type(application), context)
            .map(answer -> answer.then(entry -> Answer.of(EsaProgress.applied(siteId, entry)))),
        failure ->
            failure.isRefused(ErrorClass.ALREADY_APPLIED)
                ? existing(application, context, none -> notListed(application, failure))
                : new Answer.Failed<Progress>(failure).now());
  }

  /**
   * The vendor has an application that its list does not show. Lists lag behind writes, so that it
   * is looked for again; when it stays so, another certificate than the one asked for is in the
   * way.
   */
  private Failure notListed(Application application, Failure refused) {
    Instant first = application.appliedAt();
    return first == null || clock.instant().isBefore(first.plus(LISTED))
        ? refused
        : blocked(application, refused.error());
  }

  private static Failure blocked(Application application, VendorError error) {
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

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    return application.plan().containsKey(EsaPreparation.ACTIVATION)
        ? new Answer.Failed<Progress>(new Failure.Absent(null)).now()
        : existing(application, context, Failure.Absent::new);
  }

  /**
   * Looks for a certificate that already is what the application asks for.
   *
   * @param none the answer when there is none, given the id of the call that showed it
   */
  private Uni<Answer<Progress>> existing(
      Application application, CallContext context, Function<@Nullable String, Failure> none) {
    return lookup
        .existing(siteId(application), application, context)
        .map(
            answer ->
                answer.then(
                    found ->
                        found
                            .value()
                            .map(Answer::of)
                            .orElseGet(() -> new Answer.Failed<>(none.apply(found.requestId())))));
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    Reference reference = application.requireReference();
    return lookup
        .referenced(application, context)
        .map(
            answer ->
                answer.then(shown -> Answer.of(EsaProgress.of(application, reference, shown))));
  }

  @Override
  public Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return removal.cancel(application, context);
  }

  @Override
  public Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    return removal.delete(application, context);
  }

  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    if (includePrivateKey) {
      return Answer.<CertificateBundle>refused(
              new VendorError(
                  ErrorClass.FINAL,
                  "PrivateKey.NotGiven",
                  "ESA keeps the private keys of its certificates: export without the key"))
          .now();
    }
    Reference reference = application.requireReference();
    return client
        .certificate(reference.id(EsaOptions.SITE_ID), reference.id("id"), context)
        .map(answer -> answer.then(AlibabaEsaProvider::exported));
  }

  private static Answer<CertificateBundle> exported(Answer.Success<EsaClient.Shown> shown) {
    Optional<CertificateBundle> bundle = CertificateBundle.read(shown.value().pem(), null);
    return bundle.isPresent()
        ? new Answer.Success<>(bundle.get(), shown.requestId())
        : Answer.refused(
            new VendorError(
                ErrorClass.FINAL,
                "Certificate.NotIssued",
                "ESA gives no certificate out in status " + shown.value().certificate().status(),
                shown.requestId(),
                null));
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return inventory.page(cursor, context);
  }

  private static String siteId(Application application) {
    return Objects.requireNonNull(application.plan().get(EsaOptions.SITE_ID), "no siteId planned");
  }
}
