package dev.polycert.order;

/**
 * Recognizes the orders that stand for DNS records of clients. These clients apply for certificates
 * themselves and let Polycert publish their validations. Such an order has no certificate and no
 * vendor. Through it a DNS record is known before it is written, is shared with other orders that
 * need it, and is removed when its client is gone.
 */
public final class ClientRecords {
  /** What stands in the place of a provider: the protocol that the clients speak. */
  public static final String PROVIDER = "httpreq";

  private ClientRecords() {}

  /** Whether an order stands for records of a client. */
  public static boolean are(Order order) {
    return order.provider().equals(PROVIDER);
  }
}
