package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Issuer;
import dev.polycert.provider.Application;
import dev.polycert.provider.CaaNames;
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
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vault.Vault;
import dev.polycert.vendor.tencent.TencentClient;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tencent Cloud SSL: free DV certificates, and bought ones that are named by their id. */
@PerAccount
public class TencentSslProvider implements CertificateProvider {
  static final String ID = "tencent-ssl";

  private static final Descriptor SERVICE =
      SslOptions.in(
          SslApi.PRODUCT
              .service(ID, "Tencent Cloud SSL Certificate Service")
              .limit("ApplyCertificate", 10)
              .limit("SubmitCertificateInformation", 20)
              .limit("CompleteCertificate", 10)
              .limit("CheckCertificateDomainVerification", 10)
              .limit("*", 10)
              // The deliverer calls with the same client.
              .operations(
                  "ApplyCertificate",
                  "CancelAuditCertificate",
                  "CancelCertificateOrder",
                  "CheckCertificateDomainVerification",
                  "CommitCertificateInformation",
                  "CompleteCertificate",
                  "CreateCertificateBindResourceSyncTask",
                  "DeleteCertificate",
                  "DeployCertificateInstance",
                  "DescribeCertificate",
                  "DescribeCertificateBindResourceTaskResult",
                  "DescribeCertificateDetail",
                  "DescribeCertificates",
                  "DescribeDeleteCertificatesTaskResult",
                  "DescribeHostDeployRecord",
                  "DescribeHostDeployRecordDetail",
                  "DescribeHostUpdateRecord",
                  "DescribeHostUpdateRecordDetail",
                  "RevokeCertificate",
                  "SubmitCertificateInformation",
                  "UpdateCertificateInstance",
                  "UploadCertificate"));

  private static final Offer OFFER =
      new Offer(
              Set.of(ValidationMethod.DNS, ValidationMethod.DNS_AUTO, ValidationMethod.FILE),
              Set.of(KeyAlgorithm.RSA_2048, KeyAlgorithm.EC_P256),
              Set.of(
                  Capability.SUBMIT_INFORMATION,
                  Capability.ADOPT,
                  Capability.WILDCARD,
                  Capability.CANCEL,
                  Capability.DELETE,
                  Capability.REVOKE,
                  Capability.EXPORT,
                  Capability.EXPORT_KEY,
                  Capability.DISCOVER),
              "a real-name verified account with free certificates left",
              "a free DV certificate (TrustAsia) of 3 months",
              Duration.ofDays(3))
          .with(
              new InformationUse(
                  Set.of(
                      Information.Part.ORGANIZATION,
                      Information.Part.ADMINISTRATOR,
                      Information.Part.CONTACT,
                      Information.Part.CSR),
                  Set.of(Information.Part.KEY_PASSWORD),
                  Set.of(),
                  true,
                  SslOptions.CERTIFICATE_ID,
                  true))
          .with(
              Delegability.none(
                  "each application has a record of another name, so that no CNAME can be set"
                      + " before it; with DNS_AUTO it is published by a DNS writer that has the"
                      + " zone, or by Tencent in DNSPod"));

  private final TencentClient client;
  private final SslApi api;
  private final Clock clock;
  private final KeyPasswords passwords;
  private final SslCancellation cancellation;

  TencentSslProvider(Clients clients, ProviderConfig config, Vault vault, Clock clock) {
    this.client = new TencentClient(clients, SERVICE, config.service(ID), SslApi.PRODUCT);
    this.api = new SslApi(client);
    this.clock = clock;
    this.passwords = new KeyPasswords(vault);
    this.cancellation = new SslCancellation(api);
  }

  /** The operations with the account's keys. */
  SslApi api() {
    return api;
  }

  /** The client with the account's keys, for further operations of the same service. */
  public TencentClient client() {
    return client;
  }

  /** Starts the description of what else the same service does. */
  public static Descriptor descriptor(String title) {
    return SslApi.PRODUCT.service(ID, title);
  }

  @Override
  public Service service() {
    return client.service();
  }

  /** A free certificate is TrustAsia's; the brand of a bought one shows only when it is issued. */
  @Override
  public Optional<Issuer> issuer(Application application) {
    return Optional.of(
        Issuer.behindVendor(
            application.option(SslOptions.CERTIFICATE_ID) == null
                ? CaaNames.TRUSTASIA
                : List.of()));
  }

  @Override
  public Offer offer() {
    return OFFER;
  }

  @Override
  public Map<String, String> defaults(Application application) {
    return SslOptions.DEFAULTS;
  }

  /** Of the bought ones it is not known which do. */
  @Override
  public boolean namesOrganization(Application application) {
    return application.option(SslOptions.CERTIFICATE_ID) != null;
  }

  /** Earlier than that the new certificate could not be linked to the old one. */
  @Override
  public Renewal renewal() {
    return new Renewal(ExistingCertificates.LINKABLE, false);
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return new SslPreparation(api, passwords, clock).prepare(application, context);
  }

  /** Applies; the answer holds the id alone, and what to publish is read by the next check. */
  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    return passwords.opened(
        application,
        password ->
            api.apply(SslOptions.request(application, password), context)
                .map(answer -> answer.then(applied -> Answer.of(placed(applied)))));
  }

  private static Progress placed(Answer.Success<SslApi.Accepted> applied) {
    return new Progress(
        Phase.APPLYING,
        Reference.of(SslProgress.CERTIFICATE_ID, applied.value().certificateId()),
        List.of(),
        null,
        "accepted",
        null,
        applied.requestId());
  }

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    DomainName domain = application.domain();
    return api.named(domain, context)
        .map(
            answer ->
                answer.then(
                    found ->
                        ExistingCertificates.lost(found.value(), application)
                            .map(there -> SslProgress.of(domain, there, found.requestId()))
                            .map(Answer::of)
                            .orElseGet(
                                () -> new Answer.Failed<>(new Failure.Absent(found.requestId())))));
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return new SslCheck(api).check(application, context);
  }

  @Override
  public Uni<Answer<Progress>> look(Application application, CallContext context) {
    return cancellation.read(application, context);
  }

  @Override
  public List<String> missingInformation(Application application) {
    return SslInformation.missing(application.terms().information());
  }

  @Override
  public Uni<Answer<Progress>> submit(Application application, WriteContext context) {
    return new SslInformation(api, passwords).submit(application, context);
  }

  @Override
  public Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return cancellation.cancel(application, context);
  }

  @Override
  public Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    return new SslDeletion(api, clock).delete(application, context);
  }

  @Override
  public Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, WriteContext context) {
    return cancellation.revoke(application, reason, context);
  }

  /**
   * Reads by DescribeCertificateDetail. DownloadCertificate has the same in an archive, with
   * nothing that this answer lacks.
   */
  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    String id = application.requireReference().id(SslProgress.CERTIFICATE_ID);
    return api.detail(id, context)
        .map(answer -> answer.then(found -> bundle(found, includePrivateKey)));
  }

  private static Answer<CertificateBundle> bundle(
      Answer.Success<SslApi.CertificateDetail> found, boolean includePrivateKey) {
    SslApi.CertificateDetail detail = found.value();
    PrivateKeyPem key = includePrivateKey ? detail.certificatePrivateKey() : null;
    return CertificateBundle.read(detail.certificatePublicKey(), key)
        .<Answer<CertificateBundle>>map(bundle -> new Answer.Success<>(bundle, found.requestId()))
        .orElseGet(
            () ->
                Answer.refused(
                    new VendorError(
                        ErrorClass.RETRY,
                        "Answer.Incomplete",
                        "success without a certificate",
                        found.requestId(),
                        null)));
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return new SslInventory(api).list(cursor, context);
  }
}
