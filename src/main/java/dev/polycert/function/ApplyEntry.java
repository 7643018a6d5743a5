package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Applied;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one domain at one provider.
 *
 * @param domain A-labels
 * @param unicode U-labels, where they differ
 * @param existing whether the order was there before, and nothing new was sent
 * @param reference what the vendor calls the order
 * @param validations what to publish
 * @param deadline when the state ends by itself
 * @param nextStepAt when the next step is worth taking
 * @param passedOver the providers that were asked before and could not serve
 * @param plan what a dry run found out
 * @param notes what the applicant should know about the name
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApplyEntry(
    String domain,
    @Nullable String unicode,
    String provider,
    @Nullable OrderId orderId,
    @Nullable OrderState state,
    boolean existing,
    @Nullable Reference reference,
    List<Validation> validations,
    @Nullable Instant deadline,
    @Nullable Instant nextStepAt,
    @Nullable CertificateFacts certificate,
    @Nullable String message,
    @Nullable ErrorView error,
    List<PassedOver> passedOver,
    @Nullable Plan plan,
    List<String> notes) {

  /** A provider that could not serve, and why. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PassedOver(String provider, @Nullable OrderId orderId, ErrorView error) {}

  static ApplyEntry of(Applied applied) {
    Order order = applied.order();
    return order == null ? withoutOrder(applied) : withOrder(applied, order);
  }

  /** Whether nothing can come of it any more. */
  boolean failed() {
    return state == OrderState.FAILED || (state == null && error != null);
  }

  private static ApplyEntry withOrder(Applied applied, Order order) {
    return new ApplyEntry(
        applied.domain().ascii(),
        unicode(applied.domain()),
        applied.provider(),
        order.id(),
        order.state(),
        applied.existing(),
        order.reference(),
        order.validations(),
        order.deadline(),
        order.nextStepAt(),
        order.certificate(),
        order.message(),
        ErrorView.ofNullable(applied.error() == null ? order.error() : applied.error()),
        passedOver(applied),
        applied.plan(),
        applied.domain().notes());
  }

  private static ApplyEntry withoutOrder(Applied applied) {
    return new ApplyEntry(
        applied.domain().ascii(),
        unicode(applied.domain()),
        applied.provider(),
        null,
        null,
        applied.existing(),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        ErrorView.ofNullable(applied.error()),
        passedOver(applied),
        applied.plan(),
        applied.domain().notes());
  }

  private static List<PassedOver> passedOver(Applied applied) {
    return applied.passedOver().stream()
        .map(p -> new PassedOver(p.provider(), p.order(), ErrorView.of(p.error())))
        .toList();
  }

  /** The U-label form where it tells more; null where it is the same. */
  static @Nullable String unicode(DomainName domain) {
    return domain.unicode().equals(domain.ascii()) ? null : domain.unicode();
  }
}
