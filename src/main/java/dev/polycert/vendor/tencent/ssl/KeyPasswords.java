package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.vault.Vault;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens the passwords that orders keep sealed. The vendor protects the JKS and PFX files of its
 * console with them ({@code CsrKeyPassword} of ApplyCertificate, {@code KeyPassword} of
 * SubmitCertificateInformation); exports of Polycert have their own.
 */
final class KeyPasswords {
  private final Vault vault;

  KeyPasswords(Vault vault) {
    this.vault = vault;
  }

  /** Why the password of an application cannot be sent; empty when it can, or there is none. */
  Optional<VendorError> problem(Application application) {
    try {
      open(application);
      return Optional.empty();
    } catch (Vault.SealException closed) {
      return Optional.of(
          new VendorError(
              ErrorClass.CREDENTIALS,
              "Vault.Sealed",
              "information.keyPassword: " + closed.getMessage()));
    }
  }

  /** Goes on with the password, which is null where there is none. */
  <T> Uni<Answer<T>> opened(
      Application application, Function<@Nullable String, Uni<Answer<T>>> send) {
    Optional<VendorError> problem = problem(application);
    return problem.isPresent()
        ? Answer.<T>refused(problem.get()).now()
        : hiding(open(application), send);
  }

  private static <T> Uni<Answer<T>> hiding(
      @Nullable String password, Function<@Nullable String, Uni<Answer<T>>> send) {
    Uni<Answer<T>> sent = send.apply(password);
    return password == null
        ? sent
        : sent.map(
            answer -> answer.recover(failure -> new Answer.Failed<>(hidden(failure, password))));
  }

  /** Vendors quote parameters that they reject. */
  private static Failure hidden(Failure failure, String password) {
    return switch (failure) {
      case Failure.Refused(VendorError error) -> new Failure.Refused(hidden(error, password));
      case Failure.Unclear(VendorError error) -> new Failure.Unclear(hidden(error, password));
      default -> failure;
    };
  }

  private static VendorError hidden(VendorError error, String password) {
    return new VendorError(
        error.errorClass(),
        error.code(),
        error.message().replace(password, "***"),
        error.requestId(),
        error.retryAfter());
  }

  private @Nullable String open(Application application) {
    String sealed = application.terms().information().keyPassword();
    return sealed == null ? null : vault.openText(Information.KEY_PASSWORD, sealed);
  }
}
