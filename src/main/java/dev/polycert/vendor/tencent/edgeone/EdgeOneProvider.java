package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.call.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Deployment;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Renewal;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vendor.tencent.TencentClient;
import dev.polycert.vendor.tencent.TencentClients;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tencent EdgeOne: free certificates for domains of sites with CNAME access. */
@ApplicationScoped
public class EdgeOneProvider implements CertificateProvider {
  private static final Descriptor DESCRIPTOR =
      new Descriptor(
          "tencent-edgeone",
          "Tencent EdgeOne",
          Set.of(ValidationMethod.DNS, ValidationMethod.FILE),
          Set.of(KeyAlgorithm.RSA_2048),
          Map.of(EdgeOnePreparing.ZONE_ID, "id of the site; looked up by name when not given"),
          TencentClients.CREDENTIALS,
          Set.of(Capability.WILDCARD, Capability.DEPLOY, Capability.DISCOVER),
          "an EdgeOne site with CNAME access that covers the domain",
          "a free certificate of 90 days inside EdgeOne, to be deployed to the domain there",
          Map.of("ApplyFreeCertificate", 20.0, "CheckFreeCertificateVerification", 20.0, "*", 10.0),
          Duration.ofDays(2));

  private final TencentClient client;
  private final EdgeOneApi api;
  private final EdgeOneHosts hosts;
  private final EdgeOnePreparing preparing;
  private final Clock clock;

  EdgeOneProvider(TencentClients clients, Clock clock) {
    client =
        clients.client(
            DESCRIPTOR, new TencentClient.Product("teo", "2022-09-01", EdgeOneErrors.table()));
    api = new EdgeOneApi(client);
    hosts = new EdgeOneHosts(client);
    preparing = new EdgeOnePreparing(api, clock);
    this.clock = clock;
  }

  @Override
  public Descriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Account account() {
    return client.account();
  }

  /** EdgeOne renews free certificates 15 days before their end by itself. */
  @Override
  public Renewal renewal() {
    return new Renewal(Duration.ofDays(15), true);
  }

  @Override
  public Uni<Answer<Progress>> prepare(Application application, CallContext context) {
    return preparing.prepare(application, context);
  }

  @Override
  public Uni<Answer<Progress>> place(Application application, CallContext context) {
    String zoneId = zoneId(application);
    DomainName domain = application.domain();
    String method =
        application.terms().validation() == ValidationMethod.FILE
            ? "http_challenge"
            : "dns_challenge";
    return Answer.then(
        api.apply(new ApplyFreeCertificateRequest(zoneId, domain.ascii(), method), context),
        applied ->
            Uni.createFrom()
                .item(
                    EdgeOneProgress.applied(domain, zoneId, applied.value(), applied.requestId())));
  }

  /**
   * Looks whether the certificate is there by now. While it is not, {@code Absent} is right even
   * when the application did arrive: "one domain can have one free certificate only"
   * (CheckFreeCertificateVerification, CommonName) and ApplyFreeCertificate called again goes on
   * with the same one, so that applying again doubles nothing; and its answer is the only place
   * where the lost validation can ever be read.
   */
  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    return check(application, context)
        .map(
            outcome ->
                outcome instanceof Failure.Refused(VendorError error) && notThere(error)
                    ? new Failure.Absent(error.requestId())
                    : outcome);
  }

  private static boolean notThere(VendorError error) {
    return error.errorClass() == ErrorClass.PENDING || error.errorClass() == ErrorClass.FINAL;
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    String zoneId = zoneId(application);
    DomainName domain = application.domain();
    return api.check(zoneId, domain.ascii(), context)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<FreeCertificate>(var certificate, var requestId) ->
                      told(application, zoneId, certificate, requestId);
                  case Answer.Failed<FreeCertificate>(Failure failure) -> outcome;
                });
  }

  private Outcome told(
      Application application,
      String zoneId,
      FreeCertificate certificate,
      @Nullable String requestId) {
    DomainName domain = application.domain();
    if (!certificate.covers(domain)) {
      return new Failure.Refused(
          new VendorError(
              ErrorClass.RETRY,
              "Answer.OtherDomain",
              "the answer is about " + certificate.commonName() + ", not about " + domain,
              requestId,
              null));
    }
    if (EdgeOnePreparing.unchanged(application, certificate)) {
      return new Failure.Refused(
          new VendorError(
              ErrorClass.PENDING,
              "Answer.PreviousCertificate",
              "EdgeOne still has the certificate that ends "
                  + certificate.expireTime()
                  + "; it renews by itself 15 days before that",
              requestId,
              null));
    }
    return EdgeOneProgress.issued(domain, zoneId, certificate, requestId, clock.instant());
  }

  @Override
  public Map<String, String> deployOptions() {
    return EdgeOneDeploying.MEANINGS;
  }

  @Override
  public Uni<Answer<Deployment>> deploy(
      Application application, Map<String, String> target, CallContext context) {
    return new EdgeOneDeploying(hosts).deploy(application, target, context);
  }

  @Override
  public Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    return new EdgeOneListing(hosts).list(cursor, context);
  }

  private static String zoneId(Application application) {
    if (application.reference() != null) {
      return application.reference().id(EdgeOnePreparing.ZONE_ID);
    }
    String planned = application.plan().get(EdgeOnePreparing.ZONE_ID);
    if (planned == null) {
      throw new IllegalStateException("no site for " + application.domain());
    }
    return planned;
  }
}
