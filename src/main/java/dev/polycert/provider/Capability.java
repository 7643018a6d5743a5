package dev.polycert.provider;

/** What a provider can do beyond applying and checking. */
public enum Capability {
  /** Takes organisation and contact data for an order that waits for them. */
  SUBMIT_INFORMATION,
  /** Takes an existing vendor order over, named by its reference in the provider options. */
  ADOPT,
  /** Can buy, when the request allows it. */
  PURCHASE,
  /** Accepts wildcard names. */
  WILDCARD,
  /** Withdraws an application that is not issued yet. */
  CANCEL,
  /**
   * Applies again with another validation, which takes the place of the first application: what is
   * cancelled leaves nothing at the vendor that would be in the way.
   */
  SWITCH_VALIDATION,
  /** Deletes a certificate or application that nothing uses. */
  DELETE,
  /** Revokes an issued certificate. */
  REVOKE,
  /** Gives out an issued certificate. */
  EXPORT,
  /** Gives out the private key of an issued certificate, where the applicant gave no CSR. */
  EXPORT_KEY,
  /** Puts an issued certificate into use at the vendor. */
  DEPLOY,
  /** Lists what exists at the account. */
  DISCOVER,
  /** Suggests when a certificate is to be renewed. */
  RENEWAL_WINDOW
}
