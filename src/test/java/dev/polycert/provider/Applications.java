package dev.polycert.provider;

import dev.polycert.domain.DomainName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes applications for tests, one change at a time. */
public record Applications(Application application) {

  public static Applications forDomain(String domain) {
    Terms terms =
        new Terms(ValidationMethod.DNS, KeyAlgorithm.RSA_2048, Map.of(), Information.none());
    return new Applications(
        new Application(DomainName.ofHost(domain), terms, Map.of(), null, List.of(), null, null));
  }

  public Applications option(String name, String value) {
    Map<String, String> options = new HashMap<>(application.terms().options());
    options.put(name, value);
    Terms old = application.terms();
    return terms(new Terms(old.validation(), old.keyAlgorithm(), options, old.information()));
  }

  public Applications information(Information information) {
    return terms(application.terms().withInformation(information));
  }

  public Applications validation(ValidationMethod method) {
    Terms old = application.terms();
    return terms(new Terms(method, old.keyAlgorithm(), old.options(), old.information()));
  }

  public Applications key(KeyAlgorithm algorithm) {
    Terms old = application.terms();
    return terms(new Terms(old.validation(), algorithm, old.options(), old.information()));
  }

  public Applications terms(Terms terms) {
    return with(terms, application.plan(), application.reference(), application.renewalOf());
  }

  public Applications plan(Map<String, String> plan) {
    return with(application.terms(), plan, application.reference(), application.renewalOf());
  }

  public Applications reference(@Nullable Reference reference) {
    return with(application.terms(), application.plan(), reference, application.renewalOf());
  }

  public Applications renewalOf(Reference old) {
    return with(application.terms(), application.plan(), application.reference(), old);
  }

  private Applications with(
      Terms terms,
      Map<String, String> plan,
      @Nullable Reference reference,
      @Nullable Reference renewalOf) {
    Instant appliedAt = application.appliedAt();
    return new Applications(
        new Application(
            application.domain(), terms, plan, reference, List.of(), appliedAt, renewalOf));
  }
}
