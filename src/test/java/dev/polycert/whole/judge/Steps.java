package dev.polycert.whole.judge;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;

import dev.polycert.call.Answer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.Information;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import java.time.Instant;
import java.util.HashMap;
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

  /** The application once the provider has reported what it needs. */
  Application planned(Application application) {
    Preparation.Ready ready = (Preparation.Ready) prepare(application);
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

  Object prepare(Application application) {
    return await(Object.class, provider.prepare(application, context()));
  }

  Progress place(Application application) {
    return (Progress) tried(application);
  }

  /** Places an application that may come to nothing. */
  Object tried(Application application) {
    return await(Object.class, provider.place(application, context()));
  }

  Object check(Application application) {
    return await(Object.class, provider.check(application, context()));
  }

  Progress submit(Application application) {
    return (Progress) await(Object.class, provider.submit(application, context()));
  }

  Object find(Application application) {
    return await(Object.class, provider.find(application, context()));
  }

  /** Places an application: as it is once it was shown what is to be published. */
  Application applied(Application application) {
    Application planned = planned(application);
    Progress placed = place(planned);
    Application unseen = with(planned, placed.reference());
    return placed.validations().isEmpty()
        ? shown(unseen, ((Progress) check(unseen)).validations())
        : shown(unseen, placed.validations());
  }

  /** Places an application and publishes what the vendor waits for, until it is issued. */
  Application issued(Application application, Emulation sandbox) {
    Application applied = applied(application);
    sandbox.publish(applied.validations().stream().limit(1).toList());
    OutcomeTests.standing(check(applied), Phase.ISSUED);
    return applied;
  }

  private static Application shown(Application application, List<Validation> validations) {
    return new Application(
        application.domain(),
        application.terms(),
        application.plan(),
        application.reference(),
        validations,
        application.appliedAt(),
        null);
  }

  Object cancel(Application application) {
    return await(Object.class, provider.cancel(application, context()));
  }

  Object delete(Application application) {
    return await(Object.class, provider.delete(application, context()));
  }

  Object revoke(Application application) {
    return await(
        Object.class, provider.revoke(application, RevocationReason.KEY_COMPROMISE, context()));
  }

  Answer<CertificateBundle> export(Application application, boolean includePrivateKey) {
    return await(provider.export(application, includePrivateKey, context()));
  }

  Answer<Deployment> deploy(Application application, Map<String, String> target) {
    return await(provider.deploy(application, target, context()));
  }

  /** All that the account has, by what the vendor calls it. */
  Map<Reference, Inventory.Item> inventory() {
    Map<Reference, Inventory.Item> items = new HashMap<>();
    String cursor = null;
    do {
      Inventory page = OutcomeTests.value(await(provider.list(cursor, context())));
      page.items().forEach(item -> items.put(item.reference(), item));
      cursor = page.next();
    } while (cursor != null);
    return items;
  }
}
