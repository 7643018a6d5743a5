package dev.polycert.order;

/** A request that the order book's present state does not allow. */
public abstract sealed class OrderException extends RuntimeException {

  protected OrderException(String message) {
    super(message, null, false, false);
  }

  /** There is no such order. */
  public static final class Unknown extends OrderException {
    public Unknown(String what) {
      super("There is no order " + what + ".");
    }
  }

  /** The order is in a state in which this cannot be done. */
  public static final class Conflict extends OrderException {
    public Conflict(String message) {
      super(message);
    }
  }
}
