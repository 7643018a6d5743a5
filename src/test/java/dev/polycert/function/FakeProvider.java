package dev.polycert.function;

import dev.polycert.call.CallContext;
import dev.polycert.call.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A provider with a descriptor and no operations. */
record FakeProvider(Descriptor descriptor, Account account) implements CertificateProvider {

  static FakeProvider configured(String id, ValidationMethod... validations) {
    return new FakeProvider(descriptor(id, validations), new Account("default", List.of()));
  }

  static FakeProvider without(String variable, String id) {
    return new FakeProvider(
        descriptor(id, ValidationMethod.DNS), new Account("default", List.of(variable)));
  }

  private static Descriptor descriptor(String id, ValidationMethod... validations) {
    return new Descriptor(
        id,
        id,
        Set.of(validations),
        Set.of(KeyAlgorithm.RSA_2048),
        Map.of("siteId", "the site", "apiPassword", "for tests"),
        List.of(),
        id.startsWith("alibaba") ? Set.of(Capability.DEPLOY, Capability.DISCOVER) : Set.of(),
        "",
        "",
        Map.of(),
        Duration.ofHours(72));
  }

  @Override
  public Map<String, String> deployOptions() {
    return Map.of("hosts", "where to");
  }

  @Override
  public Uni<Outcome> prepare(Application application, CallContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Outcome> place(Application application, CallContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Outcome> find(Application application, CallContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Outcome> check(Application application, CallContext context) {
    throw new UnsupportedOperationException();
  }
}
