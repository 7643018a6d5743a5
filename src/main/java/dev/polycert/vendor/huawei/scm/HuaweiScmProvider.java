package dev.polycert.vendor.huawei.scm;

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
import dev.polycert.provider.Deployment;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.vendor.huawei.HuaweiEnvelope;
import dev.polycert.vendor.huawei.SdkHmacFilter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Applies at Huawei Cloud SCM with certificates that are bought already, or buys one where the
 * request allows it. Applying and submitting information are the same call.
 */
@ApplicationScoped
public class HuaweiScmProvider implements CertificateProvider {
  /** Not final: a list shows 150 certificates at most, and what others took leaves it. */
  private static final VendorError ALL_TAKEN =
      new VendorError(
          ErrorClass.RETRY,
          "CertificatesTaken",
          "other orders have taken all bought certificates that were listed; looks again later,"
              + " or buys one when the option buy allows it");

  private final Account account;
  private final ScmConfig.ApiVersion version;
  private final ScmClient client;
  private final ScmPreparation preparation;
  private final ScmEnding ending;
  private final ScmDeploying deploying;
  private final ScmInventory inventory;

  HuaweiScmProvider(
      Config config,
      ScmConfig settings,
      ProviderConfig providers,
      RestClients clients,
      Callers calls,
      Clock clock) {
    Credentials credentials =
        Credentials.read(
            config,
            ScmDescriptor.KEY_ID,
            ScmDescriptor.SECRET,
            "HUAWEICLOUD_SDK_SECURITY_TOKEN",
            ScmDescriptor.PROJECT_ID);
    String projectId = config.getOptionalValue(ScmDescriptor.PROJECT_ID, String.class).orElse("");
    ProviderConfig.Settings common = providers.of(ScmDescriptor.ID);
    URI endpoint = clients.endpoint(common, settings.region().endpoint());
    account = new Account(common.account(), credentials.missing());
    version = settings.apiVersion();
    Caller vendor = calls.of(descriptor(), account);
    client =
        new ScmClient(
            account,
            vendor,
            clients.build(
                ScmApi.class,
                endpoint,
                new SdkHmacFilter(credentials, projectId.strip(), vendor.clock())),
            new HuaweiEnvelope(credentials),
            projectId.strip());
    preparation = new ScmPreparation(client, new ScmStock(clock), version);
    ending = new ScmEnding(client);
    deploying = new ScmDeploying(client);
    inventory = new ScmInventory(client);
  }

  /** The client of the account, for what else is done with it. */
  ScmClient client() {
    return client;
  }

  @Override
  public Descriptor descriptor() {
    return ScmDescriptor.DESCRIPTOR;
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public Uni<Answer<Progress>> prepare(Application application, CallContext context) {
    return preparation.prepare(application, context);
  }

  /** Buys when a purchase is planned and not made yet, else applies. */
  @Override
  public Uni<Answer<Progress>> place(Application application, CallContext context) {
    return application.reference() == null
        ? buy(application, context)
        : submit(application, context);
  }

  /** Buys what was planned; without that there is nothing to apply with. */
  private Uni<Answer<Progress>> buy(Application application, CallContext context) {
    return ScmPurchase.planned(application)
        .map(
            purchase ->
                Answer.then(
                    client.buy(purchase, context),
                    bought ->
                        done(ScmPreparation.bought(bought.value(), purchase, bought.requestId()))))
        .orElseGet(() -> done(new Failure.Refused(ALL_TAKEN)));
  }

  /**
   * Looks first: what is applied for already must not be again, and the type decides what is asked.
   */
  @Override
  public Uni<Answer<Progress>> submit(Application application, CallContext context) {
    return Answer.then(
        client.certificate(ScmProgress.id(application), context),
        shown ->
            shown.value().status().equals(ScmStatus.PAID)
                ? apply(application, shown, context)
                : done(standing(application, shown)));
  }

  private Uni<Answer<Progress>> apply(
      Application application, Answer.Success<ScmCertificate> shown, CallContext context) {
    ScmApplicant applicant = applicant(application, shown.value().type());
    List<String> problems = applicant.problems();
    if (!problems.isEmpty()) {
      return done(ScmProgress.waits(application, problems, shown.requestId()));
    }
    return client
        .apply(ScmProgress.id(application), applicant.body(version), version, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<String>(String info, String requestId) ->
                      done(ScmProgress.applied(application, info, requestId));
                  case Answer.Failed<String>(Failure.Refused(VendorError error))
                      when error.errorClass() == ErrorClass.ALREADY_APPLIED ->
                      decide(application, error, context);
                  case Answer.Failed<String>(Failure failure) -> done(outcome);
                });
  }

  /** SCM.0010 says that the type or the status forbids it; the status tells which. */
  private Uni<Answer<Progress>> decide(Application application, VendorError error, CallContext context) {
    return Answer.then(
        client.certificate(ScmProgress.id(application), context),
        shown ->
            done(
                shown.value().status().equals(ScmStatus.PAID)
                    ? new Failure.Refused(error.as(ErrorClass.FINAL))
                    : standing(application, shown)));
  }

  /** How a certificate stands, unless it is for another domain. */
  private static Outcome standing(Application application, Answer.Success<ScmCertificate> shown) {
    return shown.value().isForAnother(application.domain())
        ? new Failure.Refused(ScmPreparation.taken(ScmProgress.id(application), shown))
        : ScmProgress.of(
            application, application.requireReference(), shown.value(), shown.requestId());
  }

  /**
   * {@inheritDoc}
   *
   * <p>After an unclear purchase the latest fitting certificate of its type that nobody uses is
   * taken for what was bought: there was none when the purchase was planned, and the caller
   * reserves it.
   */
  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    if (application.reference() == null) {
      return ScmPurchase.planned(application)
          .map(purchase -> preparation.findBought(application, purchase, context))
          .orElseGet(() -> done(new Failure.Absent(null)));
    }
    return Answer.then(
        client.certificate(ScmProgress.id(application), context),
        shown ->
            done(
                shown.value().status().equals(ScmStatus.PAID)
                    ? new Failure.Absent(shown.requestId())
                    : standing(application, shown)));
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return client
        .certificate(ScmProgress.id(application), context)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<ScmCertificate> shown -> checked(application, shown);
                  case Answer.Failed<ScmCertificate>(Failure failure) ->
                      ScmClient.settled(outcome);
                });
  }

  /** What keeps a bought certificate from being applied for is told again at each check. */
  private Outcome checked(Application application, Answer.Success<ScmCertificate> shown) {
    boolean bought = shown.value().status().equals(ScmStatus.PAID);
    if (bought && !application.validations().isEmpty()) {
      return ScmProgress.withdrawn(application, shown.requestId());
    }
    List<String> problems =
        bought ? applicant(application, shown.value().type()).problems() : List.of();
    return problems.isEmpty()
        ? standing(application, shown)
        : ScmProgress.waits(application, problems, shown.requestId());
  }

  @Override
  public List<String> missingInformation(Application application) {
    return applicant(application, plannedType(application)).missing();
  }

  /** The certificate's type as far as the plan tells it; of DV types it says nothing. */
  private static String plannedType(Application application) {
    Map<String, String> plan = application.plan();
    String bought = plan.getOrDefault(ScmOptions.TYPE, "");
    return application.reference() == null
        ? bought
        : plan.getOrDefault(ScmProgress.id(application), bought);
  }

  private ScmApplicant applicant(Application application, String type) {
    return new ScmApplicant(
        application, version == ScmConfig.ApiVersion.V2 || ScmOptions.namesOrganization(type));
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
    return ScmClient.result(
        client.export(ScmProgress.id(application), context),
        told ->
            Uni.createFrom()
                .item(
                    new Answer.Success<>(told.value().export(includePrivateKey), told.requestId())));
  }

  @Override
  public Map<String, String> deployOptions() {
    return ScmTarget.MEANINGS;
  }

  @Override
  public Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> target, CallContext context) {
    return deploying.deploy(application, target, context);
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return inventory.page(cursor, context);
  }

  private static Uni<Answer<Progress>> done(Outcome outcome) {
    return Uni.createFrom().item(outcome);
  }
}
