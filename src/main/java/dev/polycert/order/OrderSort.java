package dev.polycert.order;

import dev.polycert.provider.CertificateFacts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The members by which lists of orders can be sorted. */
public enum OrderSort {
  CREATED_AT("createdAt", order -> time(order.createdAt())),
  UPDATED_AT("updatedAt", order -> time(order.updatedAt())),
  DOMAIN("domain", order -> Optional.of(order.domain().ascii())),
  PROVIDER("provider", order -> Optional.of(order.provider())),
  ACCOUNT("account", order -> Optional.of(order.account())),
  STATE("state", order -> Optional.of(order.state().name())),
  NOT_AFTER(
      "certificate.notAfter",
      order ->
          Optional.ofNullable(order.certificate())
              .map(CertificateFacts::notAfter)
              .flatMap(OrderSort::time)),
  NEXT_STEP_AT(
      "nextStepAt", order -> Optional.ofNullable(order.nextStepAt()).flatMap(OrderSort::time)),
  DEADLINE("deadline", order -> Optional.ofNullable(order.deadline()).flatMap(OrderSort::time));

  private final String member;
  private final Function<Order, Optional<String>> key;

  OrderSort(String member, Function<Order, Optional<String>> key) {
    this.member = member;
    this.key = key;
  }

  /** The member of an order, as answers name it. */
  public String member() {
    return member;
  }

  /** A text that sorts as the member does; empty where the order lacks the member. */
  public Optional<String> key(Order order) {
    return key.apply(order);
  }

  /** The sort by a member; empty when lists cannot be sorted by it. */
  public static Optional<OrderSort> by(String member) {
    return Arrays.stream(values()).filter(sort -> sort.member.equals(member)).findFirst();
  }

  /** The members that can be sorted by. */
  public static List<String> members() {
    return Arrays.stream(values()).map(OrderSort::member).toList();
  }

  /** In fixed width; no order and no certificate is from before 1970. */
  private static Optional<String> time(Instant at) {
    return Optional.of("%020d.%09d".formatted(Math.max(0, at.getEpochSecond()), at.getNano()));
  }
}
