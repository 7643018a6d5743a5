package dev.polycert.order;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Adopted.Fate;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Descriptor;
import dev.polycert.provider.Information;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes one thing that exists at a provider account into the order book, unless it is there. */
final class Adoption {
  private final Descriptor provider;
  private final Generations generations;
  private final OrderSteps steps;
  private final Instant deadline;

  Adoption(CertificateProvider provider, OrderBook book, OrderSteps steps, Instant deadline) {
    this.provider = provider.descriptor();
    this.generations = new Generations(book, this.provider.id(), provider.account().id());
    this.steps = steps;
    this.deadline = deadline;
  }

  Uni<Adopted.Item> take(Inventory.Item item) {
    if (item.domain().isBlank() || item.phase() == Phase.PLACING) {
      return refused(
          item, "nothing was applied for with it yet: apply, and name it in the provider options");
    }
    if (Verbatim.tooLong(item)) {
      return refused(item, "what the vendor tells of it is too long to be kept");
    }
    DomainName domain;
    try {
      domain = DomainName.parse(item.domain());
    } catch (IllegalArgumentException e) {
      return refused(item, String.valueOf(e.getMessage()));
    }
    return generations
        .holder(names(domain, item), item)
        .flatMap(
            holder ->
                holder.isPresent()
                    ? is(item, Fate.EXISTING, holder.get(), null)
                    : generations
                        .latest(domain)
                        .flatMap(latest -> follow(item, domain, latest.orElse(null))));
  }

  /** An order may be for any of its names; those that cannot be one's are of no interest here. */
  private static List<DomainName> names(DomainName domain, Inventory.Item item) {
    Stream<DomainName> others =
        item.names().stream()
            .flatMap(
                name -> {
                  try {
                    return Stream.of(DomainName.parse(name));
                  } catch (IllegalArgumentException e) {
                    return Stream.empty();
                  }
                });
    return Stream.concat(Stream.of(domain), others).distinct().toList();
  }

  private Uni<Adopted.Item> follow(
      Inventory.Item item, DomainName domain, @Nullable Order present) {
    if (present != null && !Generations.follows(present, item)) {
      return is(item, Fate.OUTDATED, present, "the domain's order is " + present.id());
    }
    Order order = order(item, domain, present);
    return steps
        .claim(order, "adopted: " + provider.id() + " says " + item.vendorStatus())
        .flatMap(
            claim -> {
              if (claim.won()) {
                return is(item, Fate.ADOPTED, claim.order(), null);
              }
              return item.reference().equals(claim.order().reference())
                  ? is(item, Fate.EXISTING, claim.order(), null)
                  : follow(item, domain, claim.order());
            });
  }

  /** One record, with the state in it: an order that were REQUESTED first might be placed. */
  private Order order(Inventory.Item item, DomainName domain, @Nullable Order present) {
    OrderState state = Phases.state(item.phase(), OrderState.REQUESTED);
    Step step =
        steps.step(steps.requested(provider.id(), domain, present, terms(item.facts())), deadline);
    OrderChange change =
        step.order()
            .change()
            .reference(item.reference())
            .certificate(item.facts())
            .vendorStatus(item.vendorStatus());
    step.times().enter(change, state);
    if (state == OrderState.FAILED) {
      change.error(Phases.failure(told(item)));
    }
    if (state == OrderState.ISSUED) {
      step.renewal().follow(change);
    }
    if (state == OrderState.ISSUED && item.facts() == null) {
      // What the vendor's list does not tell is asked for at once.
      change.nextStepAt(step.now());
    }
    return change.unrecorded();
  }

  private static Outcome.Progress told(Inventory.Item item) {
    return new Outcome.Progress(
        item.phase(), item.reference(), List.of(), item.facts(), item.vendorStatus(), null, null);
  }

  /** What a renewal is applied for with: as the certificate is, else as most are. */
  private Terms terms(@Nullable CertificateFacts facts) {
    String key =
        facts == null || facts.keyAlgorithm() == null
            ? ""
            : facts.keyAlgorithm().toUpperCase(Locale.ROOT);
    boolean elliptic =
        key.contains("EC") && provider.keyAlgorithms().contains(KeyAlgorithm.EC_P256);
    ValidationMethod validation =
        Stream.of(ValidationMethod.values())
            .filter(provider.validations()::contains)
            .findFirst()
            .orElseThrow();
    return new Terms(
        validation,
        elliptic ? KeyAlgorithm.EC_P256 : KeyAlgorithm.RSA_2048,
        Map.of(),
        Information.none());
  }

  private static Uni<Adopted.Item> refused(Inventory.Item item, String why) {
    return is(item, Fate.REFUSED, null, why);
  }

  private static Uni<Adopted.Item> is(
      Inventory.Item item, Fate fate, @Nullable Order order, @Nullable String message) {
    return Uni.createFrom().item(new Adopted.Item(item, fate, order, message));
  }
}
