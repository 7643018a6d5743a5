package dev.polycert.function;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ServedAddress;
import dev.polycert.order.HistoryEntry;
import dev.polycert.order.OrderId;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Information;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Registers types of others for reflection in the native build: those that answers contain, and
 * those that the Lambda runtime of Quarkus reads and writes and does not register whole.
 */
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
      ServedAddress.Status.class,
      Validation.class
    },
    classNames = {
      "io.quarkus.amazon.lambda.runtime.ClientContextImpl",
      "io.quarkus.amazon.lambda.runtime.ClientImpl",
      // What is reported of an event that fails.
      "io.quarkus.amazon.lambda.runtime.FunctionError"
    })
final class AnswerTypes {

  private AnswerTypes() {}
}
