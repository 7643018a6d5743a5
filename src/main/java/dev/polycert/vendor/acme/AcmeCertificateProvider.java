package dev.polycert.vendor.acme;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.OneAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.ValidationLook;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.RevocationReason;
import dev.polycert.vault.Vault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies at ACME CAs: newOrder places, everything after it is done by checks, each of which reads
 * the order first. Every step has a virtual thread of its own, because acme4j blocks.
 */
@ApplicationScoped
public class AcmeCertificateProvider implements CertificateProvider, OneAccount {
  private final Authorities authorities;
  private final ProviderConfig providers;
  private final Vault vault;
  private final OrderVault keeping;
  private final AcmePreparation preparing;
  private final AcmePlacement placing;
  private final AcmeProgress checking;
  private final AcmeWithdrawal ending;
  private final AcmeRenewalInfo renewalInfo;

  AcmeCertificateProvider(
      Authorities authorities,
      AcmeConfig config,
      ProviderConfig providers,
      Vault vault,
      ValidationLook look,
      Clock clock) {
    this.authorities = authorities;
    this.providers = providers;
    this.vault = vault;
    keeping = new OrderVault(vault);
    AcmeOutlook outlook = new AcmeOutlook(look, config.look(), clock);
    preparing = new AcmePreparation(authorities, keeping, outlook);
    placing = new AcmePlacement(authorities, outlook);
    checking =
        new AcmeProgress(
            authorities,
            keeping,
            placing,
            new AcmeIssuance(keeping, clock),
            new AcmeProofs(look, config.look(), clock),
            clock);
    ending = new AcmeWithdrawal(authorities, keeping);
    renewalInfo = new AcmeRenewalInfo(authorities, keeping, clock);
  }

  @Override
  public String inPlaceOfAccounts() {
    return "name the CA once more, polycert.acme.ca.\"…\", and choose it by the option ca";
  }

  @Override
  public Offer offer() {
    return AcmeDescriptor.OFFER;
  }

  /** Looks by itself, with the data of the CA's directory and of the account. */
  @Override
  public Optional<Issuer> issuer(Application application) {
    return Optional.empty();
  }

  @Override
  public Service service() {
    List<String> missing = new ArrayList<>(authorities.missing());
    if (!vault.configured()) {
      missing.add(AcmeDescriptor.VAULT_KEY);
    }
    String account = providers.of(AcmeDescriptor.ID).account();
    return new Service(AcmeDescriptor.SERVICE, new Account(account, missing));
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return run(() -> preparing.prepare(application, context), Ended::failed);
  }

  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    return step(() -> placing.place(application, context));
  }

  /**
   * {@inheritDoc}
   *
   * <p>ACME lists no orders that a client could rely on (RFC 8555, section 7.1.2.1). An order of
   * which only the CA knows does no harm: without finalize there is never a certificate (section
   * 7.4), it expires, and CAs give the same one again for the same names.
   */
  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    return application.reference() == null
        ? new Answer.Failed<Progress>(new Failure.Absent(null)).now()
        : check(application, context);
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return step(() -> checking.check(application, context));
  }

  @Override
  public Uni<Answer<Progress>> look(Application application, CallContext context) {
    return step(() -> checking.look(application, context));
  }

  @Override
  public Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return step(() -> ending.cancel(application, context));
  }

  @Override
  public Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, WriteContext context) {
    return step(() -> ending.revoke(application, reason, context));
  }

  @Override
  public Uni<Answer<Progress>> reportCompromise(Application application, WriteContext context) {
    return step(() -> ending.reportCompromise(application, context));
  }

  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    return run(() -> export(application.requireReference(), includePrivateKey), Ended::failed);
  }

  private Answer<CertificateBundle> export(Reference order, boolean includePrivateKey)
      throws Ended {
    Optional<IssuedChain> chain = keeping.certificate(order);
    if (chain.isEmpty()) {
      throw new Ended(AcmeWithdrawal.notKept());
    }
    @Nullable PrivateKeyPem key = includePrivateKey ? key(order) : null;
    return new Answer.Success<>(CertificateBundle.read(chain.get().pem(), key).orElseThrow(), null);
  }

  private PrivateKeyPem key(Reference order) throws Ended {
    return keeping
        .key(order)
        .map(KeyPair::getPrivate)
        .map(key -> new PrivateKeyPem(PemKeys.privateKey(key)))
        .orElseThrow(
            () ->
                new Ended(
                    new VendorError(
                        ErrorClass.FINAL,
                        "PrivateKey.NotGiven",
                        "the key of information.csr never was here: export without the key")));
  }

  @Override
  public Uni<Optional<RenewalWindow>> renewalWindow(Application application, CallContext context) {
    return run(() -> renewalInfo.window(application, context), ended -> Optional.empty());
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws Ended;
  }

  private static Uni<Answer<Progress>> step(Step<Answer<Progress>> step) {
    return run(step, Ended::answer);
  }

  private static <T> Uni<T> run(Step<T> step, Function<Ended, T> ended) {
    return Uni.createFrom()
        .item(
            () -> {
              try {
                return step.take();
              } catch (Ended end) {
                return ended.apply(end);
              } catch (Vault.SealException sealed) {
                return ended.apply(new Ended(unopened(sealed)));
              }
            })
        .runSubscriptionOn(Thread::startVirtualThread);
  }

  private static VendorError unopened(Vault.SealException sealed) {
    return new VendorError(
        ErrorClass.CREDENTIALS, "Vault.Sealed", String.valueOf(sealed.getMessage()));
  }
}
