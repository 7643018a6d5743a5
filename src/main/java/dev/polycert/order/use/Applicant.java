package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.Identity;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderId;
import dev.polycert.order.step.Delegations;
import dev.polycert.order.step.Each;
import dev.polycert.order.step.Generations;
import dev.polycert.order.step.SharedName;
import dev.polycert.order.step.Steps;
import dev.polycert.order.use.Apply.Command;
import dev.polycert.order.use.Apply.Entry;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Applies for one domain at one provider, unless an order serves it already. */
@ApplicationScoped
class Applicant {
  private final Catalog catalog;
  private final OrderBook book;
  private final Generations generations;
  private final Delegations delegations;
  private final ChangedTerms changed;
  private final Targets targets;
  private final DryRun dryRun;
  private final Steps steps;
  private final Clock clock;

  Applicant(
      Catalog catalog,
      OrderBook book,
      Generations generations,
      Delegations delegations,
      ChangedTerms changed,
      Targets targets,
      DryRun dryRun,
      Steps steps,
      Clock clock) {
    this.catalog = catalog;
    this.book = book;
    this.generations = generations;
    this.delegations = delegations;
    this.changed = changed;
    this.targets = targets;
    this.dryRun = dryRun;
    this.steps = steps;
    this.clock = clock;
  }

  /** Records an order, and sends nothing. */
  Uni<Entry> record(Command request, DomainName domain, String provider, Instant deadline) {
    Command command = at(request, domain);
    return latest(command, domain, provider)
        .flatMap(
            latest ->
                live(latest)
                    .flatMap(
                        live ->
                            live.isPresent()
                                ? met(command, live.get(), deadline)
                                : unlessHeld(
                                    command,
                                    domain,
                                    provider,
                                    () -> claim(command, domain, provider, latest, deadline))));
  }

  /** Meets a request at the order that serves the domain already. */
  Uni<Entry> existing(Command request, Order live, Instant deadline) {
    Command command = at(request, live.domain());
    return command.dryRun()
        ? changed.look(command, live, deadline).map(entry -> watched(entry, live))
        : met(command, live, deadline);
  }

  private Uni<Entry> met(Command command, Order live, Instant deadline) {
    return changed.meet(command, live, deadline).map(entry -> watched(entry, live));
  }

  /** A certificate that was applied for elsewhere, and may cost money to renew. */
  private static Entry watched(Entry entry, Order live) {
    return live.watched()
        ? entry.note(
            "the order is watched alone, and its certificate is not renewed: that is asked for by"
                + " POST /adopt with \"renew\": true")
        : entry;
  }

  /** The request for one domain, whose targets are those of the domain's accounts. */
  private Command at(Command request, DomainName domain) {
    return request.deliver() == null
        ? request
        : request.delivering(catalog.targetsFor(domain, request.targets()));
  }

  private Uni<Entry> claim(
      Command command,
      DomainName domain,
      String provider,
      Optional<Order> latest,
      Instant deadline) {
    Terms terms = after(latest, command.terms(provider), command);
    Order order = generations.next(provider, domain, command.label(), latest.orElse(null), terms);
    return delegations
        .prefer(order, catalog.require(order.provider()).offer(), deadline)
        .flatMap(preferred -> generations.claim(preferred, "requested"))
        .flatMap(
            claim ->
                claim.won() || claim.order().state().ended()
                    ? noted(
                        command,
                        delivered(latest, command, Entry.of(claim.order(), !claim.won())),
                        claim.order().terms(),
                        deadline)
                    : met(command, claim.order(), deadline));
  }

  /** Targets belong to the certificate: the next one goes there too, unless the request says. */
  private static Terms after(Optional<Order> ended, Terms terms, Command command) {
    return command.deliver() == null && command.information().csr() == null
        ? ended.map(order -> terms.withDeliver(order.terms().deliver())).orElse(terms)
        : terms;
  }

  /** Says where the certificate goes because the one before did. */
  private static Entry delivered(Optional<Order> ended, Command command, Entry entry) {
    List<DeliveryTarget> before = ended.map(order -> order.terms().deliver()).orElse(List.of());
    if (command.deliver() != null || before.isEmpty()) {
      return entry;
    }
    return entry.note(
        command.information().csr() == null
            ? "is delivered to %s, as order %s was; \"deliver\": [] leaves that out"
                .formatted(Targets.names(before), ended.orElseThrow().id())
            : "is not delivered to %s, as order %s was: the private key of your csr stays with you"
                .formatted(Targets.names(before), ended.orElseThrow().id()));
  }

  /** Sends what was recorded just now; after the last time to begin it stays {@code REQUESTED}. */
  Uni<Entry> send(Entry recorded, Instant lastBegin, Instant deadline, Urgency urgency) {
    Order order = recorded.order();
    if (order == null || recorded.existing() || !clock.instant().isBefore(lastBegin)) {
      return Uni.createFrom().item(recorded);
    }
    return steps.advance(order, deadline, urgency).map(recorded::moved);
  }

  // --- what serves a domain already ---

  /** The order that serves the domain at a provider. */
  Uni<Optional<Order>> live(Command command, DomainName domain, String provider) {
    return latest(command, domain, provider).flatMap(this::live);
  }

  /** The order that serves the domain; after a renewal that failed, that is the one before. */
  Uni<Optional<Order>> live(Optional<Order> latest) {
    Optional<OrderId> before = latest.map(Order::renewalOf);
    return latest.filter(order -> order.state().ended()).isPresent() && before.isPresent()
        ? book.find(before.get()).map(old -> old.filter(order -> !order.state().ended()))
        : Uni.createFrom().item(latest.filter(order -> !order.state().ended()));
  }

  private Uni<Optional<Order>> latest(Command command, DomainName domain, String provider) {
    return book.latest(provider, Identity.series(account(provider), command.label()), domain);
  }

  /** The account that a provider's orders are placed with now. */
  String account(String provider) {
    return catalog.require(provider).account().id();
  }

  /**
   * Refuses a label at a vendor that has one certificate for each name, if an order with another
   * label has it. Between two requests at the same time, the vendor's answers decide.
   */
  private Uni<Entry> unlessHeld(
      Command command, DomainName domain, String provider, Supplier<Uni<Entry>> otherwise) {
    if (!catalog.require(provider).offer().oneForEachName()) {
      return otherwise.get();
    }
    return book.latest(domain)
        .flatMap(
            orders ->
                Each.inTurn(
                    orders.stream()
                        .filter(order -> order.provider().equals(provider))
                        .filter(order -> order.account().equals(account(provider)))
                        .filter(order -> !Objects.equals(order.identity().label(), command.label()))
                        .toList(),
                    order -> live(Optional.of(order))))
        .flatMap(
            holders ->
                holders.stream()
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(holder -> Entry.failed(domain, provider, SharedName.heldBy(holder)))
                    .map(refused -> Uni.createFrom().item(refused))
                    .orElseGet(otherwise));
  }

  // --- dry run: everything but the write and the record ---

  /** Finds out what an application would need, and writes nothing anywhere. */
  Uni<Entry> look(Command request, DomainName domain, String provider, Instant deadline) {
    Command command = at(request, domain);
    return latest(command, domain, provider)
        .flatMap(
            latest ->
                live(latest)
                    .flatMap(
                        live ->
                            live.isPresent()
                                ? changed
                                    .look(command, live.get(), deadline)
                                    .map(entry -> watched(entry, live.get()))
                                : unlessHeld(
                                    command,
                                    domain,
                                    provider,
                                    () -> look(command, domain, provider, latest, deadline))));
  }

  private Uni<Entry> look(
      Command command,
      DomainName domain,
      String provider,
      Optional<Order> latest,
      Instant deadline) {
    Terms terms = after(latest, command.terms(provider), command);
    return dryRun
        .prepare(domain, provider, terms, null, deadline, command.urgency())
        .flatMap(entry -> noted(command, delivered(latest, command, entry), terms, deadline));
  }

  // --- what the caller should know ---

  private Uni<Entry> noted(Command command, Entry entry, Terms terms, Instant deadline) {
    Offer offer = catalog.require(entry.provider()).offer();
    Entry noted =
        offer
            .information()
            .note(entry.provider(), terms.information(), terms.options())
            .map(entry::note)
            .orElse(entry);
    if (offer.choosesValidation() && command.validation() != null) {
      noted =
          noted.note(
              "validation: %s chooses it itself, whatever is asked for"
                  .formatted(entry.provider()));
    }
    boolean byVendor = offer.validations().contains(ValidationMethod.DNS_AUTO);
    return rivalled(noted, command, terms)
        .flatMap(
            rivalled ->
                terms.validation() == ValidationMethod.DNS_AUTO && !byVendor
                    ? published(rivalled, command, offer, terms, deadline)
                    : Uni.createFrom().item(rivalled));
  }

  private Uni<Entry> rivalled(Entry entry, Command command, Terms terms) {
    return targets
        .rivals(
            entry.provider(),
            Identity.series(account(entry.provider()), command.label()),
            entry.domain(),
            terms.deliver())
        .map(entry::noteAll);
  }

  /** Reports names whose validations nobody could publish but the caller. */
  private Uni<Entry> published(
      Entry entry, Command command, Offer offer, Terms terms, Instant deadline) {
    return delegations
        .advice(
            offer,
            AlternativeNames.hosts(entry.domain(), terms.options()),
            command.urgency() == Urgency.SMALL,
            deadline)
        .map(advice -> entry.noteAll(advice.stream().map("DNS_AUTO: "::concat).toList()));
  }
}
