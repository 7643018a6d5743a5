package dev.polycert.order;

/** A request that the order book's present state does not allow. */
public abstract sealed class OrderException extends RuntimeException {

  protected OrderException(String message) {
    super(message, null, false, false);
  }

  /** There is no such order, or no such key. */
  public static final class Unknown extends OrderException {
    public Unknown(String what) {
      this("order", what);
    }

    private Unknown(String kind, String what) {
      super("There is no " + kind + " " + what + ".");
    }

    /** There never was a key with that id. */
    public static Unknown key(String id) {
      return new Unknown("key", id);
    }
  }

  /** The order is in a state in which this cannot be done. */
  public static final class Conflict extends OrderException {
    public Conflict(String message) {
      super(message);
    }
  }
}
