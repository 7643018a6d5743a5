package dev.polycert.order;

/**
 * Tells the orders that stand for records of clients, which apply for certificates themselves and
 * have us publish their validations. Such an order has no certificate and no vendor: it is on
 * record, so that a record is known before it is written, is shared with other orders that need it,
 * and is removed when its client is gone.
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
