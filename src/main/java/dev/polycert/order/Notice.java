package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      @Nullable String requestId) {

    private static Data withoutOrder(
        String domain, @Nullable Instant notAfter, @Nullable String error, String message) {
      return new Data(
          null, null, null, null, domain, 0, null, null, notAfter, error, message, null);
    }
  }

  /** The notices of an order's last transition; none for most. */
  public static List<Notice> of(Order order) {
    return kinds(order).stream().map(kind -> of(kind, order)).toList();
  }

  private static List<Kind> kinds(Order order) {
    return switch (order.state()) {
      case ISSUED -> issued(order);
      case FAILED -> List.of(failure(order.error()));
      case EXPIRED -> List.of(Kind.EXPIRED);
      case REVOKED -> List.of(Kind.REVOKED);
      default -> List.of();
    };
  }

  /** ISSUED is announced only after all deliveries and clean-up are done. */
  private static List<Kind> issued(Order order) {
    Served served = order.issuance().served();
    if (served != null && order.updatedAt().equals(served.at())) {
      return looked(order, served);
    }
    if (order.deliveries().stream().anyMatch(delivery -> undelivered(order, delivery))) {
      return List.of(Kind.UNDELIVERED);
    }
    if (order.issuance().announced()) {
      if (expiring(order)) {
        return List.of(Kind.EXPIRING);
      }
      return undelegated(order) ? List.of(Kind.DELEGATION_MISSING) : List.of();
    }
    return Upkeep.pending(order) ? List.of() : List.of(Kind.ISSUED);
  }

  /** The findings of the last transition, if it was a look at what is served. */
  private static List<Kind> looked(Order order, Served served) {
    List<Kind> kinds = new ArrayList<>();
    if (served.addresses().stream().anyMatch(it -> it.expiring(order.updatedAt()))) {
      kinds.add(Kind.SERVED_EXPIRING);
    }
    if (served.settled() && !differences(order).isEmpty()) {
      kinds.add(Kind.SERVED_DIFFERS);
    }
    return kinds;
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

  /** All deliveries that have just failed, with the code of the first. */
  private static @Nullable VendorError undelivered(Order order) {
    List<Delivery> failed =
        order.deliveries().stream().filter(delivery -> undelivered(order, delivery)).toList();
    if (failed.isEmpty()) {
      return null;
    }
    VendorError first = Objects.requireNonNull(failed.getFirst().error());
    String all =
        failed.stream()
            .map(
                delivery -> {
                  VendorError error = Objects.requireNonNull(delivery.error());
                  return "%s: %s: %s"
                      .formatted(delivery.target().summary(), error.code(), error.message());
                })
            .collect(Collectors.joining("; "));
    return new VendorError(
        first.errorClass(), first.code(), all, first.requestId(), first.retryAfter());
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

  /** The findings of a look at a host without an order; none where nothing is known to be wrong. */
  public static List<Notice> of(ServedHost host, List<ServedAddress> found, Instant now) {
    List<ServedAddress> expiring = found.stream().filter(it -> it.expiring(now)).toList();
    List<ServedAddress> differing = found.stream().filter(Notice::differs).toList();
    return Stream.concat(
            watched(Kind.SERVED_EXPIRING, host, expiring, now),
            watched(Kind.SERVED_DIFFERS, host, differing, now))
        .toList();
  }

  private static Stream<Notice> watched(
      Kind kind, ServedHost host, List<ServedAddress> wrong, Instant now) {
    VendorError error = ServedFindings.error(wrong);
    return error == null
        ? Stream.empty()
        : Stream.of(
            new Notice(
                "1.0",
                "served/" + host + "/" + now.getEpochSecond() + suffix(kind),
                "polycert",
                kind.type(),
                host.toString(),
                now,
                "application/json",
                Data.withoutOrder(
                    host.toString(), wrong.getFirst().notAfter(), error.code(), error.message())));
  }

  /** One look may have two notices, which need two ids. */
  private static String suffix(Kind kind) {
    return kind == Kind.SERVED_EXPIRING ? "/expiring" : "";
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
        Data.withoutOrder(
            "polycert",
            null,
            null,
            "Somebody asked for this message, to see whether notices arrive."));
  }

  private static boolean differs(ServedAddress seen) {
    return switch (seen.status()) {
      case SERVED, EXPIRING, UNKNOWN -> false;
      default -> true;
    };
  }

  private static Notice of(Kind kind, Order order) {
    VendorError error = error(kind, order);
    return new Notice(
        "1.0",
        order.id() + "/" + order.version() + suffix(kind),
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
