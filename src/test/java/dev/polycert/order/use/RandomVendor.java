package dev.polycert.order.use;

import static dev.polycert.order.VendorAnswers.absent;

import dev.polycert.call.Answer;
import dev.polycert.order.Order;
import dev.polycert.order.OrderConfig;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A vendor with a ledger of its own, which outlives the processes that talk to it. It notes what
 * the law forbids. The first letter of a domain says what its applications are like: {@code
 * i}nformation is wanted, an {@code a}pplication exists in advance, {@code t}wo writes place it, a
 * {@code s}lot is taken from a stock, {@code p}lain.
 */
final class RandomVendor {
  /** Less than what a look-up waits for, see {@link OrderConfig#settle}. */
  private static final Duration LAG = Duration.ofSeconds(100);

  private static final Map<Character, Integer> LIFETIME_DAYS =
      Map.of('i', 90, 'a', 64, 't', 45, 's', 6, 'p', 90);

  final String id;
  final List<String> wrongs = new ArrayList<>();
  private final List<VendorEntry> entries = new ArrayList<>();
  private final Map<String, Queue<Weather>> weather = new HashMap<>();

  /** The orders of which a write was sent whose answer nobody has read, and nobody looked since. */
  private final Set<OrderId> unread = new HashSet<>();

  private final Supplier<Instant> clock;
  private Optional<String> endable = Optional.empty();
  private List<Weather> forecast = List.of();

  RandomVendor(String id, Supplier<Instant> clock) {
    this.id = id;
    this.clock = clock;
  }

  /** How the next calls for each domain go; fair after that. */
  synchronized void forecast(List<Weather> next) {
    forecast = next;
    weather.clear();
  }

  synchronized Weather next(String domain) {
    Weather next = weather.computeIfAbsent(domain, name -> new ArrayDeque<>(forecast)).poll();
    return next == null ? Weather.FAIR : next;
  }

  /** Which application a person ends just now. */
  synchronized void mayEnd(Optional<Reference> reference) {
    endable = reference.map(Reference::key);
  }

  synchronized Optional<VendorEntry> entry(Optional<Reference> reference) {
    return entries.stream()
        .filter(entry -> reference.filter(entry.reference()::equals).isPresent())
        .reduce((first, second) -> second);
  }

  synchronized int applications() {
    return entries.size();
  }

  // --- reads ---

  synchronized Optional<VendorEntry> adoptable(Application application) {
    return application.domain().ascii().startsWith("a")
        ? newest(application).filter(VendorEntry::open)
        : Optional.empty();
  }

  /** The slots that the vendor's lists show as free. */
  synchronized List<String> freeSlots(Application application) {
    if (!application.domain().ascii().startsWith("s")) {
      return List.of();
    }
    return List.of("slot1", "slot2", "slot3").stream()
        .filter(
            slot ->
                entries.stream()
                    .noneMatch(entry -> entry.id.equals(slot) && taken(entry) && visible(entry)))
        .toList();
  }

  private boolean taken(VendorEntry entry) {
    return entry.open() || entry.live(clock.get());
  }

  private boolean visible(VendorEntry entry) {
    return !clock.get().isBefore(entry.visibleFrom);
  }

  /** Looks an application up as lists do: by the name, what came since this order was sent. */
  synchronized Answer<Progress> find(Order order, Application application) {
    Instant since = application.appliedAt();
    Optional<VendorEntry> found =
        newest(application)
            .filter(entry -> since != null && !entry.createdAt.isBefore(since))
            .filter(this::visible);
    unread.remove(order.id());
    if (found
        .filter(entry -> entry.generation != order.generation() && entry.createdAt.isAfter(since))
        .isPresent()) {
      wrongs.add("took the application of another generation: " + order);
    }
    return found.map(entry -> entry.told(entry.phase)).orElseGet(() -> absent("req"));
  }

  private Optional<VendorEntry> newest(Application application) {
    return entries.stream()
        .filter(entry -> entry.domain.equals(application.domain().ascii()))
        .reduce((first, second) -> second);
  }

  // --- writes ---

  /** An application is sent; the order as it is in the book must say so. */
  synchronized void sent(Order order) {
    if (order.intent() == null || order.state() != OrderState.APPLYING) {
      wrongs.add("sent without an intent on record: " + order);
    }
    if (!unread.add(order.id())) {
      wrongs.add("sent again before anybody looked: " + order);
    }
  }

  synchronized void answered(Order order) {
    unread.remove(order.id());
  }

  /** An application takes effect. */
  synchronized Answer<Progress> take(Order order, Application application, boolean late) {
    Instant now = clock.get();
    String domain = application.domain().ascii();
    Optional<VendorEntry> bought =
        entry(Optional.ofNullable(application.reference()))
            .filter(entry -> entry.phase == Phase.PLACING);
    if (bought.isPresent()) {
      bought.get().phase = Phase.APPLYING;
      return bought.get().told(Phase.APPLYING);
    }
    if (entries.stream()
        .anyMatch(entry -> entry.domain.equals(domain) && entry.generation == order.generation())) {
      wrongs.add("applied for twice: " + order);
    }
    Optional<String> slot =
        Optional.ofNullable(application.reference()).map(it -> it.ids().get("certificateId"));
    if (slot.isPresent()
        && entries.stream().anyMatch(entry -> entry.id.equals(slot.get()) && taken(entry))) {
      wrongs.add("a slot was used by two: " + order);
    }
    Phase phase = domain.startsWith("t") ? Phase.PLACING : Phase.APPLYING;
    String entryId = slot.orElse("c" + entries.size());
    VendorEntry entry =
        new VendorEntry(
            entryId, domain, order.generation(), now, late ? now.plus(LAG) : now, phase);
    entries.add(entry);
    return entry.told(phase);
  }

  synchronized Answer<Progress> end(Application application, Phase as) {
    Reference reference = application.requireReference();
    if (!endable.equals(Optional.of(reference.key()))) {
      wrongs.add("ended without anybody's wish: " + reference);
    }
    return entry(Optional.of(reference))
        .map(
            entry -> {
              if (entry.open() || entry.phase == Phase.ISSUED) {
                entry.phase = as;
              }
              return entry.told(entry.phase);
            })
        .orElseGet(() -> absent("req"));
  }

  /** Works on an application, the further the more often it is asked. */
  synchronized Answer<Progress> check(Application application, Weather weather) {
    Optional<VendorEntry> found = entry(Optional.ofNullable(application.reference()));
    if (found.isEmpty()) {
      return absent("req");
    }
    VendorEntry entry = found.get();
    boolean informed = application.terms().information().csr() != null;
    if (weather == Weather.ENDED && (entry.open() || entry.phase == Phase.ISSUED)) {
      entry.phase = entry.open() ? Phase.FAILED : Phase.REVOKED;
    } else if (entry.phase == Phase.APPLYING) {
      entry.phase =
          entry.domain.startsWith("i") && !informed
              ? Phase.PENDING_INFORMATION
              : Phase.PENDING_VALIDATION;
    } else if (entry.phase == Phase.PENDING_VALIDATION && weather != Weather.PENDING) {
      issue(entry);
    } else if (entry.phase == Phase.ISSUED && !entry.live(clock.get())) {
      entry.phase = Phase.EXPIRED;
    }
    return entry.told(weather == Weather.STRANGE ? Phase.UNKNOWN : entry.phase);
  }

  private void issue(VendorEntry entry) {
    entry.phase = Phase.ISSUED;
    entry.notBefore = clock.get();
    entry.notAfter = clock.get().plus(Duration.ofDays(LIFETIME_DAYS.get(entry.domain.charAt(0))));
  }

  synchronized Answer<Progress> submit(Application application) {
    Optional<VendorEntry> found = entry(Optional.ofNullable(application.reference()));
    found
        .filter(entry -> entry.phase == Phase.PENDING_INFORMATION)
        .ifPresent(entry -> entry.phase = Phase.PENDING_VALIDATION);
    return found.map(entry -> entry.told(entry.phase)).orElseGet(() -> absent("req"));
  }
}
