package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.domain.DomainName;
import dev.polycert.call.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.TencentClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tencent Cloud SSL: free DV certificates, and bought ones that are named by their id. */
@ApplicationScoped
public class TencentSslProvider implements CertificateProvider {
  private static final Descriptor DESCRIPTOR =
      new Descriptor(
          "tencent-ssl",
          "Tencent Cloud SSL Certificate Service",
          Set.of(ValidationMethod.DNS, ValidationMethod.DNS_AUTO, ValidationMethod.FILE),
          Set.of(KeyAlgorithm.RSA_2048, KeyAlgorithm.EC_P256),
          SslOptions.MEANINGS,
          TencentClients.CREDENTIALS,
          Set.of(
              Capability.SUBMIT_INFORMATION,
              Capability.ADOPT,
              Capability.WILDCARD,
              Capability.CANCEL,
              Capability.DELETE,
              Capability.REVOKE,
              Capability.EXPORT,
              Capability.DISCOVER),
          "a real-name verified account with free certificates left",
          "a free DV certificate (TrustAsia) of 3 months",
          Map.of(
              "ApplyCertificate", 10.0,
              "SubmitCertificateInformation", 20.0,
              "CompleteCertificate", 10.0,
              "CheckCertificateDomainVerification", 10.0,
              "*", 10.0),
          Duration.ofDays(3));

  private final TencentClient client;
  private final SslApi api;
  private final SslPreparing preparing;
  private final SslChecking checking;
  private final SslSubmitting submitting;
  private final SslEnding ending;
  private final SslDeleting deleting;

  TencentSslProvider(TencentClients clients, Clock clock) {
    client =
        clients.client(
            DESCRIPTOR, new TencentClient.Product("ssl", "2019-12-05", TencentSslErrors.table()));
    api = new SslApi(client);
    preparing = new SslPreparing(api, clock);
    checking = new SslChecking(api);
    submitting = new SslSubmitting(api);
    SslEndApi ends = new SslEndApi(client);
    ending = new SslEnding(api, ends);
    deleting = new SslDeleting(api, ends, clock);
  }

  /** The client of the account, for what else is done with it. */
  TencentClient client() {
    return client;
  }

  @Override
  public Descriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Account account() {
    return client.account();
  }

  /** Earlier than that the new certificate could not be linked to the old one. */
  @Override
  public Renewal renewal() {
    return new Renewal(SslExisting.LINKABLE, false);
  }

  @Override
  public Uni<Answer<Progress>> prepare(Application application, CallContext context) {
    return preparing.prepare(application, context);
  }

  /** Applies; the answer holds the id alone, and what to publish is read by the next check. */
  @Override
  public Uni<Answer<Progress>> place(Application application, CallContext context) {
    return Answer.then(
        api.apply(SslOptions.request(application), context),
        applied ->
            Uni.createFrom()
                .item(
                    new Progress(
                        Phase.APPLYING,
                        Reference.of(SslProgress.CERTIFICATE_ID, applied.value().certificateId()),
                        List.of(),
                        null,
                        "accepted",
                        null,
                        applied.requestId())));
  }

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    DomainName domain = application.domain();
    return Answer.then(
        api.named(domain, context),
        found ->
            Uni.createFrom()
                .item(
                    SslExisting.lost(found.value(), application)
                        .<Outcome>map(there -> SslProgress.of(domain, there, found.requestId()))
                        .orElseGet(() -> new Failure.Absent(found.requestId()))));
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return checking.check(application, context);
  }

  @Override
  public Uni<Answer<Progress>> look(Application application, CallContext context) {
    return ending.read(application, context);
  }

  @Override
  public List<String> missingInformation(Application application) {
    return SslInformation.missing(application.terms().information());
  }

  @Override
  public Uni<Answer<Progress>> submit(Application application, CallContext context) {
    return submitting.submit(application, context);
  }

  @Override
  public Uni<Answer<Progress>> cancel(Application application, CallContext context) {
    return ending.cancel(application, context);
  }

  @Override
  public Uni<Answer<Progress>> delete(Application application, CallContext context) {
    return deleting.delete(application, context);
  }

  @Override
  public Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, CallContext context) {
    return ending.revoke(application, reason, context);
  }

  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    return new SslExporting(api).export(application, includePrivateKey, context);
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return new SslListing(api).list(cursor, context);
  }
}
