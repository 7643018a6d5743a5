package dev.polycert.vendor.alibaba.cas;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.vendor.alibaba.CertificateStore;
import dev.polycert.vendor.alibaba.OptionRules;
import dev.polycert.vendor.alibaba.StoredDeliverer;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/**
 * Uploads certificates to CAS, for people to choose them from. A renewal is another certificate
 * with an id of its own.
 */
@PerAccount
public class AlibabaCasDeliverer extends StoredDeliverer {
  private final Cas cas;

  AlibabaCasDeliverer(Cas cas) {
    this.cas = cas;
  }

  @Override
  public Service service() {
    return cas.service();
  }

  @Override
  protected OptionRules rules() {
    return OptionRules.none();
  }

  @Override
  protected CertificateStore store(Map<String, String> options) {
    return cas;
  }

  @Override
  protected Uni<Answer<Boolean>> serves(Place place, CallContext context) {
    return Answer.of(true).now();
  }

  @Override
  protected Uni<Answer<Boolean>> serve(Place place, WriteContext context) {
    return Answer.of(true).now();
  }
}
