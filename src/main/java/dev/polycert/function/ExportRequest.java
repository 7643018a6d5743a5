package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Fields;
import dev.polycert.order.OrderId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate to give out, and whether with its key: one a request, never in bulk.
 *
 * @param password for {@link ExportFormat#PKCS12}, else null; a secret
 */
record ExportRequest(
    OrderId order, boolean includePrivateKey, ExportFormat format, @Nullable String password) {
  private static final int SHORTEST_PASSWORD = 8;

  /**
   * Reads a request.
   *
   * @throws dev.polycert.function.invocation.InvalidInput with everything that is wrong with it
   */
  static ExportRequest read(JsonNode input) {
    Fields fields = Fields.of(input);
    Optional<OrderId> order = OrderIdsReader.one(fields);
    boolean includePrivateKey = Boolean.TRUE.equals(fields.flag("includePrivateKey"));
    ExportFormat chosen = fields.choice("format", ExportFormat.class);
    ExportFormat format = chosen == null ? ExportFormat.PEM : chosen;
    String password = fields.text("password");
    if (format == ExportFormat.PKCS12) {
      requireKeyAndPassword(fields, includePrivateKey, password);
    } else if (password != null) {
      fields.error("password", "is for the format PKCS12 alone");
    }
    fields.finish();
    return new ExportRequest(order.orElseThrow(), includePrivateKey, format, password);
  }

  private static void requireKeyAndPassword(
      Fields fields, boolean includePrivateKey, @Nullable String password) {
    if (!includePrivateKey) {
      fields.error("format", "PKCS12 holds the private key: includePrivateKey must be true");
    }
    if (password == null || password.length() < SHORTEST_PASSWORD) {
      fields.error("password", "PKCS12 needs one of at least " + SHORTEST_PASSWORD + " characters");
    }
  }

  /** Says nothing of the password. */
  @Override
  public String toString() {
    return "ExportRequest[" + order + ", " + format + "]";
  }
}
