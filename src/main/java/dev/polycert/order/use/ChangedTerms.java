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
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Terms;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Meets a request for a domain that an order serves already. Further targets are taken over at
 * once, because they belong to the certificate. Other terms make another certificate: a new
 * generation where the request says so, else they are reported.
 */
@ApplicationScoped
class ChangedTerms {
  private static final String KEY = "keyAlgorithm";

  private final Catalog catalog;
  private final OrderBook book;
  private final Generations generations;
  private final SwitchedValidation switched;
  private final Targets targets;
  private final DryRun dryRun;

  ChangedTerms(
      Catalog catalog,
      OrderBook book,
      Generations generations,
      SwitchedValidation switched,
      Targets targets,
      DryRun dryRun) {
    this.catalog = catalog;
    this.book = book;
    this.generations = generations;
    this.switched = switched;
    this.targets = targets;
    this.dryRun = dryRun;
  }

  /** Records what of the request goes beyond the order. */
  Uni<Entry> meet(Command command, Order live, Instant deadline) {
    List<Difference> differs = Difference.of(command, live);
    if (switched.applies(command, live)) {
      return switched.end(command, live, terms(command, live), deadline);
    }
    if (!reissues(command, differs)) {
      return deliverToo(command.deliver(), live, deadline)
          .map(entry -> advised(kept(entry.withDiffers(differs), command), live));
    }
    Entry existing = Entry.of(live, true).withDiffers(differs);
    if (live.state() != OrderState.ISSUED) {
      return Uni.createFrom().item(existing.withError(notIssued(live)));
    }
    return targets
        .obstacle(live, Change.adding(command.deliver()))
        .map(obstacle -> Uni.createFrom().item(existing.withError(obstacle)))
        .orElseGet(() -> reissue(command, live));
  }

  /** Finds out what {@link #meet} would do. */
  Uni<Entry> look(Command command, Order live, Instant deadline) {
    List<Difference> differs = Difference.of(command, live);
    Entry entry = Entry.of(live, true).withDiffers(differs);
    Optional<VendorError> obstacle = targets.obstacle(live, Change.adding(command.deliver()));
    if (obstacle.isPresent()) {
      return Uni.createFrom().item(entry.withError(obstacle.get()));
    }
    for (DeliveryTarget target : further(command.deliver(), live)) {
      entry = entry.note("would be delivered to " + target.to() + " as well");
    }
    if (switched.applies(command, live)) {
      return Uni.createFrom()
          .item(entry.note("would be given up for an application with " + command.validation()));
    }
    if (!reissues(command, differs)) {
      return Uni.createFrom().item(advised(kept(entry, command), live));
    }
    if (live.state() != OrderState.ISSUED) {
      return Uni.createFrom().item(entry.withError(notIssued(live)));
    }
    Entry existing =
        warned(
            entry.note("would be reissued as generation " + (live.generation() + 1)),
            live,
            terms(command, live));
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

  /** Sealed passwords cannot be compared, so that a given one is reported in any case. */
  private static Entry kept(Entry entry, Command command) {
    return command.information().keyPassword() == null
        ? entry
        : entry.note("information.keyPassword: the order keeps what it was given before");
  }

  /** Says what would make the certificate the one that was asked for. */
  private static Entry advised(Entry entry, Order live) {
    if (entry.differs().stream().noneMatch(Difference::changesCertificate)) {
      return entry;
    }
    String how =
        live.state() == OrderState.ISSUED
            ? "\"reissue\": true replaces its certificate by one as asked"
            : "cancel it to apply as asked, or wait until it is issued and send \"reissue\": true";
    boolean otherKey = entry.differs().stream().anyMatch(each -> each.field().equals(KEY));
    return entry.note(
        otherKey
            ? "one order serves the domain here, with a key of one kind: %s; for RSA and elliptic keys at once give one of them a label"
                .formatted(how)
            : "one order serves the domain here: " + how);
  }

  private static boolean reissues(Command command, List<Difference> differs) {
    return command.reissue() && differs.stream().anyMatch(Difference::changesCertificate);
  }

  private static VendorError notIssued(Order live) {
    return NamedOrders.conflict(
        "Order %s is %s, and can be reissued only when it is ISSUED; cancel it to apply with other terms."
            .formatted(live.id(), live.state()));
  }

  // --- a new generation ---

  private Uni<Entry> reissue(Command command, Order live) {
    return book.latest(live.provider(), live.series(), live.domain())
        .map(latest -> generations.reissue(live, latest.orElse(live), terms(command, live)))
        .flatMap(next -> generations.claim(next, "reissue of " + live.id()))
        .map(
            claim ->
                warned(
                    Entry.of(claim.order(), !claim.won())
                        .withDiffers(Difference.of(command, claim.order()))
                        .note(
                            "reissues order %s, whose certificate stays in use until this one is issued and delivered"
                                .formatted(live.id())),
                    live,
                    claim.order().terms()));
  }

  private Entry warned(Entry entry, Order live, Terms after) {
    Entry warned = entry;
    for (String warning : catalog.warnings(live, after)) {
      warned = warned.note(warning);
    }
    return warned;
  }

  /** What the request does not mention stays. */
  private static Terms terms(Command command, Order live) {
    Terms before = Generations.renewalTerms(live);
    Map<String, String> options = new HashMap<>(before.options());
    options.putAll(command.providerOptions().getOrDefault(live.provider(), Map.of()));
    Information information = before.information().merge(command.information());
    boolean otherKey =
        command.keyAlgorithm() != null && command.keyAlgorithm() != before.keyAlgorithm();
    return new Terms(
        command.validation() == null ? before.validation() : command.validation(),
        command.keyAlgorithm() == null ? before.keyAlgorithm() : command.keyAlgorithm(),
        options,
        otherKey && command.information().csr() == null ? information.withoutCsr() : information,
        all(command.deliver(), live));
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
              Entry noted =
                  entry.note("is delivered to " + Targets.names(changed.added()) + " as well");
              for (String rival : changed.rivals()) {
                noted = noted.note(rival);
              }
              return noted;
            });
  }

  static VendorError busy(String member, Order live) {
    return new VendorError(
        ErrorClass.RETRY,
        "Order.Busy",
        member + ": a step of order " + live.id() + " is under way; repeat the request");
  }
}
