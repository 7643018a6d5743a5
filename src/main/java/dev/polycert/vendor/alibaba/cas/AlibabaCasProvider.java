package dev.polycert.vendor.alibaba.cas;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.NamedAccount;
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
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.alibaba.RpcProduct;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Applies with instances of Alibaba Cloud CAS: free test instances, and bought ones where a request
 * says so. An application takes two writes: UpdateInstance puts it on an instance, and
 * ApplyCertificate sends it, unless CAS has done so by itself. An instance has one application at a
 * time, so it shows the result of a write.
 */
@PerAccount
public class AlibabaCasProvider implements CertificateProvider {
  /** The variable of the contacts, without which the provider is not configured. */
  static final String CONTACTS = "ALIBABA_CLOUD_CAS_CONTACT_IDS";

  private static final Descriptor SERVICE =
      CasOptions.of(
          Cas.SERVICE
              .titled("Alibaba Cloud Certificate Management Service (CAS)")
              .variable(
                  CONTACTS,
                  true,
                  "the contacts in CAS that its CAs write to, separated by commas; the provider"
                      + " needs one"));

  private static final Offer OFFER =
      new Offer(
              Set.of(ValidationMethod.DNS, ValidationMethod.FILE),
              Set.of(
                  KeyAlgorithm.RSA_2048,
                  KeyAlgorithm.RSA_3072,
                  KeyAlgorithm.RSA_4096,
                  KeyAlgorithm.EC_P256),
              Set.of(
                  Capability.ADOPT,
                  Capability.WILDCARD,
                  Capability.CANCEL,
                  Capability.REVOKE,
                  Capability.EXPORT,
                  Capability.EXPORT_KEY,
                  Capability.DISCOVER),
              "a contact, and an unused instance with room for the names: a free test instance, or"
                  + " a bought one with the option instanceType; OV and EV want a company too",
              "a certificate of the instance's brand and type, in CAS, where Alibaba Cloud's"
                  + " products find it. Which keys an instance"
                  + " takes is its brand's choice",
              Duration.ofHours(72))
          .with(new InformationUse(Set.of(Information.Part.CSR), null, true))
          .with(
              new Delegability(
                  List.of("_dnsauth"),
                  "Alibaba Cloud does not document whether its CAs follow the CNAME"));

  private final Service service;
  private final List<String> contacts;
  private final CasClient client;
  private final CasProgress progress;
  private final CasPreparation preparation;
  private final CasParties parties;
  private final CasRemoval removal;
  private final CasInventory inventory;

  AlibabaCasProvider(
      RpcProduct.Factory products,
      CasConfig settings,
      ProviderConfig providers,
      Config config,
      Clock clock) {
    CasConfig.Region region = settings.region();
    RpcProduct.Regional cas =
        products
            .product(SERVICE, Cas.VERSION, Cas.ERRORS, any -> region.endpoint())
            .in(region.id(), providers.service(SERVICE.id()));
    service = cas.service();
    contacts =
        config
            .getOptionalValue(NamedAccount.variable(CONTACTS), String.class)
            .map(CasOptions::numbers)
            .orElse(List.of());
    client = new CasClient(cas);
    progress = new CasProgress(client, clock);
    preparation = new CasPreparation(client, progress, clock);
    parties = new CasParties(client, clock);
    removal = new CasRemoval(client, progress);
    inventory = new CasInventory(client);
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public Offer offer() {
    return OFFER;
  }

  @Override
  public Optional<Issuer> issuer(Application application) {
    return Optional.of(CasOptions.issuer(application));
  }

  @Override
  public Map<String, String> defaults(Application application) {
    return CasOptions.defaults(contacts);
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    boolean readable = CasOptions.areContacts(String.join(",", contacts));
    return readable || application.option(CasOptions.CONTACT_IDS) != null
        ? preparation
            .prepare(application, context)
            .flatMap(prepared -> parties.checked(application, contacts, prepared, context))
        : Answer.<Preparation>refused(
                new VendorError(
                    ErrorClass.CREDENTIALS,
                    "Contacts.Invalid",
                    NamedAccount.variable(CONTACTS) + " must be up to 10 numbers, by commas"))
            .now();
  }

  /** Looks first: CAS may have taken the update of the instance for the application. */
  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    if (application.reference() == null) {
      return Answer.<Progress>refused(
              // Not final: instances that others took leave the list.
              new VendorError(
                  ErrorClass.RETRY,
                  "InstancesTaken",
                  "other orders have taken all unused instances; looks again later"))
          .now();
    }
    return Answer.then(
        client.instance(CasProgress.id(application), context),
        shown -> next(application, shown, context));
  }

  private Uni<Answer<Progress>> next(
      Application application, Answer.Success<CasInstance> shown, WriteContext context) {
    CasInstance instance = shown.value();
    if (!instance.names().isEmpty() && !instance.has(CasOptions.names(application))) {
      return Answer.<Progress>refused(CasProgress.taken(shown)).now();
    }
    boolean again = instance.isRenewable() && CasStock.isPredecessor(application, instance.id());
    if (!instance.isInactive() && !(again && !CasProgress.hasIssued(application, instance))) {
      return instance.isPending() || CasProgress.hasIssued(application, instance)
          ? progress.of(application, shown, context)
          : Answer.<Progress>refused(CasProgress.taken(shown)).now();
    }
    CasApplication wanted = CasApplication.of(application, contacts);
    return wanted.isOn(instance)
        ? apply(application, context)
        : client
            .update(wanted.parameters(instance.id()), context)
            .map(
                answer ->
                    CasParties.explained(CasClient.settled(answer))
                        .then(
                            written ->
                                Answer.of(CasProgress.prepared(application, written.requestId()))));
  }

  /** A status that forbids it may be that of an application, which the instance then shows. */
  private Uni<Answer<Progress>> apply(Application application, WriteContext context) {
    return Answer.recover(
        client
            .apply(CasProgress.id(application), context)
            .map(
                answer ->
                    CasParties.explained(answer)
                        .then(
                            sent -> Answer.of(CasProgress.applied(application, sent.requestId())))),
        failure ->
            failure.isRefused(ErrorClass.ALREADY_APPLIED)
                ? look(
                    application,
                    context,
                    told -> new Failure.Refused(forbidden(failure.error(), told)))
                : new Answer.Failed<Progress>(failure).now());
  }

  /** Without a word on the task, the application may be under way: no other one is sent then. */
  private static VendorError forbidden(VendorError error, CasClient.Told told) {
    return told.task() == CasClient.Task.UNREAD
        ? new VendorError(
            ErrorClass.RETRY,
            "Task.Unread",
            "CAS takes no application for the instance now, and does not show whether it has one:"
                + " looks again",
            error.requestId(),
            null)
        : error.as(ErrorClass.FINAL);
  }

  @Override
  public boolean isAboutCandidate(VendorError error) {
    return error.code().equals(CasProgress.TAKEN)
        || error.code().equals("OperationDenied.StatusNotSupport");
  }

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    return application.reference() == null
        ? new Answer.Failed<Progress>(new Failure.Absent(null)).now()
        : look(application, context, told -> new Failure.Absent(told.requestId()));
  }

  /**
   * Looks whether an application was sent.
   *
   * @param none what it means when neither the instance nor its task shows one
   */
  private Uni<Answer<Progress>> look(
      Application application, CallContext context, Function<CasClient.Told, Failure> none) {
    return Answer.then(
        client.instance(CasProgress.id(application), context),
        shown -> {
          CasInstance instance = shown.value();
          boolean sent =
              !instance.isForAnother(application.domain())
                  && instance.has(CasOptions.names(application))
                  && (instance.isPending() || CasProgress.hasIssued(application, instance));
          if (sent) {
            return progress.of(application, shown, context);
          }
          return client
              .task(instance.id(), context)
              .map(
                  told ->
                      isAhead(told, instance)
                          ? Answer.of(CasProgress.applied(application, told.requestId()))
                          : new Answer.Failed<>(none.apply(told)));
        });
  }

  /**
   * Whether a task reports a sent application that its instance does not show yet. If the instance
   * has a certificate, a completed task is that of an earlier application.
   */
  private static boolean isAhead(CasClient.Told told, CasInstance instance) {
    return told.task() == CasClient.Task.PENDING
        || (told.task() == CasClient.Task.COMPLETED && instance.isInactive());
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return Answer.then(
        client.instance(CasProgress.id(application), context).map(CasClient::settled),
        shown -> progress.of(application, shown, context));
  }

  /** Goes on where a process ended between the two writes. */
  @Override
  public Uni<Answer<Progress>> submit(Application application, WriteContext context) {
    return Answer.then(
        place(application, context),
        placed ->
            placed.value().phase() == Phase.PLACING ? place(application, context) : placed.now());
  }

  @Override
  public Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return removal.cancel(application, context);
  }

  @Override
  public Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, WriteContext context) {
    return removal.revoke(application, reason, context);
  }

  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    Optional<String> id = CasProgress.certificateId(application.reference());
    return id.isPresent()
        ? client.export(id.get(), includePrivateKey, context).map(CasClient::settled)
        : Answer.<CertificateBundle>refused(
                new VendorError(
                    ErrorClass.FINAL,
                    "Certificate.NotIssued",
                    "the instance has no certificate of this order"))
            .now();
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return inventory.page(cursor, context);
  }
}
