package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.polycert.domain.DomainName;
import dev.polycert.log.LogSubject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of an order, a hash of the order's identity: two requests for the same thing get the same
 * id, on any machine.
 */
public record OrderId(@JsonValue String value) implements LogSubject {
  private static final Pattern FORM = Pattern.compile("ord_[0-9a-f]{32}");

  @JsonCreator
  public OrderId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an order id");
    }
  }

  /**
   * The id of one generation of a domain's order at a provider account.
   *
   * @param series see {@link Identity#series}
   */
  public static OrderId of(String provider, String series, DomainName domain, int generation) {
    String identity = String.join("\n", provider, series, domain.ascii(), "" + generation);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return new OrderId("ord_" + HexFormat.of().formatHex(hash, 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads an id; empty when the text is not one. */
  public static Optional<OrderId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new OrderId(text)) : Optional.empty();
  }

  /** A number in [0, 1), spread evenly over all orders and the same on every machine. */
  double place() {
    String digits = value.substring("ord_".length(), "ord_".length() + 8);
    return Long.parseLong(digits, 16) / (double) (1L << 32);
  }

  @Override
  public Map<String, String> logMembers() {
    return Map.of("orderId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
