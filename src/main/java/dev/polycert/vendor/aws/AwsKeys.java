package dev.polycert.vendor.aws;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.Credentials;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Finds AWS credentials where the SDK does: in the environment ({@code AWS_ACCESS_KEY_ID} and so
 * on), in a profile, from the role of the container or the machine. A {@link NamedAccount} has keys
 * in the environment only.
 */
@PerAccount
public class AwsKeys {
  private static final Logger LOG = Logger.getLogger(AwsKeys.class);

  private static final VendorError NONE =
      new VendorError(
          ErrorClass.CREDENTIALS,
          "NotConfigured",
          "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment,"
              + " or give the process a role");

  /** A role that gave keys before may give some again: no order ends for that. */
  private static final VendorError NONE_NOW =
      new VendorError(
          ErrorClass.RETRY, "Role.NoKeys", "the role gives no AWS credentials just now");

  /**
   * The SDK gives a metadata service a second for each of a few tries, but a program that a profile
   * names ({@code credential_process}) any time.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Descriptor KEYS =
      Descriptor.of("aws", "AWS")
          .keyId("AWS_ACCESS_KEY_ID")
          .secret("AWS_SECRET_ACCESS_KEY")
          .token("AWS_SESSION_TOKEN");

  private final Account account;
  private final Supplier<AwsCredentialsProvider> chain;
  private volatile @Nullable AwsCredentialsIdentity current;

  @Inject
  AwsKeys(Config config) {
    Credentials own = Credentials.of(config, KEYS);
    if (NamedAccount.current().isPresent()) {
      account = Account.current(KEYS.id(), own.missing());
      chain = () -> StaticCredentialsProvider.create(identity(own));
    } else {
      account = new Account(KEYS.id(), List.of());
      chain =
          own.missing().isEmpty()
              ? () -> StaticCredentialsProvider.create(identity(own))
              : Suppliers.memoize(DefaultCredentialsProvider.builder()::build);
    }
  }

  AwsKeys(Supplier<AwsCredentialsProvider> chain) {
    this.account = new Account(KEYS.id(), List.of());
    this.chain = Suppliers.memoize(chain);
  }

  private static AwsCredentials identity(Credentials own) {
    return own.token() == null
        ? AwsBasicCredentials.create(own.keyId(), own.secret())
        : AwsSessionCredentials.create(own.keyId(), own.secret(), own.token());
  }

  /** A service as this account uses it. Needs no variable where it is the default one. */
  public Service of(Descriptor service) {
    return account.name() == null ? Service.of(service) : new Service(service, account);
  }

  /**
   * Makes a call with credentials that are valid now. They are found on a virtual thread, because a
   * role's are fetched.
   */
  public <T> Uni<Answer<T>> with(Function<Credentials, Uni<Answer<T>>> call) {
    if (!account.configured()) {
      return account.<T>unconfigured().now();
    }
    Uni<Answer<Credentials>> found =
        Uni.createFrom()
            .item(() -> chain.get().resolveCredentials())
            .runSubscriptionOn(Thread::startVirtualThread)
            .map(
                identity -> {
                  current = identity;
                  return Answer.of(credentials(identity));
                })
            .onFailure(SdkException.class)
            .recoverWithItem(
                failure -> {
                  LOG.warnf("No AWS credentials: %s", failure.getMessage());
                  return Answer.refused(current == null ? NONE : NONE_NOW);
                })
            .ifNoItem()
            .after(patience())
            .recoverWithItem(() -> Answer.refused(NONE_NOW));
    return Answer.then(found, credentials -> call.apply(credentials.value()));
  }

  /** How long a call waits for credentials. */
  Duration patience() {
    return PATIENCE;
  }

  /** The credentials that {@link #with} found last. */
  AwsCredentialsIdentity current() {
    AwsCredentialsIdentity found = current;
    if (found == null) {
      throw new IllegalStateException("a call of AWS that is not made through with()");
    }
    return found;
  }

  private static Credentials credentials(AwsCredentialsIdentity found) {
    return Credentials.known(
        found.accessKeyId(),
        found.secretAccessKey(),
        found instanceof AwsSessionCredentials session ? session.sessionToken() : null);
  }
}
