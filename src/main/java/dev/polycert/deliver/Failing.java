package dev.polycert.deliver;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Collects the failures of several places that get the same certificate, so that no place keeps
 * another from it.
 */
public final class Failing {
  private final Map<Failure, List<String>> namesByFailure = new LinkedHashMap<>();

  /**
   * Brings something to all places in one call. A service may refuse the call because of one place
   * without naming it. Then each half of the places gets a call of its own, until the places that
   * fail alone are found and recorded.
   *
   * @param name gives the name by which people know a place
   * @param call brings it to the given places
   * @param ofAPlace whether one place alone may have caused a failure
   */
  public <P> Uni<Void> bring(
      List<P> places,
      Function<P, String> name,
      Function<List<P>, ? extends Uni<? extends Answer<?>>> call,
      Predicate<Failure> ofAPlace) {
    return call.apply(places)
        .flatMap(
            answer -> {
              if (!(answer instanceof Answer.Failed<?>(Failure failure))) {
                return Uni.createFrom().voidItem();
              }
              if (places.size() == 1 || !ofAPlace.test(failure)) {
                add(places.stream().map(name).toList(), failure);
                return Uni.createFrom().voidItem();
              }
              int half = places.size() / 2;
              return bring(places.subList(0, half), name, call, ofAPlace)
                  .flatMap(
                      first -> bring(places.subList(half, places.size()), name, call, ofAPlace));
            });
  }

  /** Records a failure of places, by the names that people know. */
  public void add(List<String> names, Failure failure) {
    namesByFailure.computeIfAbsent(failure, first -> new ArrayList<>()).addAll(names);
  }

  /** The failure that was recorded first, as it was. */
  public Optional<Failure> first() {
    return namesByFailure.keySet().stream().findFirst();
  }

  /**
   * Combines all failures into one that names the places; empty when there is none. An unclear
   * failure comes first, because it has to be looked up. A lasting one comes last, because the
   * others may pass. Else the first recorded failure comes first.
   *
   * @param forGood whether a refusal lasts however often it is tried
   */
  public Optional<Failure> asOne(Predicate<VendorError> forGood) {
    return namesByFailure.keySet().stream()
        .min(Comparator.comparing(failure -> rank(failure, forGood)))
        .map(this::named);
  }

  private static int rank(Failure failure, Predicate<VendorError> forGood) {
    if (failure instanceof Failure.Unclear) {
      return 0;
    }
    return failure instanceof Failure.Refused(VendorError error) && forGood.test(error) ? 2 : 1;
  }

  private Failure named(Failure first) {
    VendorError error = first.error();
    List<String> texts = new ArrayList<>();
    texts.add(text(first, error.message()));
    namesByFailure.keySet().stream()
        .filter(other -> !other.equals(first))
        .map(other -> text(other, other.error().code() + " " + other.error().message()))
        .forEach(texts::add);
    VendorError named =
        new VendorError(
            error.errorClass(),
            error.code(),
            String.join("; ", texts),
            error.requestId(),
            error.retryAfter());
    return switch (first) {
      case Failure.Unclear unclear -> new Failure.Unclear(named);
      case Failure.Deferred deferred when namesByFailure.size() == 1 -> deferred;
      default -> new Failure.Refused(named);
    };
  }

  private String text(Failure failure, String message) {
    return String.join(", ", namesByFailure.getOrDefault(failure, List.of())) + ": " + message;
  }
}
