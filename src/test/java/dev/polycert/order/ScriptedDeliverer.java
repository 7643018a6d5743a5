package dev.polycert.order;

import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Intents;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Stage;
import dev.polycert.deliver.StepwiseDeliverer;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.Terms;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Delivers to a shelf, unless a test says otherwise. */
public class ScriptedDeliverer implements StepwiseDeliverer {
  /** What each delivery was to replace. */
  public final List<String> delivered = new ArrayList<>();

  /** The answers of the next steps; when there is none left, it is delivered. */
  public final Deque<Answer<Stage>> stages = new ArrayDeque<>();

  /** The input of each step. */
  public final List<Consignment> told = new ArrayList<>();

  public @Nullable VendorError refusal;
  public KeyForm keyForm = KeyForm.AS_GIVEN;
  public Runnable beforeDelivery = () -> {};

  /** What happens elsewhere while a delivery is on its way. */
  public Supplier<Uni<?>> meanwhile = () -> Uni.createFrom().voidItem();

  private final String id;

  public ScriptedDeliverer() {
    this("shelf");
  }

  public ScriptedDeliverer(String id) {
    this.id = id;
  }

  @Override
  public Service service() {
    return Service.of(Descriptor.of(id, id).option("row", "which row"));
  }

  @Override
  public KeyForm keyForm() {
    return keyForm;
  }

  @Override
  public boolean refusesForGood(VendorError error) {
    return error.code().equals("ForGood");
  }

  @Override
  public Optional<String> warning(Terms before, Terms after) {
    return before.keyAlgorithm() == after.keyAlgorithm()
        ? Optional.empty()
        : Optional.of(id + ": keeps the kind of key");
  }

  @Override
  public Optional<String> place() {
    return Optional.of("row");
  }

  @Override
  public Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
    told.add(consignment);
    beforeDelivery.run();
    return Intents.intend(context, "Put")
        .flatMap(intended -> meanwhile.get())
        .map(over -> stages.isEmpty() ? put(consignment.earlier()) : stages.removeFirst());
  }

  private Answer<Stage> put(@Nullable String earlier) {
    VendorError error = refusal;
    if (error != null) {
      return Answer.refused(error);
    }
    delivered.add(String.valueOf(earlier));
    return Answer.of(new Stage.Done("shelf-" + delivered.size()));
  }
}
