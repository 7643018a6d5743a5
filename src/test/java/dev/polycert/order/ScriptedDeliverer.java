package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Delivers to a shelf, unless a test says otherwise. */
final class ScriptedDeliverer implements Deliverer {
  /** What each delivery was told to take the place of. */
  final List<String> delivered = new ArrayList<>();

  @Nullable VendorError refusal;
  Runnable beforeDelivery = () -> {};

  /** What happens elsewhere while a delivery is on its way. */
  Supplier<Uni<?>> meanwhile = () -> Uni.createFrom().voidItem();

  private final String id;

  ScriptedDeliverer() {
    this("shelf");
  }

  ScriptedDeliverer(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Optional<String> place() {
    return Optional.of("row");
  }

  @Override
  public Map<String, String> options() {
    return Map.of("row", "which row");
  }

  @Override
  public List<String> missing() {
    return List.of();
  }

  @Override
  public Uni<Result<String>> deliver(
      DomainName domain,
      Export certificate,
      Map<String, String> options,
      @Nullable String earlier,
      CallContext context) {
    beforeDelivery.run();
    return meanwhile.get().map(over -> put(earlier));
  }

  private Result<String> put(@Nullable String earlier) {
    VendorError error = refusal;
    if (error != null) {
      return new Result.Failed<>(new Outcome.Refused(error));
    }
    delivered.add(String.valueOf(earlier));
    return new Result.Value<>("shelf-" + delivered.size(), null);
  }
}
