package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message to people about an order, in the form of a CloudEvent 1.0.
 *
 * @param id the same whenever a notice of the same transition is sent again
 * @param type {@code dev.polycert.} and the type of a {@link Kind}
 * @param subject the domain, A-labels; of a host without an order, the host
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
    /** A CNAME that the renewal needs is missing: {@code dev.polycert.delegation.missing}. */
    DELEGATION_MISSING,
    /** The application failed. */
    FAILED,
    /** It failed because its deadline passed. */
    STUCK,
    /** It failed because the account's quota is used up. */
    QUOTA,
    /**
     * The certificate ends soon and its renewal has not succeeded yet. Repeated at every further
     * look.
     */
    EXPIRING,
    /** The certificate could not be delivered to one of its targets. Repeated at every try. */
    UNDELIVERED,
    EXPIRED,
    REVOKED,
    /**
     * Hosts do not serve the certificate one hour after its delivery. Repeated at every further
     * look.
     */
    SERVED_DIFFERS,
    /** A certificate that a host serves ends soon. Repeated at every further look. */
    SERVED_EXPIRING;

    /** {@code dev.polycert.served.differs}, {@code dev.polycert.order.issued}. */
    public String type() {
      String name = name().toLowerCase(Locale.ROOT);
      return switch (this) {
        case DELEGATION_MISSING, SERVED_DIFFERS, SERVED_EXPIRING -> SPACE + name.replace('_', '.');
        default -> SPACE + "order." + name;
      };
    }
  }

  /** The prefix of every type. */
  public static final String SPACE = "dev.polycert.";

  /**
   * The order, as far as a person needs it; of a host without an order, the host alone.
   *
   * @param domain A-labels, or the host
   * @param notAfter the end of the certificate, exclusive
   * @param error the vendor's code
   * @param message the vendor's explanation
   * @param requestId the vendor's id of the call
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Data(
      @Nullable OrderId orderId,
      @Nullable String provider,
      @Nullable String account,
      @Nullable String label,
      String domain,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int generation,
      @Nullable OrderId renewalOf,
      @Nullable OrderState state,
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
    Served served = order.issuance().served();
    if (served != null && order.updatedAt().equals(served.at())) {
      return looked(order, served);
    }
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

  /** The findings of the last transition, if it was a look at what is served. */
  private static Optional<Kind> looked(Order order, Served served) {
    if (served.addresses().stream().anyMatch(it -> it.expiring(order.updatedAt()))) {
      return Optional.of(Kind.SERVED_EXPIRING);
    }
    return served.settled() && !differences(order).isEmpty()
        ? Optional.of(Kind.SERVED_DIFFERS)
        : Optional.empty();
  }

  /** A host that the request did not name may be unreachable from outside on purpose. */
  private static List<ServedAddress> differences(Order order) {
    return Objects.requireNonNull(order.issuance().served()).addresses().stream()
        .filter(
            it ->
                switch (it.status()) {
                  case SERVED, EXPIRING, UNKNOWN -> false;
                  case UNREACHABLE -> ServedHosts.named(order, it.host());
                  default -> true;
                })
        .toList();
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

  /** An order that another one has followed has no step left but its end. */
  private static boolean expiring(Order order) {
    boolean followed = Objects.equals(order.nextStepAt(), order.deadline());
    return !followed
        && Validity.of(order).filter(valid -> valid.worrying(order.updatedAt())).isPresent();
  }

  /** True only before the renewal begins: from then on the order has the renewal's errors. */
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

  private static @Nullable VendorError error(Kind kind, Order order) {
    return switch (kind) {
      case UNDELIVERED -> undelivered(order);
      case SERVED_DIFFERS -> ServedFindings.error(differences(order));
      case SERVED_EXPIRING ->
          ServedFindings.error(
              Objects.requireNonNull(order.issuance().served()).addresses().stream()
                  .filter(it -> it.expiring(order.updatedAt()))
                  .toList());
      default -> order.error();
    };
  }

  /**
   * The findings of a look at a host without an order; empty where nothing is known to be wrong.
   */
  public static Optional<Notice> of(ServedHost host, List<ServedAddress> found, Instant now) {
    List<ServedAddress> expiring = found.stream().filter(it -> it.expiring(now)).toList();
    List<ServedAddress> wrong =
        expiring.isEmpty() ? found.stream().filter(Notice::differs).toList() : expiring;
    VendorError error = ServedFindings.error(wrong);
    if (error == null) {
      return Optional.empty();
    }
    Kind kind = expiring.isEmpty() ? Kind.SERVED_DIFFERS : Kind.SERVED_EXPIRING;
    return Optional.of(
        new Notice(
            "1.0",
            "served/" + host + "/" + now.getEpochSecond(),
            "polycert",
            kind.type(),
            host.toString(),
            now,
            "application/json",
            new Data(
                null,
                null,
                null,
                null,
                host.toString(),
                0,
                null,
                null,
                wrong.getFirst().notAfter(),
                error.code(),
                error.message(),
                null)));
  }

  /** The notice that shows people that their channels work. */
  public static Notice test(Instant now) {
    return new Notice(
        "1.0",
        "test/" + now.toEpochMilli(),
        "polycert",
        SPACE + "notice.test",
        "polycert",
        now,
        "application/json",
        new Data(
            null,
            null,
            null,
            null,
            "polycert",
            0,
            null,
            null,
            null,
            null,
            "Somebody asked for this message, to see whether notices arrive.",
            null));
  }

  private static boolean differs(ServedAddress seen) {
    return switch (seen.status()) {
      case SERVED, UNKNOWN -> false;
      default -> true;
    };
  }

  private static Notice of(Kind kind, Order order) {
    VendorError error = error(kind, order);
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
            order.identity().label(),
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
