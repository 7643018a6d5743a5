package dev.polycert.vendor.huawei.scm;

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
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.huawei.EcsAgency;
import dev.polycert.vendor.huawei.SdkHmacSigner;
import dev.polycert.vendor.huawei.scm.ScmApi.Certificate;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Applies at Huawei Cloud SCM with certificates that are bought already, or buys one where the
 * request allows it. Applying and submitting information are the same call.
 */
@PerAccount
public class HuaweiScmProvider implements CertificateProvider {
  /** Not final: a list shows 150 certificates at most, and what others took leaves it. */
  private static final VendorError ALL_TAKEN =
      new VendorError(
          ErrorClass.RETRY,
          "CertificatesTaken",
          "other orders have taken all bought certificates that were listed; looks again later,"
              + " or buys one when the option buy allows it");

  /** The service, without what providers and deliverers add. */
  static final Descriptor SCM =
      Descriptor.of("huawei-scm", "Huawei Cloud SSL Certificate Manager (SCM)")
          .keyId("HUAWEICLOUD_SDK_AK")
          .secret("HUAWEICLOUD_SDK_SK")
          .token("HUAWEICLOUD_SDK_SECURITY_TOKEN")
          .role(EcsAgency.ROLE)
          .variable(SdkHmacSigner.PROJECT_ID, true, "");

  private static final Descriptor SERVICE =
      ScmOptions.of(SCM)
          .operations(
              "ApplyCertificate",
              "BatchPushCertificate",
              "CancelCertificateRequest",
              "DeleteCertificate",
              "DeployCertificate",
              "ExportCertificate",
              "ImportCertificate",
              "ListCertificates",
              "ListDeployedResources",
              "PushCertificate",
              "ShowCertificate",
              "SubscribeCertificate");

  /** Files validate certificates of IP addresses alone, which are not applied for here. */
  private static final Offer OFFER =
      new Offer(
              Set.of(ValidationMethod.DNS, ValidationMethod.DNS_AUTO),
              Set.of(KeyAlgorithm.RSA_2048, KeyAlgorithm.EC_P256),
              Set.of(
                  Capability.SUBMIT_INFORMATION,
                  Capability.ADOPT,
                  Capability.PURCHASE,
                  Capability.WILDCARD,
                  Capability.CANCEL,
                  Capability.DELETE,
                  Capability.EXPORT,
                  Capability.EXPORT_KEY,
                  Capability.DEPLOY,
                  Capability.DISCOVER),
              "a bought and unused certificate that fits the domain, or the option buy; the"
                  + " applicant's name, phone, e-mail and consent, for OV and EV the organisation"
                  + " too",
              "a certificate of the bought brand and type, with the DNS record to publish; with"
                  + " DNS_AUTO SCM publishes it in Huawei Cloud DNS",
              Duration.ofHours(72))
          .with(
              new InformationUse(
                  EnumSet.complementOf(EnumSet.of(Information.Part.KEY_PASSWORD)),
                  Set.of(),
                  Set.of(
                      "organization.address",
                      "organization.postalCode",
                      "organization.phoneAreaCode",
                      "organization.phoneNumber",
                      "administrator.position",
                      "contact.position"),
                  false,
                  null,
                  true))
          .withoutDeletingApplications()
          .with(
              new Delegability(
                  List.of("_dnsauth"),
                  "Huawei Cloud does not document whether its CAs follow the CNAME"));

  private final Service service;
  private final ScmConfig.ApiVersion version;
  private final ScmClient client;
  private final ScmPreparation preparation;
  private final ScmRemoval removal;
  private final ScmDeployment deployment;
  private final ScmInventory inventory;

  HuaweiScmProvider(
      Clients clients, ScmConfig settings, ProviderConfig providers, Config config, Clock clock) {
    Client<ScmApi> api =
        clients.client(
            SERVICE.at(settings.region().endpoint()),
            providers.service(SERVICE.id()),
            ScmApi.class,
            SdkHmacSigner.with(config));
    service = api.service();
    version = settings.apiVersion();
    client = new ScmClient(api, SdkHmacSigner.projectId(config));
    preparation = new ScmPreparation(client, new ScmStock(clock), version, clock);
    removal = new ScmRemoval(client);
    deployment = new ScmDeployment(client);
    inventory = new ScmInventory(client);
  }

  /** The client of the account, for its deliverer. */
  ScmClient client() {
    return client;
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public Optional<Issuer> issuer(Application application) {
    return Optional.of(ScmOptions.issuer(application));
  }

  @Override
  public Offer offer() {
    return OFFER;
  }

  @Override
  public Map<String, String> defaults(Application application) {
    return ScmOptions.DEFAULTS;
  }

  @Override
  public boolean namesOrganization(Application application) {
    return ScmOptions.namesOrganization(plannedType(application))
        || ScmOptions.namesOrganization(
            application.terms().options().getOrDefault(ScmOptions.TYPE, ""));
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return preparation.prepare(application, context);
  }

  /** Buys when a purchase is planned and not made yet, else applies. */
  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    return application.reference() == null
        ? buy(application, context)
        : applyWithUnused(application, context);
  }

  /** In a bulk, a certificate that a listing has just shown is not read again. */
  private Uni<Answer<Progress>> applyWithUnused(Application application, WriteContext context) {
    return preparation
        .recentlyUnused(ScmProgress.id(application), context)
        .flatMap(
            found ->
                found
                    .map(unused -> apply(application, unused.brand(), unused.type(), null, context))
                    .orElseGet(() -> submit(application, context)));
  }

  @Override
  public boolean isAboutCandidate(VendorError error) {
    return error.errorClass() == ErrorClass.FINAL
        && (ScmClient.UNUSABLE.contains(error.code()) || error.code().equals(ScmPreparation.TAKEN));
  }

  /** Buys what was planned; without that there is nothing to apply with. */
  private Uni<Answer<Progress>> buy(Application application, WriteContext context) {
    return ScmPurchase.planned(application)
        .map(
            purchase ->
                client
                    .buy(purchase, context)
                    .map(
                        answer ->
                            answer.then(
                                id ->
                                    Answer.of(
                                        ScmPreparation.bought(
                                            id.value(), purchase, id.requestId())))))
        .orElseGet(() -> Answer.<Progress>refused(ALL_TAKEN).now());
  }

  /**
   * Looks first: what is applied for already must not be again, and the type decides what is asked.
   */
  @Override
  public Uni<Answer<Progress>> submit(Application application, WriteContext context) {
    return Answer.then(
        client.certificate(ScmProgress.id(application), context),
        shown ->
            shown.value().status().equals(ScmProgress.PAID)
                ? apply(
                    application,
                    shown.value().brand(),
                    shown.value().type(),
                    shown.requestId(),
                    context)
                : standing(application, shown).now());
  }

  /**
   * @param requestId of the call that showed the certificate; null for none of this order
   */
  private Uni<Answer<Progress>> apply(
      Application application,
      String brand,
      String type,
      @Nullable String requestId,
      WriteContext context) {
    ScmApplicant applicant = applicant(application, type);
    List<String> problems = applicant.problems();
    if (!problems.isEmpty()) {
      return Answer.of(ScmProgress.waits(application, problems, requestId)).now();
    }
    // SCM.0010 says that the type or the status forbids it; the status shows which.
    return Answer.recover(
        client
            .apply(
                ScmProgress.id(application),
                applicant.request(version, brand, type),
                version,
                context)
            .map(
                answer ->
                    answer.then(
                        info ->
                            Answer.of(
                                ScmProgress.applied(application, info.value(), info.requestId())))),
        failure ->
            failure.isRefused(ErrorClass.ALREADY_APPLIED)
                ? look(
                    application,
                    context,
                    bought -> new Failure.Refused(failure.error().as(ErrorClass.FINAL)))
                : new Answer.Failed<Progress>(failure).now());
  }

  /**
   * Looks how the application stands after a write.
   *
   * @param unused what it means when the certificate still is as it was bought, by the id of the
   *     call that showed it
   */
  private Uni<Answer<Progress>> look(
      Application application, CallContext context, Function<@Nullable String, Failure> unused) {
    return client
        .certificate(ScmProgress.id(application), context)
        .map(
            answer ->
                answer.then(
                    shown ->
                        shown.value().status().equals(ScmProgress.PAID)
                            ? new Answer.Failed<>(unused.apply(shown.requestId()))
                            : standing(application, shown)));
  }

  /** How a certificate stands, unless it is for another domain. */
  private static Answer<Progress> standing(
      Application application, Answer.Success<Certificate> shown) {
    return shown.value().isForAnother(application.domain())
        ? Answer.refused(ScmPreparation.taken(ScmProgress.id(application), shown))
        : Answer.of(ScmProgress.of(application, application.requireReference(), shown));
  }

  /**
   * {@inheritDoc}
   *
   * <p>After an unclear purchase the latest fitting certificate of its type that is not in use is
   * taken for what was bought: there was none when the purchase was planned, and the caller
   * reserves it.
   */
  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    if (application.reference() == null) {
      return ScmPurchase.planned(application)
          .map(purchase -> preparation.findBought(application, purchase, context))
          .orElseGet(() -> new Answer.Failed<Progress>(new Failure.Absent(null)).now());
    }
    return look(application, context, Failure.Absent::new);
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return client
        .certificate(ScmProgress.id(application), context)
        .map(answer -> ScmClient.settled(answer).then(shown -> checked(application, shown)));
  }

  /** What keeps a bought certificate from being applied for is reported again at each check. */
  private Answer<Progress> checked(Application application, Answer.Success<Certificate> shown) {
    boolean bought = shown.value().status().equals(ScmProgress.PAID);
    if (bought && !application.validations().isEmpty()) {
      return Answer.of(ScmProgress.withdrawn(application, shown.requestId()));
    }
    List<String> problems =
        bought ? applicant(application, shown.value().type()).problems() : List.of();
    return problems.isEmpty()
        ? standing(application, shown)
        : Answer.of(ScmProgress.waits(application, problems, shown.requestId()));
  }

  @Override
  public List<String> missingInformation(Application application) {
    return applicant(application, plannedType(application)).missing();
  }

  /** The certificate's type as far as the plan has it; of DV types it says nothing. */
  private static String plannedType(Application application) {
    Map<String, String> plan = application.plan();
    String bought = plan.getOrDefault(ScmOptions.TYPE, "");
    return application.reference() == null
        ? bought
        : plan.getOrDefault(ScmProgress.id(application), bought);
  }

  private ScmApplicant applicant(Application application, String type) {
    return ScmApplicant.of(application, type, version);
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
    return client
        .export(ScmProgress.id(application), context)
        .map(
            answer ->
                ScmClient.settled(answer).map(exported -> exported.bundle(includePrivateKey)));
  }

  @Override
  public Map<String, String> deployOptions() {
    return ScmTarget.MEANINGS;
  }

  @Override
  public Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> target, WriteContext context) {
    return deployment.deploy(application, target, context);
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return inventory.page(cursor, context);
  }
}
