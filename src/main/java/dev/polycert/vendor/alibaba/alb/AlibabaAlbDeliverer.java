package dev.polycert.vendor.alibaba.alb;

import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.THROTTLED;
import static dev.polycert.call.JsonEnvelope.first;
import static dev.polycert.vendor.alibaba.OptionRules.EXTENSION;
import static dev.polycert.vendor.alibaba.OptionRules.REGION;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.vendor.alibaba.AlibabaEnvelope;
import dev.polycert.vendor.alibaba.CertificateStore;
import dev.polycert.vendor.alibaba.OptionRules;
import dev.polycert.vendor.alibaba.RpcProduct;
import dev.polycert.vendor.alibaba.StoredDeliverer;
import dev.polycert.vendor.alibaba.cas.Cas;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has a listener of ALB serve a certificate of CAS, API 2020-06-16: as its default certificate, or
 * beside it for the certificate's own names. A change of a listener takes effect seconds later;
 * until then the listener takes no other change.
 */
@PerAccount
public class AlibabaAlbDeliverer extends StoredDeliverer {
  private static final String LISTENER = "listenerId";
  private static final OptionRules RULES =
      OptionRules.none()
          .region()
          .must(LISTENER, "lsn-[A-Za-z0-9]{1,60}", "the id of a listener, lsn-… for example")
          .extension();
  private static final Descriptor SERVICE =
      RpcProduct.described(
              "alibaba-alb",
              "a listener of Alibaba Cloud's Application Load Balancer (ALB); a renewal replaces"
                  + " the certificate before it")
          .required(REGION, "the region of the load balancer, cn-hangzhou for example")
          .required(LISTENER, "the listener for HTTPS or QUIC, lsn-… for example")
          .option(
              EXTENSION,
              "the domain name that gets the certificate beside the listener's default one; the"
                  + " certificate becomes the default one when not given");

  static final ErrorTable ERRORS =
      AlibabaEnvelope.commonErrors()
          // The listener is still at work on the change before: nothing took effect.
          .put(THROTTLED, "IncorrectStatus.*", "SystemBusy", "Conflict.Lock")
          .put(QUOTA, "QuotaExceeded.*")
          .put(FINAL, "ResourceNotFound.*", "ResourceAlreadyAssociated.*", "Mismatch*")
          .build();

  /** More than a listener has room for. */
  private static final String MOST = "100";

  private final RpcProduct product;
  private final Cas cas;

  @Inject
  AlibabaAlbDeliverer(RpcProduct.Factory products, Cas cas) {
    product =
        products.product(
            SERVICE, "2020-06-16", ERRORS, region -> "https://alb." + region + ".aliyuncs.com");
    this.cas = cas;
  }

  /**
   * A certificate of a listener.
   *
   * @param leaving whether it is being removed
   */
  private record There(String id, boolean byDefault, boolean leaving) {}

  @Override
  public Service service() {
    return product.service();
  }

  @Override
  protected OptionRules rules() {
    return RULES;
  }

  @Override
  public Optional<String> place() {
    return Optional.of(EXTENSION);
  }

  @Override
  protected CertificateStore store(Map<String, String> options) {
    return cas;
  }

  @Override
  protected Uni<Answer<Boolean>> serves(Place place, CallContext context) {
    return certificates(place, context)
        .map(
            answer ->
                answer.map(
                    all ->
                        has(all, place)
                            && (!isAdditional(place) || earlier(all, place).isEmpty())));
  }

  private static boolean isAdditional(Place place) {
    return !place.option(EXTENSION).isEmpty();
  }

  private static boolean has(List<There> all, Place place) {
    return all.stream()
        .filter(one -> isAdditional(place) || one.byDefault())
        .anyMatch(one -> one.id().equals(place.id()) && !one.leaving());
  }

  /** The default certificate is never an additional one. */
  private static List<String> earlier(List<There> all, Place place) {
    return all.stream()
        .filter(one -> !one.byDefault() && !one.leaving())
        .map(There::id)
        .filter(place.earlier()::contains)
        .toList();
  }

  private Uni<Answer<List<There>>> certificates(Place place, CallContext context) {
    return alb(place)
        .read(
            "ListListenerCertificates",
            Map.of("ListenerId", place.option(LISTENER), "MaxResults", MOST),
            context,
            root -> {
              JsonNode items = root.path("Certificates");
              return items.isArray()
                  ? Optional.of(items.valueStream().map(AlibabaAlbDeliverer::there).toList())
                  : Optional.empty();
            },
            "Certificates");
  }

  private RpcProduct.Regional alb(Place place) {
    return product.in(place.option(REGION));
  }

  private static There there(JsonNode item) {
    String status = first(item, "Status");
    return new There(
        item.path("CertificateId").asText().strip(),
        item.path("IsDefault").asBoolean(),
        // The vendor spells it Diassociating.
        status != null && status.startsWith("Dis") || "Diassociating".equals(status));
  }

  @Override
  protected Uni<Answer<Boolean>> serve(Place place, WriteContext context) {
    return isAdditional(place)
        ? Answer.then(
            certificates(place, context),
            listed ->
                Answer.then(
                    has(listed.value(), place)
                        ? Answer.of(true).now()
                        : change(
                            "AssociateAdditionalCertificatesWithListener",
                            place.id(),
                            place,
                            context),
                    there -> dissociate(earlier(listed.value(), place), place, context)))
        : change("UpdateListenerAttribute", place.id(), place, context);
  }

  private Uni<Answer<Boolean>> dissociate(
      List<String> certificates, Place place, WriteContext context) {
    return certificates.isEmpty()
        ? Answer.of(true).now()
        : Answer.then(
            change(
                "DissociateAdditionalCertificatesFromListener",
                certificates.getFirst(),
                place,
                context),
            gone -> dissociate(certificates.subList(1, certificates.size()), place, context));
  }

  private Uni<Answer<Boolean>> change(
      String operation, String certificate, Place place, WriteContext context) {
    return alb(place)
        .write(
            operation,
            Map.of(
                "ListenerId", place.option(LISTENER), "Certificates.1.CertificateId", certificate),
            context);
  }
}
