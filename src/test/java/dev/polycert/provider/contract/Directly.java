package dev.polycert.provider.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One who uses the vendor beside Polycert, so that its order book knows nothing of it. */
final class Directly {
  private final CertificateProvider provider;
  private final Clock clock;

  Directly(CertificateProvider provider, Clock clock) {
    this.provider = provider;
    this.clock = clock;
  }

  /** Applies and publishes until the certificate is issued. */
  Progress issued(String domain, Caller caller) {
    Application bare = application(domain, Map.of(), null, List.of(), null);
    Plan plan = Awaiting.await(Preparation.Ready.class, provider.prepare(bare, context())).plan();
    Reference candidate = plan.candidates().isEmpty() ? null : plan.candidates().getFirst();
    Instant now = clock.instant();
    Progress begun = placed(application(domain, plan.settings(), candidate, List.of(), now));
    Progress placed =
        begun.phase() == Phase.PLACING
            ? placed(application(domain, plan.settings(), begun.reference(), List.of(), now))
            : begun;
    Application applied =
        application(domain, plan.settings(), placed.reference(), placed.validations(), now);
    List<Validation> validations =
        placed.validations().isEmpty()
            ? progress(provider.check(applied, context())).validations()
            : placed.validations();
    JsonNode told = Caller.JSON.valueToTree(validations);
    caller.publish(told);
    Application shown = application(domain, plan.settings(), placed.reference(), validations, now);
    return progress(provider.check(shown, context()));
  }

  private Progress placed(Application application) {
    return progress(provider.place(application, context()));
  }

  private WriteContext context() {
    return new WriteContext(
        clock.instant().plusSeconds(20), new Object(), operation -> Uni.createFrom().voidItem());
  }

  private static Application application(
      String domain,
      Map<String, String> plan,
      @Nullable Reference reference,
      List<Validation> validations,
      @Nullable Instant appliedAt) {
    Information.Person administrator =
        new Information.Person("Li.Ming", null, null, "13800000000", "admin@example.com", null);
    Information information = new Information(null, administrator, null, null, true);
    Terms terms = new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, Map.of(), information);
    return new Application(
        DomainName.parse(domain), terms, plan, reference, validations, appliedAt, null);
  }

  private static Progress progress(Uni<Answer<Progress>> step) {
    return Awaiting.value(step);
  }
}
