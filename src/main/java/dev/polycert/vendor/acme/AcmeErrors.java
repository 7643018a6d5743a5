package dev.polycert.vendor.acme;

import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.NEEDS_USER;
import static dev.polycert.call.ErrorClass.PENDING;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.ErrorClass.THROTTLED;

import dev.polycert.call.ErrorTable;

/** Lists the error types of ACME, without {@code urn:ietf:params:acme:error:}. */
final class AcmeErrors {
  static final String NO_ACCOUNT = "accountDoesNotExist";
  static final String UNAUTHORIZED = "unauthorized";
  static final String BAD_NONCE = "badNonce";
  static final String RATE_LIMITED = "rateLimited";
  static final String ALREADY_REVOKED = "alreadyRevoked";
  static final String ORDER_NOT_READY = "orderNotReady";
  static final String MALFORMED = "malformed";

  static final ErrorTable TABLE =
      ErrorTable.unlistedAre(FINAL)
          // --- RFC 8555, section 6.7
          .put(CREDENTIALS, NO_ACCOUNT, "externalAccountRequired", UNAUTHORIZED)
          .put(NEEDS_USER, "userActionRequired")
          .put(FINAL, ALREADY_REVOKED, "badCSR", "badPublicKey", "badRevocationReason")
          .put(FINAL, "badSignatureAlgorithm", "invalidContact", MALFORMED, "rejectedIdentifier")
          .put(FINAL, "unsupportedContact", "unsupportedIdentifier")
          // A failed validation is the end of its order: publishing later changes nothing.
          .put(FINAL, "caa", "compound", "connection", "dns", "incorrectResponse", "tls")
          // Refused only for its nonce, so nothing took effect (section 6.5).
          .put(THROTTLED, BAD_NONCE, RATE_LIMITED)
          .put(PENDING, ORDER_NOT_READY)
          .put(RETRY, "serverInternal")
          // --- RFC 9773, section 7.4; Let's Encrypt said conflict before it
          .put(FINAL, "alreadyReplaced", "conflict")
          // --- draft-ietf-acme-profiles
          .put(FINAL, "invalidProfile")
          // --- RFC 8739 (short-term), RFC 9115 (delegation), RFC 9799 (.onion)
          .put(FINAL, "autoRenewalCanceled", "autoRenewalExpired")
          .put(FINAL, "autoRenewalCancellationInvalid", "autoRenewalRevocationNotSupported")
          .put(FINAL, "unknownDelegation", "onionCAARequired")
          .build();

  private AcmeErrors() {}
}
