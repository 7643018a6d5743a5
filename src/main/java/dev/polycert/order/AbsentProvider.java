package dev.polycert.order;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;

/**
 * Stands for the provider of an order that this build no longer contains. Such an order can be read
 * and ends at its deadline, but its vendor cannot be asked about it.
 */
public record AbsentProvider(String id) implements CertificateProvider {

  /** The code of {@link #error}. */
  public static final String CODE = "Provider.Absent";

  /** Why the vendor cannot be asked. */
  public VendorError error() {
    return new VendorError(ErrorClass.CREDENTIALS, CODE, reason());
  }

  String reason() {
    return NamedAccount.gone("provider", id);
  }

  @Override
  public Service service() {
    return Service.of(Descriptor.of(id, id));
  }

  @Override
  public Offer offer() {
    return new Offer(Set.of(), Set.of(), Set.of(), "", "", Duration.ofHours(72));
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return Answer.<Preparation>refused(error()).now();
  }

  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    return refused();
  }

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    return refused();
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return refused();
  }

  @Override
  public Uni<Answer<CertificateBundle>> export(
      Application application, boolean includePrivateKey, CallContext context) {
    return Answer.<CertificateBundle>refused(error()).now();
  }

  private Uni<Answer<Progress>> refused() {
    return Answer.<Progress>refused(error()).now();
  }
}
