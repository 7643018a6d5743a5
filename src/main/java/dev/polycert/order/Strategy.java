package dev.polycert.order;

/** How the providers of one request relate. */
public enum Strategy {
  /** Every domain at every provider. */
  ALL,
  /** Every domain at one provider: the next is asked only when the one before cannot serve. */
  FIRST
}
