package dev.polycert.vendor.aws.acmrequest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.provider.PrivateKeyPem;
import io.smallrye.mutiny.Uni;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives out certificates. ACM gives out a private key only encrypted, under a passphrase that is
 * made for that one answer.
 */
final class AcmExport {
  /**
   * The random bytes of a passphrase; their hexadecimal digits are within ACM's 4 to 128
   * characters.
   */
  private static final int PASSPHRASE = 32;

  private final AcmApi api;
  private final RandomGenerator random;

  AcmExport(AcmApi api, RandomGenerator random) {
    this.api = api;
    this.random = random;
  }

  Uni<Answer<CertificateBundle>> certificate(String arn, CallContext context) {
    return api.get(arn, context).map(answer -> answer.map(it -> bundle(it, null)));
  }

  /** Looks first, because ACM refuses the key of another certificate without a code of its own. */
  Uni<Answer<CertificateBundle>> withKey(String arn, CallContext context) {
    return Answer.then(
        api.describe(arn, context),
        found ->
            found.value().exportable()
                ? exported(arn, context)
                : Answer.<CertificateBundle>refused(notGiven(found.requestId())).now());
  }

  private static VendorError notGiven(@Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        "PrivateKey.NotGiven",
        "ACM keeps the private key: only certificates that were requested with the option "
            + AcmOptions.EXPORTABLE
            + " give theirs out",
        requestId,
        null);
  }

  private Uni<Answer<CertificateBundle>> exported(String arn, CallContext context) {
    byte[] bytes = new byte[PASSPHRASE];
    random.nextBytes(bytes);
    String passphrase = HexFormat.of().formatHex(bytes);
    return api.export(arn, passphrase.getBytes(US_ASCII), context)
        .map(answer -> answer.then(found -> opened(found, passphrase)));
  }

  private static Answer<CertificateBundle> opened(
      Answer.Success<AcmApi.Exported> found, String passphrase) {
    AcmApi.Exported exported = found.value();
    Optional<PrivateKeyPem> key =
        EncryptedKey.open(
            Objects.requireNonNull(exported.encryptedKey()), passphrase.toCharArray());
    return key.<Answer<CertificateBundle>>map(
            it -> new Answer.Success<>(bundle(exported, it), found.requestId()))
        .orElseGet(
            () ->
                Answer.refused(
                    new VendorError(
                        ErrorClass.RETRY,
                        "Answer.Incomplete",
                        "success with a private key that the passphrase does not open",
                        found.requestId(),
                        null)));
  }

  private static CertificateBundle bundle(AcmApi.Exported exported, @Nullable PrivateKeyPem key) {
    return new CertificateBundle(Pem.text(exported.certificate()), Pem.text(exported.chain()), key);
  }
}
