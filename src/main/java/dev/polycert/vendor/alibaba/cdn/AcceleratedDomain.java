package dev.polycert.vendor.alibaba.cdn;

import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.THROTTLED;
import static dev.polycert.call.JsonEnvelope.first;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.vendor.alibaba.AlibabaEnvelope;
import dev.polycert.vendor.alibaba.CertificateStore;
import dev.polycert.vendor.alibaba.OptionRules;
import dev.polycert.vendor.alibaba.RpcProduct;
import dev.polycert.vendor.alibaba.StoredDeliverer;
import dev.polycert.vendor.alibaba.cas.Cas;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/**
 * Has an accelerated domain name served with a certificate of CAS. CDN and DCDN do the same under
 * names of their own.
 */
abstract class AcceleratedDomain extends StoredDeliverer {
  private static final String DOMAIN = "domainName";

  static final ErrorTable ERRORS =
      AlibabaEnvelope.commonErrors()
          // "The service is busy": nothing took effect.
          .put(THROTTLED, "ServiceBusy")
          .put(FINAL, "SSLPub.*", "SSLPri.*", "CertName.*", "Certificate.*", "IllegalOperation")
          .build();

  private static final OptionRules RULES =
      OptionRules.none()
          .must(
              DOMAIN,
              "(\\.|_wildcard\\.)?([a-z0-9-]{1,63}\\.)+[a-z0-9-]{1,63}",
              "an accelerated domain name, www.example.com for example, or .example.com where it"
                  + " has a wildcard");

  /**
   * One of the two products.
   *
   * @param look the operation that shows the certificate of a domain name
   * @param set the operation that sets it
   */
  record Product(RpcProduct rpc, Cas cas, String look, String set) {

    RpcProduct.Regional everywhere() {
      return rpc.in("everywhere");
    }
  }

  /** The one that this is for. */
  abstract Product product();

  /** Describes one of the two products. */
  static Descriptor described(String id, String title) {
    return RpcProduct.described(id, title)
        .required(DOMAIN, "the accelerated domain name; .example.com where it has a wildcard");
  }

  @Override
  public Service service() {
    return product().rpc().service();
  }

  @Override
  protected OptionRules rules() {
    return RULES;
  }

  @Override
  public Optional<String> place() {
    return Optional.of(DOMAIN);
  }

  @Override
  protected CertificateStore store(Map<String, String> options) {
    return product().cas();
  }

  @Override
  protected Uni<Answer<Boolean>> serves(Place place, CallContext context) {
    return product()
        .everywhere()
        .read(
            product().look(),
            Map.of("DomainName", name(place)),
            context,
            root -> {
              JsonNode infos = root.path("CertInfos").path("CertInfo");
              return infos.isArray()
                  ? Optional.of(infos.valueStream().anyMatch(info -> isOn(info, place.id())))
                  : Optional.empty();
            },
            "CertInfos");
  }

  private static String name(Place place) {
    return OptionRules.withWildcard(place.option(DOMAIN), ".");
  }

  private static boolean isOn(JsonNode info, String certificate) {
    return Cas.number(certificate).equals(first(info, "CertId"))
        && "on".equals(first(info, "ServerCertificateStatus", "SSLProtocol"));
  }

  @Override
  protected Uni<Answer<Boolean>> serve(Place place, WriteContext context) {
    return product()
        .everywhere()
        .write(
            product().set(),
            Map.of(
                "DomainName",
                name(place),
                "CertType",
                "cas",
                "CertId",
                Cas.number(place.id()),
                "CertRegion",
                Cas.region(place.id()),
                "SSLProtocol",
                "on"),
            context);
  }
}
