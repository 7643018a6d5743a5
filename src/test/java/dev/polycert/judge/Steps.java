package dev.polycert.judge;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.CallContext;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Outcome;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The steps of an order at a provider of ours, one after the other. */
record Steps(CertificateProvider provider) {

  static Application application(String domain, Map<String, String> options) {
    return application(domain, options, Information.none());
  }

  static Application application(
      String domain, Map<String, String> options, Information information) {
    Terms terms = new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, options, information);
    return new Application(DomainName.parse(domain), terms, Map.of(), null, List.of(), null, null);
  }

  /** The application as it is once the provider has told what it needs. */
  Application planned(Application application) {
    Outcome.Ready ready = (Outcome.Ready) prepare(application);
    Reference reserved =
        ready.plan().candidates().isEmpty() ? null : ready.plan().candidates().getFirst();
    return new Application(
        application.domain(),
        application.terms(),
        ready.plan().settings(),
        reserved,
        List.of(),
        Instant.now(),
        null);
  }

  static Application with(Application application, Reference reference) {
    return new Application(
        application.domain(),
        application.terms(),
        application.plan(),
        reference,
        application.validations(),
        Instant.now(),
        null);
  }

  Outcome prepare(Application application) {
    return done(provider.prepare(application, context()));
  }

  Outcome.Progress place(Application application) {
    return (Outcome.Progress) done(provider.place(application, context()));
  }

  Outcome check(Application application) {
    return done(provider.check(application, context()));
  }

  Outcome.Progress submit(Application application) {
    return (Outcome.Progress) done(provider.submit(application, context()));
  }

  Outcome find(Application application) {
    return done(provider.find(application, context()));
  }

  private static Outcome done(Uni<Outcome> step) {
    return step.await().atMost(Duration.ofSeconds(30));
  }

  private static CallContext context() {
    return new CallContext(Instant.now().plusSeconds(25), operation -> Uni.createFrom().voidItem());
  }
}
