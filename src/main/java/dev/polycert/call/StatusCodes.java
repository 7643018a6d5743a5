package dev.polycert.call;

/** Classifies errors by the HTTP status where no table lists their code. */
public final class StatusCodes {
  private StatusCodes() {}

  /**
   * Classifies a vendor's error: by its code where the table lists it, because vendors answer
   * throttling with 400 and duplicates with 500, else by the status.
   */
  public static ErrorClass classify(ErrorTable table, String code, int status) {
    return table.lists(code) ? table.classOf(code) : classOf(status);
  }

  private static ErrorClass classOf(int status) {
    return switch (status) {
      case 401, 403 -> ErrorClass.CREDENTIALS;
      case 429 -> ErrorClass.THROTTLED;
      default -> status >= 500 ? ErrorClass.RETRY : ErrorClass.FINAL;
    };
  }
}
