package dev.polycert.function;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A provider that is described and has no operations. */
record FakeProvider(Service service, Offer offer) implements CertificateProvider {

  static FakeProvider configured(String id, ValidationMethod... validations) {
    return new FakeProvider(service(id, List.of()), offer(id, validations));
  }

  static FakeProvider without(String variable, String id) {
    return new FakeProvider(service(id, List.of(variable)), offer(id, ValidationMethod.DNS));
  }

  private static Service service(String id, List<String> missing) {
    Descriptor descriptor =
        Descriptor.of(id, id).option("siteId", "the site").option("apiPassword", "for tests");
    return new Service(descriptor, new Account("default", missing));
  }

  private static Offer offer(String id, ValidationMethod... validations) {
    return new Offer(
            Set.of(validations),
            Set.of(KeyAlgorithm.RSA_2048),
            id.startsWith("alibaba") ? Set.of(Capability.DEPLOY, Capability.DISCOVER) : Set.of(),
            "",
            "",
            Duration.ofHours(72))
        .with(
            id.startsWith("tencent")
                ? new InformationUse(Set.of(Information.Part.values()), null, false)
                : InformationUse.NONE);
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
