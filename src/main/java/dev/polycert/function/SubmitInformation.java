package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.order.Submitting;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Takes organisation and contact data, whole or in parts, for orders that wait for them. */
@ApplicationScoped
public class SubmitInformation implements Operation {
  private final Invocation invocation;
  private final Submitting submitting;

  SubmitInformation(Invocation invocation, Submitting submitting) {
    this.invocation = invocation;
    this.submitting = submitting;
  }

  /** The Lambda function. */
  @Funq("submit-information")
  public Uni<JsonNode> submitInformation(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "submit-information";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/submit-information"));
  }

  @Override
  public Uni<SubmitAnswer> run(JsonNode input, Instant deadline) {
    SubmitRequest request = SubmitRequest.read(input);
    return submitting
        .submit(request.orders(), request.information(), deadline)
        .map(SubmitAnswer::of);
  }
}
