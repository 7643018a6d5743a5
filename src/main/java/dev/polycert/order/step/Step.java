package dev.polycert.order.step;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorText;
import dev.polycert.call.WriteContext;
import dev.polycert.order.AbsentProvider;
import dev.polycert.order.Author;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderBook.StaleOrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Upkeep;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Outlook;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Reference;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One order while a step is taken with it: the only place that changes orders.
 *
 * <p>It keeps the order as this step last recorded it. Every record is a compare-and-set on the
 * version, so a step that another one has overtaken ends with {@link StaleOrderException} before it
 * sends anything.
 */
public final class Step {
  private static final String OTHER_ACCOUNT = "OtherAccount";

  /** The codes of {@link #unusable}. */
  private static final Set<String> UNUSABLE =
      Set.of(AbsentProvider.CODE, Account.NOT_CONFIGURED, OTHER_ACCOUNT);

  private final CertificateProvider provider;
  private final Outlook outlook;
  private final Instant deadline;
  private final Urgency urgency;
  private final OrderBook book;
  private final OrderWatch watch;
  private final Pace pace;
  private final Clock clock;
  private final long startVersion;
  private volatile Order order;

  Step(
      Order order,
      CertificateProvider provider,
      Outlook outlook,
      Instant deadline,
      Urgency urgency,
      OrderBook book,
      OrderWatch watch,
      Pace pace,
      Clock clock) {
    this.order = order;
    this.startVersion = order.version();
    this.provider = provider;
    this.outlook = outlook;
    this.deadline = deadline;
    this.urgency = urgency;
    this.book = book;
    this.watch = watch;
    this.pace = pace;
    this.clock = clock;
  }

  public Order order() {
    return order;
  }

  public CertificateProvider provider() {
    return provider;
  }

  /** Finds out, by reading alone, whether and how the order can be placed. */
  Uni<Answer<Preparation>> preparation(Set<Reference> others) {
    return outlook.prepare(provider, order.application().beside(others), reading());
  }

  public Instant deadline() {
    return deadline;
  }

  Urgency urgency() {
    return urgency;
  }

  public Instant now() {
    return clock.instant();
  }

  boolean timeLeft() {
    return now().isBefore(deadline);
  }

  /** Whether this step has already recorded something. */
  boolean fresh() {
    return order.version() > startVersion;
  }

  /** Whether another step may be between a write's intent and its result just now. */
  public boolean othersAtWork() {
    return order.othersAtWork(now());
  }

  /**
   * Why the vendor cannot be asked about the order. The keys of another account would not find it,
   * which would end an order that is alive at its own account.
   */
  public Optional<VendorError> unusable() {
    if (provider instanceof AbsentProvider absent) {
      return Optional.of(absent.error());
    }
    Account account = provider.account();
    if (!account.configured()) {
      return Optional.of(Account.notConfigured(account.missing()));
    }
    String own = order.account();
    return account.id().equals(own)
        ? Optional.empty()
        : Optional.of(
            new VendorError(
                ErrorClass.CREDENTIALS,
                OTHER_ACCOUNT,
                "it is of the account %s, and the keys are of %s: set polycert.provider.\"%s\".account to %s and the keys of that account"
                    .formatted(
                        own, account.id(), NamedAccount.service(provider.descriptor().id()), own)));
  }

  /** Whether an error is one that {@link #unusable} reports, which goes once that is mended. */
  static boolean isUnusable(@Nullable VendorError error) {
    return error != null && UNUSABLE.contains(error.code());
  }

  // --- times ---

  Pace pace() {
    return pace;
  }

  CertificateTimes times() {
    return CertificateTimes.of(provider);
  }

  /** The order's draft, brought into a state: see {@link Pace#enter}. */
  Order enter(Order draft, OrderState state) {
    return pace.enter(order, draft, state, provider.offer(), now());
  }

  /** As above, where that is part of a try and none of its own. */
  Order enterUncounted(Order draft, OrderState state) {
    return pace.enterUncounted(order, draft, state, provider.offer(), now());
  }

  /** When this step has surely ended. */
  Instant leaseEnd() {
    return pace.leaseEnd(deadline);
  }

  /** The intent of a write that this step makes now. */
  Intent intent(String operation, boolean ends) {
    return new Intent(operation, now(), leaseEnd(), ends);
  }

  // --- contexts of calls ---

  /** A context for calls that change nothing, or nothing more when they are repeated. */
  public CallContext reading() {
    return new CallContext(deadline, subject(), urgency);
  }

  /** A context whose writes are recorded as the intent of a draft first. */
  WriteContext writing(Order prepared) {
    return writing(operation -> intend(prepared, operation));
  }

  /**
   * A context whose writes are recorded as intents of an order that stays in its state meanwhile.
   *
   * @param ends as in {@link Intent}; should this process die, the sweep then finds out
   */
  public WriteContext keeping(boolean ends) {
    return writing(
        operation -> {
          Order intended = order.withIntent(intent(operation, ends));
          boolean followed = ends && !order.state().ended();
          return record(
                  followed ? intended.withNextStepAt(leaseEnd()) : intended,
                  "sending " + operation,
                  null)
              .replaceWithVoid();
        });
  }

  /** A context for writes of which the order on record says already that they are about to be. */
  WriteContext onRecord(Predicate<Order> says) {
    return writing(
        operation ->
            says.test(order)
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                    .failure(new IllegalStateException(operation + " has no intent on record")));
  }

  private WriteContext writing(Function<String, Uni<Void>> intent) {
    return new WriteContext(deadline, subject(), urgency, intent);
  }

  /** Calls are about this order's domain; those of orders of its wildcard are about the same. */
  private String subject() {
    return order.domain().base();
  }

  private Uni<Void> intend(Order prepared, String operation) {
    // A step of two writes (information, then its commitment) has recorded the first one by now.
    Order draft = order.isBaseOf(prepared) ? prepared : order;
    OrderState state =
        order.state() == OrderState.PENDING_INFORMATION ? order.state() : OrderState.APPLYING;
    Order sent =
        draft
            .withIntent(intent(operation, false))
            .with(draft.placement().appliedAt(order.noEarlier(now())));
    return record(enterUncounted(sent, state), "sending " + operation, null).replaceWithVoid();
  }

  // --- records ---

  /** Keeps something at the vendor for this order alone; false when another order has it. */
  Uni<Boolean> reserve(Reference reference) {
    return book.reserve(resource(reference), order.id());
  }

  private String resource(Reference reference) {
    return order.provider() + "/" + order.account() + "/" + reference.key();
  }

  /**
   * As {@link #reserve}, where the order that this one renews may have it already: a vendor may
   * name a certificate and its successor alike.
   */
  Uni<Boolean> reserveInLine(Reference reference) {
    String resource = resource(reference);
    return book.reserve(resource, order.id())
        .flatMap(ours -> ours ? Uni.createFrom().item(true) : heldBy(order.renewalOf(), resource));
  }

  private Uni<Boolean> heldBy(@Nullable OrderId before, String resource) {
    if (before == null) {
      return Uni.createFrom().item(false);
    }
    return book.reserve(resource, before)
        .flatMap(
            theirs ->
                theirs
                    ? Uni.createFrom().item(true)
                    : book.find(before)
                        .flatMap(old -> heldBy(old.map(Order::renewalOf).orElse(null), resource)));
  }

  /** The orders of the domain at this account under other labels, as far as they are not ended. */
  Uni<List<Order>> rivals() {
    return book.latest(order.domain())
        .map(
            others ->
                others.stream()
                    .filter(other -> other.provider().equals(order.provider()))
                    .filter(other -> other.account().equals(order.account()))
                    .filter(other -> !other.series().equals(order.series()))
                    .filter(other -> !other.state().ended())
                    .toList());
  }

  /** Records a draft of the order. */
  public Uni<Order> record(Order draft, String reason, @Nullable String requestId) {
    return record(draft, reason, requestId, now());
  }

  /** As above, at a time that the draft itself contains. */
  Uni<Order> record(Order draft, String reason, @Nullable String requestId, Instant now) {
    String why = VendorText.clean(reason);
    Order next = scheduled(draft).recordedAt(now);
    return Author.with(by -> repeated(book.transition(next.by(by.orElse(null)), why, requestId)))
        .invoke(
            recorded -> {
              watch.recorded(order, recorded, why, requestId);
              order = recorded;
            });
  }

  /**
   * Repeats one call of the book: by it the book knows what it has recorded already, when only the
   * answer was lost.
   */
  private static Uni<Order> repeated(Uni<Order> transition) {
    return transition
        .onFailure(failure -> !(failure instanceof StaleOrderException))
        .retry()
        .withBackOff(Duration.ofMillis(50), Duration.ofSeconds(1))
        .atMost(3);
  }

  /** Whatever is recorded, the next upkeep stays due in time. Looks have a time of their own. */
  private static Order scheduled(Order draft) {
    Instant step = draft.nextStepAt();
    return Upkeep.work(draft)
        .filter(at -> step == null || at.isBefore(step))
        .map(draft::withNextStepAt)
        .orElse(draft);
  }
}
