package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.provider.Progress;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.ValidationLook;
import dev.polycert.call.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.PrivateKeyPem;
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
public class AcmeCertificateProvider implements CertificateProvider {
  private final Authorities authorities;
  private final ProviderConfig providers;
  private final Vault vault;
  private final Keeping keeping;
  private final AcmePreparing preparing;
  private final AcmePlacing placing;
  private final AcmeChecking checking;
  private final AcmeEnding ending;
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
    keeping = new Keeping(vault);
    preparing = new AcmePreparing(authorities, keeping);
    placing = new AcmePlacing(authorities);
    checking =
        new AcmeChecking(
            authorities,
            keeping,
            new AcmeFinalizing(keeping, clock),
            new AcmeProving(look, config.look(), clock),
            clock);
    ending = new AcmeEnding(authorities, keeping);
    renewalInfo = new AcmeRenewalInfo(authorities, keeping, clock);
  }

  @Override
  public Descriptor descriptor() {
    return AcmeDescriptor.DESCRIPTOR;
  }

  @Override
  public Account account() {
    List<String> missing = new ArrayList<>(authorities.missing());
    if (!vault.configured()) {
      missing.add(AcmeDescriptor.VAULT_KEY);
    }
    return new Account(providers.of(AcmeDescriptor.ID).account(), missing);
  }

  @Override
  public Uni<Answer<Progress>> prepare(Application application, CallContext context) {
    return step(() -> preparing.prepare(application, context));
  }

  @Override
  public Uni<Answer<Progress>> place(Application application, CallContext context) {
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
        ? Uni.createFrom().item(new Failure.Absent(null))
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
  public Uni<Answer<Progress>> cancel(Application application, CallContext context) {
    return step(() -> ending.cancel(application, context));
  }

  @Override
  public Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, CallContext context) {
    return step(() -> ending.revoke(application, reason, context));
  }

  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    return run(
        () -> export(application.requireReference(), includePrivateKey),
        outcome -> new Answer.Failed<>(outcome));
  }

  private Answer<CertificateBundle> export(Reference order, boolean includePrivateKey) throws Ended {
    Optional<IssuedChain> chain = keeping.certificate(order);
    if (chain.isEmpty()) {
      throw new Ended(new Failure.Refused(AcmeEnding.notKept()));
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
                    new Failure.Refused(
                        new VendorError(
                            ErrorClass.FINAL,
                            "PrivateKey.NotGiven",
                            "the key of information.csr never was here: export without the key"))));
  }

  @Override
  public Uni<Optional<RenewalWindow>> renewalWindow(Application application, CallContext context) {
    return run(() -> renewalInfo.window(application, context), outcome -> Optional.empty());
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws Ended;
  }

  private static Uni<Answer<Progress>> step(Step<Outcome> step) {
    return run(step, outcome -> outcome);
  }

  private static <T> Uni<T> run(Step<T> step, Function<Outcome, T> ended) {
    return Uni.createFrom()
        .item(
            () -> {
              try {
                return step.take();
              } catch (Ended end) {
                return ended.apply(end.outcome());
              } catch (Vault.SealException sealed) {
                return ended.apply(new Failure.Refused(unopened(sealed)));
              }
            })
        .runSubscriptionOn(Thread::startVirtualThread);
  }

  private static VendorError unopened(Vault.SealException sealed) {
    return new VendorError(
        ErrorClass.CREDENTIALS, "Vault.Sealed", String.valueOf(sealed.getMessage()));
  }
}
