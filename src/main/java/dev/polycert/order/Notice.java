package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something about an order that a person must know of, in the form of a CloudEvent 1.0.
 *
 * @param id the same whenever a notice of the same transition is sent again
 * @param type {@code dev.polycert.order.} and one of {@link Kind}, in lower case; or {@code
 *     dev.polycert.delegation.missing}
 * @param subject the domain, A-labels
 * @param time of the transition
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notice(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    Data data) {

  /** What happened. */
  public enum Kind {
    ISSUED,
    /** A CNAME that the renewal needs is gone: {@code dev.polycert.delegation.missing}. */
    DELEGATION_MISSING,
    /** The application failed. */
    FAILED,
    /** It failed because nothing happened until its deadline. */
    STUCK,
    /** It failed because the account's quota is used up. */
    QUOTA,
    /** The end is near and the renewal has not worked yet. Repeated at every further look. */
    EXPIRING,
    /** The certificate could not be brought to one of its targets. Repeated at every try. */
    UNDELIVERED,
    EXPIRED,
    REVOKED;

    private String type() {
      return this == DELEGATION_MISSING
          ? "dev.polycert.delegation.missing"
          : "dev.polycert.order." + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The order, as far as a person needs it.
   *
   * @param notAfter the end of the certificate, exclusive
   * @param error the vendor's code
   * @param message the vendor's explanation
   * @param requestId the vendor's id of the call
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Data(
      OrderId orderId,
      String provider,
      String account,
      String domain,
      int generation,
      @Nullable OrderId renewalOf,
      OrderState state,
      @Nullable Instant notAfter,
      @Nullable String error,
      @Nullable String message,
      @Nullable String requestId) {}

  /** The notice of an order's last transition; empty for most. */
  public static Optional<Notice> of(Order order) {
    return kind(order).map(kind -> of(kind, order));
  }

  private static Optional<Kind> kind(Order order) {
    return switch (order.state()) {
      case ISSUED -> issued(order);
      case FAILED -> Optional.of(failure(order.error()));
      case EXPIRED -> Optional.of(Kind.EXPIRED);
      case REVOKED -> Optional.of(Kind.REVOKED);
      default -> Optional.empty();
    };
  }

  /** ISSUED is announced only after all deliveries and clean-up are done. */
  private static Optional<Kind> issued(Order order) {
    if (order.deliveries().stream().anyMatch(delivery -> undelivered(order, delivery))) {
      return Optional.of(Kind.UNDELIVERED);
    }
    if (order.issuance().announced()) {
      return expiring(order)
          ? Optional.of(Kind.EXPIRING)
          : Optional.of(Kind.DELEGATION_MISSING).filter(kind -> undelegated(order));
    }
    return Upkeep.pending(order) ? Optional.empty() : Optional.of(Kind.ISSUED);
  }

  /** Whether the transition was a try that failed. */
  private static boolean undelivered(Order order, Delivery delivery) {
    return delivery.error() != null && delivery.at().equals(order.updatedAt());
  }

  private static @Nullable VendorError undelivered(Order order) {
    return order.deliveries().stream()
        .filter(delivery -> undelivered(order, delivery))
        .findFirst()
        .map(Delivery::error)
        .orElse(null);
  }

  /** An order that was followed by another one has no step left but its end. */
  private static boolean expiring(Order order) {
    boolean followed = Objects.equals(order.nextStepAt(), order.deadline());
    return !followed
        && Validity.of(order).filter(valid -> valid.worrying(order.updatedAt())).isPresent();
  }

  /** Before the renewal is begun, which then has errors of its own. */
  private static boolean undelegated(Order order) {
    VendorError error = order.error();
    return error != null
        && error.code().equals(Report.DELEGATION_MISSING)
        && order.schedule().attempts() == 0;
  }

  private static Kind failure(@Nullable VendorError error) {
    if (error != null && error.errorClass() == ErrorClass.QUOTA) {
      return Kind.QUOTA;
    }
    return error != null && error.code().startsWith(Report.DEADLINE) ? Kind.STUCK : Kind.FAILED;
  }

  private static Notice of(Kind kind, Order order) {
    VendorError error = kind == Kind.UNDELIVERED ? undelivered(order) : order.error();
    return new Notice(
        "1.0",
        order.id() + "/" + order.version(),
        "polycert",
        kind.type(),
        order.domain().ascii(),
        order.updatedAt(),
        "application/json",
        new Data(
            order.id(),
            order.provider(),
            order.account(),
            order.domain().ascii(),
            order.generation(),
            order.renewalOf(),
            order.state(),
            order.issuance().notAfter(),
            error == null ? null : error.code(),
            error == null ? order.message() : error.message(),
            error == null ? null : error.requestId()));
  }
}
