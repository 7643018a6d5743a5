package dev.polycert.vendor.acme;

import java.security.KeyPair;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * Registers an account at a CA (RFC 8555, section 7.3).
 *
 * @param ca as it is configured
 * @param contact an e-mail address
 * @param external binds the account to one outside of ACME
 */
record Registration(String ca, @Nullable String contact, Optional<ExternalAccount> external) {

  /** The location of the account of a key, which is made unless there is one. */
  String make(KeyPair key, Session session) throws AcmeException {
    try {
      return builder(key).createLogin(session).getAccountLocation().toString();
    } catch (AcmeServerException refused) {
      if (external.isEmpty() || mayPass(refused)) {
        throw refused;
      }
      // A call whose answer was lost has used up credentials that are valid only once.
      return existing(key, session).orElseThrow(() -> refused);
    }
  }

  private static boolean mayPass(AcmeServerException refused) {
    return AcmeErrors.TABLE.classOf(AcmeFailures.code(refused.getProblem())).retryable();
  }

  private AccountBuilder builder(KeyPair key) {
    AccountBuilder builder = new AccountBuilder().useKeyPair(key).agreeToTermsOfService();
    if (contact != null) {
      try {
        builder.addEmail(contact);
      } catch (IllegalArgumentException noAddress) {
        throw new BadSetting(
            Authority.variable(ca, "contact") + " is no e-mail address", noAddress);
      }
    }
    // All CAs accept HS256; some accept nothing else, however long the key is.
    external.ifPresent(
        bound -> builder.withKeyIdentifier(bound.keyId(), bound.hmac()).withMacAlgorithm("HS256"));
    return builder;
  }

  /** Finds the account of a key (section 7.3.1). */
  private static Optional<String> existing(KeyPair key, Session session) throws AcmeException {
    try {
      AccountBuilder builder = new AccountBuilder().useKeyPair(key).onlyExisting();
      return Optional.of(builder.createLogin(session).getAccountLocation().toString());
    } catch (AcmeServerException none) {
      return Optional.empty();
    }
  }

  /** What to check when the CA makes no account. */
  String adviceOnRefusal() {
    return external.map(ExternalAccount::advice).orElse("");
  }

  /** What helps where the CA has ended an account. */
  String adviceOnEnd() {
    return "where the CA has ended the account "
        + (external.isPresent()
            ? "set new " + ExternalAccount.variables(ca) + ", which make another one"
            : "configure the CA under another name, which makes another one");
  }
}
