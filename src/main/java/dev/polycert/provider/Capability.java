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
  WILDCARD
}
