package dev.polycert.deliver;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A deliverer that needs several steps, or needs to know whose certificate it is. */
public interface StepwiseDeliverer extends Deliverer {

  @Override
  Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context);

  /** Takes the first step. Reports the delivery as pending if that step does not finish it. */
  @Override
  default Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    Consignment first =
        Consignment.first(domain, certificate, options, Consignment.Source.NONE, earlier);
    return advance(first, context)
        .map(
            answer ->
                answer.then(
                    step ->
                        switch (step.value()) {
                          case Stage.Done(var place) ->
                              new Answer.Success<>(place, step.requestId());
                          case Stage.UnderWay(var state, var again) ->
                              Answer.refused(
                                  new VendorError(
                                      ErrorClass.PENDING,
                                      "Deliver.UnderWay",
                                      "not done yet: " + state,
                                      step.requestId(),
                                      again));
                        }));
  }
}
