package dev.polycert.vendor.aws;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.polycert.call.Answer;
import dev.polycert.call.Credentials;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Finds AWS credentials where the SDK does: in the environment ({@code AWS_ACCESS_KEY_ID} and so
 * on), in a profile, from the role of the container or the machine.
 */
@ApplicationScoped
public class AwsKeys {
  private static final Logger LOG = Logger.getLogger(AwsKeys.class);

  private static final VendorError NONE =
      new VendorError(
          ErrorClass.CREDENTIALS,
          "NotConfigured",
          "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment,"
              + " or give the process a role");

  private final Supplier<AwsCredentialsProvider> chain;
  private volatile @Nullable AwsCredentialsIdentity current;

  AwsKeys() {
    this(DefaultCredentialsProvider.builder()::build);
  }

  AwsKeys(Supplier<AwsCredentialsProvider> chain) {
    this.chain = Suppliers.memoize(chain);
  }

  /**
   * Makes a call with credentials that are valid now. They are found on a virtual thread, because a
   * role's are fetched.
   */
  public <T> Uni<Answer<T>> with(Function<Credentials, Uni<Answer<T>>> call) {
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
                  return Answer.refused(NONE);
                });
    return Answer.then(found, credentials -> call.apply(credentials.value()));
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
