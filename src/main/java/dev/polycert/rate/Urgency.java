package dev.polycert.rate;

/** Whose turn it is, where several wait for the same token. The first is the most urgent. */
public enum Urgency {
  /** A renewal of a certificate that expires soon. */
  EXPIRING,
  /** A small request, whose caller waits for the answer. */
  SMALL,
  /** One of many. */
  BULK,
  /** A look whether something has changed. It can be taken later, and costs a token each time. */
  POLL
}
