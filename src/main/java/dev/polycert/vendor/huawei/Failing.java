package dev.polycert.vendor.huawei;

import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the failures among several resources that get the same certificate, so that one failure
 * does not stop the others.
 */
public final class Failing {
  private final Map<Failure, List<String>> namesByFailure = new LinkedHashMap<>();

  /** Notes a failure of these resources, under the names that people know. */
  public void add(List<String> names, Failure failure) {
    namesByFailure.computeIfAbsent(failure, first -> new ArrayList<>()).addAll(names);
  }

  /**
   * All failures as one that names the resources; empty without failures. One that is unclear comes
   * first, because it has to be looked up, and then what was noted first.
   */
  public Optional<Failure> asOne() {
    return namesByFailure.keySet().stream()
        .filter(it -> it instanceof Failure.Unclear)
        .findFirst()
        .or(() -> namesByFailure.keySet().stream().findFirst())
        .map(this::named);
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
