package dev.polycert.function;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.OrderId;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Information;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Registers types of others that answers contain for reflection in the native build. */
@RegisterForReflection(
    targets = {
      CertificateFacts.class,
      Deployment.class,
      DomainName.class,
      Finding.class,
      Finding.Seen.class,
      HistoryEntry.class,
      Information.class,
      Information.Organization.class,
      Information.Person.class,
      OrderId.class,
      Plan.class,
      Reference.class,
      Validation.class
    },
    // The Lambda runtime of Quarkus writes it for an event that fails, and does not register it.
    classNames = "io.quarkus.amazon.lambda.runtime.FunctionError")
final class AnswerTypes {

  private AnswerTypes() {}
}
