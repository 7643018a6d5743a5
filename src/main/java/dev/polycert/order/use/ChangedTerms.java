package dev.polycert.order.use;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Generations;
import dev.polycert.order.use.Apply.Command;
import dev.polycert.order.use.Apply.Entry;
import dev.polycert.order.use.Targets.Change;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Terms;
import dev.polycert.vault.Vault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Meets a request for a domain that an order serves already. Further targets are taken over at
 * once, because they belong to the certificate. Other terms make another certificate: a new
 * generation where the request says so, else they are reported.
 */
@ApplicationScoped
class ChangedTerms {
  private static final String KEY = "keyAlgorithm";
  private static final String INFORMATION = "information.";

  private final Catalog catalog;
  private final OrderBook book;
  private final Generations generations;
  private final SwitchedValidation switched;
  private final Targets targets;
  private final DryRun dryRun;
  private final Vault vault;
  private final Clock clock;

  ChangedTerms(
      Catalog catalog,
      OrderBook book,
      Generations generations,
      SwitchedValidation switched,
      Targets targets,
      DryRun dryRun,
      Vault vault,
      Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.generations = generations;
    this.switched = switched;
    this.targets = targets;
    this.dryRun = dryRun;
    this.vault = vault;
    this.clock = clock;
  }

  /** Records what of the request goes beyond the order. */
  Uni<Entry> meet(Command command, Order live, Instant deadline) {
    List<Difference> differs = differences(command, live);
    if (switched.applies(command, live)) {
      return switched.end(command, live, terms(command, live), deadline);
    }
    if (!reissues(command, live, differs)) {
      return deliverToo(command.targets(), live, deadline)
          .map(entry -> advised(entry.withDiffers(differs), command, live));
    }
    Optional<VendorError> obstacle = obstacle(command, live, differs);
    return obstacle.isPresent()
        ? deliverToo(command.targets(), live, deadline)
            .map(entry -> entry.withDiffers(differs).withError(obstacle.get()))
        : reissue(command, live, deadline);
  }

  /** Finds out what {@link #meet} would do. */
  Uni<Entry> look(Command command, Order live, Instant deadline) {
    List<Difference> differs = differences(command, live);
    Entry entry = Entry.of(live, true).withDiffers(differs);
    Optional<VendorError> undeliverable =
        targets
            .obstacle(live, Change.adding(command.targets()))
            .or(
                () ->
                    reissues(command, live, differs)
                        ? Optional.empty()
                        : targets.withheldKey(live, further(command.targets(), live)));
    if (undeliverable.isPresent()) {
      return Uni.createFrom().item(entry.withError(undeliverable.get()));
    }
    for (DeliveryTarget target : further(command.targets(), live)) {
      entry = entry.note("would be delivered to " + target.to() + " as well");
    }
    if (switched.applies(command, live)) {
      return Uni.createFrom()
          .item(entry.note("would be given up for an application with " + command.validation()));
    }
    if (!reissues(command, live, differs)) {
      return Uni.createFrom().item(advised(entry, command, live));
    }
    Optional<VendorError> obstacle = obstacle(command, live, differs);
    if (obstacle.isPresent()) {
      return Uni.createFrom().item(entry.withError(obstacle.get()));
    }
    Entry existing =
        entry
            .note("would be reissued as generation " + (live.generation() + 1))
            .noteAll(catalog.warnings(live, terms(command, live)));
    return dryRun
        .prepare(
            live.domain(),
            live.provider(),
            terms(command, live),
            live.reference(),
            deadline,
            command.urgency())
        .map(
            found -> {
              Plan plan = found.plan();
              VendorError error = found.error();
              Entry planned = plan == null ? existing : existing.withPlan(plan);
              return error == null ? planned : planned.withError(error);
            });
  }

  private List<Difference> differences(Command command, Order order) {
    return Difference.of(command, order, catalog.require(order.provider()), vault);
  }

  private boolean changesCertificate(List<Difference> differs, Order order) {
    CertificateProvider provider = catalog.require(order.provider());
    return differs.stream().anyMatch(each -> each.changesCertificate(order, provider));
  }

  /** Says what would make the certificate the one that was asked for. */
  private Entry advised(Entry found, Command command, Order live) {
    Entry entry =
        live.state() == OrderState.PENDING_INFORMATION
                && found.differs().stream().anyMatch(each -> each.field().startsWith(INFORMATION))
            ? found.note("information: the order takes it by POST /submit-information")
            : found;
    if (!changesCertificate(entry.differs(), live)) {
      return unchanged(entry, command, live);
    }
    Optional<VendorError> obstacle = obstacle(command, live, entry.differs());
    if (live.state() == OrderState.ISSUED && obstacle.isPresent()) {
      return entry.note(obstacle.get().message());
    }
    String how =
        live.state() == OrderState.ISSUED
            ? "\"reissue\": true replaces its certificate by one as asked"
            : "cancel it to apply as asked, or wait until it is issued and send \"reissue\": true";
    return entry.note(
        otherKey(entry.differs())
            ? "one order serves the domain here, with a key of one kind: %s; for RSA and elliptic keys at once give one of them a label"
                .formatted(how)
            : "one order serves the domain here: " + how);
  }

  /** Says why an order that was to be reissued is not. */
  private Entry unchanged(Entry entry, Command command, Order live) {
    if (command.reissueBefore() != null) {
      return entry.note(
          "reissueBefore: not reissued, because order %s was made later, at %s"
              .formatted(live.id(), live.createdAt()));
    }
    if (!command.reissue()) {
      return entry;
    }
    String why =
        entry.differs().isEmpty()
            ? "reissue: not reissued, because nothing differs"
            : "reissue: not reissued, because the certificate has nothing of what differs";
    return entry.note(
        live.state() == OrderState.ISSUED
            ? why
                + "; for a new key and certificate all the same, send \"reissueBefore\": \"%s\""
                    .formatted(clock.instant().truncatedTo(ChronoUnit.SECONDS))
            : why);
  }

  /** A request may be repeated: the generation that it makes is not made before its own time. */
  private boolean reissues(Command command, Order live, List<Difference> differs) {
    return isOlder(command, live) || (command.reissue() && changesCertificate(differs, live));
  }

  private static boolean isOlder(Command command, Order live) {
    Instant time = command.reissueBefore();
    return time != null && live.createdAt().isBefore(time);
  }

  /** Why an order cannot be reissued as asked. */
  private Optional<VendorError> obstacle(Command command, Order live, List<Difference> differs) {
    if (live.state() != OrderState.ISSUED) {
      return conflict(
          "Order %s is %s, and can be reissued only when it is ISSUED; cancel it to apply with other terms."
              .formatted(live.id(), live.state()));
    }
    boolean otherCsr = command.information().csr() != null;
    if (otherKey(differs) && live.terms().information().csr() != null && !otherCsr) {
      return conflict(
          "keyAlgorithm: the key of order %s is that of your csr; give a csr with another key as information.csr"
              .formatted(live.id()));
    }
    Optional<VendorError> undeliverable =
        otherCsr ? Targets.needKey(live, all(command.targets(), live)) : Optional.empty();
    if (undeliverable.isPresent()) {
      return undeliverable;
    }
    return catalog.require(live.provider()).renewal().byVendor()
            && !changesCertificate(differs, live)
        ? conflict(
            "reissueBefore: %s renews its certificates itself, and makes no other one under the same terms"
                .formatted(live.provider()))
        : this.targets.obstacle(live, Change.adding(command.targets()));
  }

  private static Optional<VendorError> conflict(String message) {
    return Optional.of(NamedOrders.conflict(message));
  }

  private static boolean otherKey(List<Difference> differs) {
    return differs.stream().anyMatch(each -> each.field().equals(KEY));
  }

  // --- a new generation ---

  private Uni<Entry> reissue(Command command, Order live, Instant deadline) {
    return book.latest(live.provider(), live.series(), live.domain())
        .map(found -> found.orElse(live))
        .flatMap(
            latest ->
                latest.generation() > live.generation() && !latest.state().ended()
                    // Another request was faster.
                    ? meet(command, latest, deadline)
                    : reissue(command, live, latest, deadline));
  }

  private Uni<Entry> reissue(Command command, Order live, Order latest, Instant deadline) {
    Order draft = generations.reissue(live, latest, terms(command, live));
    return generations
        .claim(draft, "reissue of " + live.id())
        .flatMap(
            claim ->
                claim.won()
                    ? Uni.createFrom().item(Entry.of(claim.order(), false))
                    : deliverToo(command.targets(), claim.order(), deadline))
        .map(
            entry -> {
              Order next = Objects.requireNonNull(entry.order());
              return entry
                  .withDiffers(differences(command, next))
                  .note(
                      "reissues order %s; its certificate stays in use until this one is issued and delivered"
                          .formatted(live.id()))
                  .noteAll(catalog.warnings(live, next.terms()));
            });
  }

  /** What the request does not mention stays. */
  private static Terms terms(Command command, Order live) {
    Terms before = Generations.renewalTerms(live);
    Map<String, String> options = new HashMap<>(before.options());
    options.putAll(command.providerOptions().getOrDefault(live.provider(), Map.of()));
    return new Terms(
        command.validation() == null ? before.validation() : command.validation(),
        command.keyAlgorithm() == null ? before.keyAlgorithm() : command.keyAlgorithm(),
        options,
        before.information().merge(command.information()),
        all(command.targets(), live));
  }

  // --- further targets ---

  private static List<DeliveryTarget> further(List<DeliveryTarget> asked, Order live) {
    return Change.adding(asked).added(live);
  }

  private static List<DeliveryTarget> all(List<DeliveryTarget> asked, Order live) {
    List<DeliveryTarget> all = new ArrayList<>(live.terms().deliver());
    all.addAll(further(asked, live));
    return all;
  }

  private Uni<Entry> deliverToo(List<DeliveryTarget> asked, Order live, Instant deadline) {
    if (live.state() == OrderState.ISSUED || further(asked, live).isEmpty()) {
      return take(asked, live, deadline);
    }
    // While the renewal is under way, the certificate in use is the one before.
    return switched
        .renewed(live)
        .flatMap(
            old ->
                old.map(order -> take(asked, order, deadline).replaceWithVoid())
                    .orElseGet(() -> Uni.createFrom().voidItem()))
        .flatMap(done -> take(asked, live, deadline));
  }

  private Uni<Entry> take(List<DeliveryTarget> asked, Order live, Instant deadline) {
    return targets
        .change(live, Change.adding(asked), deadline)
        .map(
            changed -> {
              Entry entry = Entry.of(changed.order(), true);
              if (changed.error() != null) {
                return entry.withError(changed.error());
              }
              if (changed.added().isEmpty()) {
                return entry;
              }
              return entry
                  .note("is delivered to " + Targets.names(changed.added()) + " as well")
                  .noteAll(changed.rivals());
            });
  }

  static VendorError busy(String member, Order live) {
    return new VendorError(
        ErrorClass.RETRY,
        "Order.Busy",
        member + ": a step of order " + live.id() + " is under way; repeat the request");
  }
}
