package dev.polycert.provider.tencent.ssl;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.CallContext;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Descriptor;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.provider.http.Answer;
import dev.polycert.provider.tencent.TencentClient;
import dev.polycert.provider.tencent.TencentClients;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
          Set.of(Capability.SUBMIT_INFORMATION, Capability.ADOPT, Capability.WILDCARD),
          "a real-name verified account with free certificates left",
          "a free DV certificate (TrustAsia) of 3 months, downloaded from the SSL console",
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

  TencentSslProvider(TencentClients clients, Clock clock) {
    client =
        clients.client(
            DESCRIPTOR, new TencentClient.Product("ssl", "2019-12-05", TencentSslErrors.table()));
    api = new SslApi(client);
    preparing = new SslPreparing(api, clock);
    checking = new SslChecking(api);
    submitting = new SslSubmitting(api);
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
  public Uni<Outcome> prepare(Application application, CallContext context) {
    return preparing.prepare(application, context);
  }

  /** Applies; the answer holds the id alone, and what to publish is read by the next check. */
  @Override
  public Uni<Outcome> place(Application application, CallContext context) {
    return Answer.then(
        api.apply(SslOptions.request(application), context),
        applied ->
            Uni.createFrom()
                .item(
                    new Outcome.Progress(
                        Phase.APPLYING,
                        Reference.of(SslProgress.CERTIFICATE_ID, applied.value().certificateId()),
                        List.of(),
                        null,
                        "accepted",
                        null,
                        applied.requestId())));
  }

  @Override
  public Uni<Outcome> find(Application application, CallContext context) {
    DomainName domain = application.domain();
    return Answer.then(
        api.named(domain, context),
        found ->
            Uni.createFrom()
                .item(
                    SslExisting.lost(found.value(), application)
                        .<Outcome>map(there -> SslProgress.of(domain, there, found.requestId()))
                        .orElseGet(() -> new Outcome.Absent(found.requestId()))));
  }

  @Override
  public Uni<Outcome> check(Application application, CallContext context) {
    return checking.check(application, context);
  }

  @Override
  public List<String> missingInformation(Application application) {
    return SslInformation.missing(application.terms().information());
  }

  @Override
  public Uni<Outcome> submit(Application application, CallContext context) {
    return submitting.submit(application, context);
  }
}
