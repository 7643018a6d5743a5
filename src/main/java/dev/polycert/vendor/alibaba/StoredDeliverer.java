package dev.polycert.vendor.alibaba;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Stage;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyForm;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings certificates into use at one product: uploaded to a store once, then by the product's own
 * operation. A renewal takes the place of the certificate before.
 */
public abstract class StoredDeliverer implements Deliverer {
  /** What the options of a target may be. */
  protected abstract OptionRules rules();

  /** Where the product finds certificates. */
  protected abstract CertificateStore store(Map<String, String> options);

  /** Whether the product has the certificate in use. */
  protected abstract Uni<Answer<Boolean>> serves(Place place, CallContext context);

  /** Puts the certificate into use in place of the one before. */
  protected abstract Uni<Answer<Boolean>> serve(Place place, WriteContext context);

  /**
   * A certificate and where it is to be used.
   *
   * @param id of the certificate in the store
   * @param options of the target
   * @param earlier the ids of other certificates that earlier deliveries sent there
   */
  public record Place(String id, Map<String, String> options, Set<String> earlier) {

    /** The value of an option that the target must have. */
    public String option(String name) {
      return options.getOrDefault(name, "");
    }
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    return rules().wrong(options);
  }

  /**
   * Alibaba Cloud's page "Certificate formats" says to convert keys that begin with PRIVATE KEY.
   */
  @Override
  public KeyForm keyForm() {
    return KeyForm.TRADITIONAL_WITH_PARAMETERS;
  }

  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    return deliver(
        Consignment.first(domain, certificate, options, Consignment.Source.NONE, earlier), context);
  }

  @Override
  public Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
    return deliver(consignment, context).map(answer -> answer.map(Stage.Done::new));
  }

  private Uni<Answer<String>> deliver(Consignment consignment, WriteContext context) {
    Map<String, String> options = consignment.options();
    String earlier = consignment.earlier();
    Uploads uploads = new Uploads(store(options));
    return Answer.then(
        uploads.keep(consignment.certificate(), earlier, consignment.sent(), context),
        kept -> {
          String id = kept.value().upload().id();
          return Answer.then(
              served(new Place(id, options, kept.value().before()), context),
              served ->
                  uploads
                      .tidy(kept.value(), earlier, context)
                      .map(tidied -> new Answer.Success<>(id, served.requestId())));
        });
  }

  private Uni<Answer<Boolean>> served(Place place, WriteContext context) {
    return Answer.then(
        serves(place, context), there -> there.value() ? there.now() : serve(place, context));
  }
}
