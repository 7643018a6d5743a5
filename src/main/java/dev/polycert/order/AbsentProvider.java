package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Descriptor;
import dev.polycert.provider.Outcome;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stands for a provider that there was when an order was made, and is not in this build: nothing
 * can be asked about the order, which is still to be read, looked at in its turn, and ended in
 * time.
 */
record AbsentProvider(String id) implements CertificateProvider {

  /** Why nothing can be asked. */
  VendorError error() {
    return new VendorError(
        ErrorClass.CREDENTIALS, "Provider.Absent", "there is no provider " + id + " any more");
  }

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        id,
        id,
        Set.of(),
        Set.of(),
        Map.of(),
        List.of(),
        Set.of(),
        "",
        "",
        Map.of(),
        Duration.ofHours(72));
  }

  @Override
  public Account account() {
    return new Account(id, List.of());
  }

  @Override
  public Uni<Outcome> prepare(Application application, CallContext context) {
    return refused();
  }

  @Override
  public Uni<Outcome> place(Application application, CallContext context) {
    return refused();
  }

  @Override
  public Uni<Outcome> find(Application application, CallContext context) {
    return refused();
  }

  @Override
  public Uni<Outcome> check(Application application, CallContext context) {
    return refused();
  }

  private Uni<Outcome> refused() {
    return Uni.createFrom().item(new Outcome.Refused(error()));
  }
}
