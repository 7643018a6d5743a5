package dev.polycert.function;

import dev.polycert.call.Answer;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
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
record FakeProvider(Service service, Offer offer) implements CertificateProvider {

  static FakeProvider configured(String id, ValidationMethod... validations) {
    return fake(id, List.of(), validations);
  }

  static FakeProvider without(String variable, String id) {
    return fake(id, List.of(variable), ValidationMethod.DNS);
  }

  private static FakeProvider fake(
      String id, List<String> missing, ValidationMethod... validations) {
    Descriptor descriptor =
        Descriptor.of(id, id).option("siteId", "the site").option("apiPassword", "for tests");
    Offer offer =
        new Offer(
            Set.of(validations),
            Set.of(KeyAlgorithm.RSA_2048),
            id.startsWith("alibaba") ? Set.of(Capability.DEPLOY, Capability.DISCOVER) : Set.of(),
            "",
            "",
            Duration.ofHours(72));
    return new FakeProvider(new Service(descriptor, new Account("default", missing)), offer);
  }

  @Override
  public Map<String, String> deployOptions() {
    return Map.of("hosts", "where to");
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    throw new UnsupportedOperationException();
  }
}
