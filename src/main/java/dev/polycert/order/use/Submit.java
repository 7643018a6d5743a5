package dev.polycert.order.use;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.order.AbsentProvider;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.step.Checker;
import dev.polycert.order.step.Step;
import dev.polycert.order.step.Steps;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.CertificateRequest;
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Terms;
import dev.polycert.vault.Vault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes applicants' information, in parts: the use case behind {@code submit-information}. */
@ApplicationScoped
public class Submit {
  private static final String HAS_IT = "the order was given this before; nothing is sent again";

  private final NamedOrders orders;
  private final Steps steps;
  private final Vault vault;

  Submit(NamedOrders orders, Steps steps, Vault vault) {
    this.orders = orders;
    this.steps = steps;
    this.vault = vault;
  }

  /**
   * The result of submitting information for one order.
   *
   * @param missing what the vendor still needs, as JSON paths of the request ({@code
   *     information.organization.city}); empty when it was sent, or is being sent
   * @param sent whether the vendor took it now
   * @param notes what the vendor makes no use of
   * @param error why not, when everything was there
   */
  public record Entry(
      Order order,
      List<String> missing,
      boolean sent,
      List<String> notes,
      @Nullable VendorError error) {

    public Entry {
      missing = List.copyOf(missing);
      notes = List.copyOf(notes);
    }

    private static Entry refused(Order order, VendorError why) {
      return new Entry(order, List.of(), false, List.of(), why);
    }

    private Entry noted(List<String> more) {
      List<String> all = Stream.concat(notes.stream(), more.stream()).toList();
      return new Entry(order, missing, sent, all, error);
    }
  }

  /** Merges a part of the information into each order and sends what is complete. */
  public Uni<List<NamedOrder<Entry>>> submit(
      List<OrderId> ids, Information part, Instant deadline) {
    return orders.each(ids, deadline, step -> submit(step, part), Entry::refused);
  }

  /**
   * Why the order takes no information now. A record made beside a step that sends would lose that
   * step's answer.
   */
  private static Optional<String> obstacle(Step step) {
    Order order = step.order();
    String name = "Order " + order.id() + " is " + order.state();
    if (order.state() != OrderState.PENDING_INFORMATION && order.state() != OrderState.REQUESTED) {
      return Optional.of(
          name
              + " and takes no information; only orders that are PENDING_INFORMATION or REQUESTED"
              + " do.");
    }
    return step.othersAtWork()
        ? Optional.of(name + ", and a step is under way for it; try again in a minute.")
        : Optional.empty();
  }

  private Uni<Entry> submit(Step step, Information part) {
    Order order = step.order();
    Optional<String> obstacle = obstacle(step);
    if (obstacle.isPresent()) {
      return Uni.createFrom()
          .item(
              has(order, part)
                  ? new Entry(order, List.of(), false, List.of(HAS_IT), null)
                  : Entry.refused(order, NamedOrders.conflict(obstacle.get())));
    }
    if (step.provider() instanceof AbsentProvider absent) {
      // Which information it takes is not known any more.
      return Uni.createFrom().item(Entry.refused(order, absent.error()));
    }
    Optional<VendorError> wrong = wrongCsr(step, part).or(() -> wrongPassword(step, part));
    if (wrong.isPresent()) {
      return Uni.createFrom().item(Entry.refused(order, wrong.get()));
    }
    List<String> notes = notes(step, part);
    return step.record(merged(order, part), "information received", null)
        .flatMap(received -> send(step, received))
        .map(entry -> entry.noted(notes));
  }

  /** Whether a living order was given all of this part before. */
  private boolean has(Order order, Information part) {
    Information given = order.terms().information();
    String password = part.keyPassword();
    String sealed = given.keyPassword();
    return !order.state().ended()
        && given.members("").entrySet().containsAll(part.members("").entrySet())
        && (password == null
            || (sealed != null && vault.isSameText(Information.KEY_PASSWORD, password, sealed)));
  }

  private static List<String> notes(Step step, Information part) {
    Order order = step.order();
    List<String> notes = new ArrayList<>();
    step.provider()
        .offer()
        .information()
        .note(order.provider(), part, order.terms().options())
        .ifPresent(notes::add);
    CertificateRequest.note(part.csr()).ifPresent(notes::add);
    otherKey(order, part)
        .ifPresent(
            algorithm ->
                notes.add(
                    "keyAlgorithm: the order is for %s now, as the key of the csr, and no longer for %s"
                        .formatted(algorithm, order.terms().keyAlgorithm())));
    return notes;
  }

  /** Why the order cannot take the CSR of this part. */
  private static Optional<VendorError> wrongCsr(Step step, Information part) {
    String pem = part.csr();
    if (pem == null) {
      return Optional.empty();
    }
    Order order = step.order();
    Map<String, String> options = order.terms().options();
    InformationUse taken = step.provider().offer().information();
    if (!taken.csr(options)) {
      return Optional.of(
          NamedOrders.conflict(
              "information.csr: %s makes the key of order %s itself; leave it out"
                  .formatted(order.provider(), order.id())));
    }
    return Targets.needKey(order, order.terms().deliver())
        .or(
            () ->
                problem(pem, order, taken)
                    .map(
                        why ->
                            new VendorError(
                                ErrorClass.FINAL, "Csr.Invalid", "information.csr " + why)));
  }

  /** Why the order has no use for the password of this part. */
  private static Optional<VendorError> wrongPassword(Step step, Information part) {
    Order order = step.order();
    Information merged = order.terms().information().merge(part);
    if (merged.keyPassword() == null) {
      return Optional.empty();
    }
    if (merged.csr() != null) {
      return Optional.of(
          NamedOrders.conflict(
              "information.keyPassword is for the key files that the vendor makes; order %s has a csr, and its key stays with you"
                  .formatted(order.id())));
    }
    return part.keyPassword() == null
            || step.provider()
                .offer()
                .information()
                .takes(Information.Part.KEY_PASSWORD, order.terms().options())
        ? Optional.empty()
        : Optional.of(
            NamedOrders.conflict(
                "information.keyPassword: %s has no use for one; leave it out"
                    .formatted(order.provider())));
  }

  private static Optional<String> problem(String pem, Order order, InformationUse taken) {
    try {
      return CertificateRequest.read(pem)
          .problem(
              order.domain(),
              AlternativeNames.hosts(order.domain(), order.terms().options()),
              taken);
    } catch (CertificateRequest.InvalidRequestException e) {
      return Optional.of(e.why());
    }
  }

  private static Order merged(Order order, Information part) {
    Terms terms = order.terms().withInformation(order.terms().information().merge(part));
    Terms keyed = otherKey(order, part).map(terms::withKeyAlgorithm).orElse(terms);
    Order draft = Checker.unsent(order);
    return draft.with(draft.placement().withTerms(keyed));
  }

  /** The algorithm of the CSR's key, where it is another one than the order's. */
  private static Optional<KeyAlgorithm> otherKey(Order order, Information part) {
    return Optional.ofNullable(part.csr())
        .map(pem -> readable(pem).keyAlgorithm())
        .filter(algorithm -> algorithm != order.terms().keyAlgorithm());
  }

  private static CertificateRequest readable(String pem) {
    try {
      return CertificateRequest.read(pem);
    } catch (CertificateRequest.InvalidRequestException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  private Uni<Entry> send(Step step, Order order) {
    List<String> missing = step.provider().missingInformation(order.application());
    if (!missing.isEmpty()) {
      return Uni.createFrom().item(new Entry(order, missing, false, List.of(), null));
    }
    return steps
        .advance(order, step.deadline())
        .map(
            moved ->
                new Entry(
                    moved,
                    List.of(),
                    moved.error() == null && moved.version() > order.version(),
                    List.of(),
                    moved.error()));
  }
}
