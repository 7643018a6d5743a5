package dev.polycert.sandbox;

/** A request that the control API rejects; becomes a JSON answer with the reason. */
public class ControlException extends RuntimeException {
  private final int status;
  private final String field;

  /**
   * @param field what of the request is wrong
   * @param reason what is wrong with it, and what would be right
   */
  public ControlException(int status, String field, String reason) {
    super(reason, null, false, false);
    this.status = status;
    this.field = field;
  }

  int status() {
    return status;
  }

  String field() {
    return field;
  }
}
