package dev.polycert.vendor.alibaba.clb;

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
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Has a listener of CLB serve a certificate, API 2014-05-15: its own one, or that of one of its
 * additional domain names.
 */
@PerAccount
public class AlibabaClbDeliverer extends StoredDeliverer {
  private static final String LOAD_BALANCER = "loadBalancerId";
  private static final String PORT = "port";
  private static final OptionRules RULES =
      OptionRules.none()
          .region()
          .must(LOAD_BALANCER, "[A-Za-z0-9-]{1,80}", "the id of a load balancer, lb-… for example")
          .must(
              PORT,
              "[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5]",
              "a port, 443 for example")
          .extension();
  private static final Descriptor SERVICE =
      RpcProduct.described(
              "alibaba-clb",
              "an HTTPS listener of Alibaba Cloud's Classic Load Balancer (CLB); a renewal"
                  + " replaces the certificate before it")
          .required(REGION, "the region of the load balancer, cn-hangzhou for example")
          .required(LOAD_BALANCER, "the load balancer, lb-… for example")
          .required(PORT, "the port of the listener, 443 for example")
          .option(
              EXTENSION,
              "the additional domain name that gets the certificate, made where there is none; the"
                  + " listener itself when not given");

  static final ErrorTable ERRORS =
      AlibabaEnvelope.commonErrors()
          // The load balancer is still at work on the change before: nothing took effect.
          .put(THROTTLED, "SystemBusy", "OperationBusy", "ServiceIsConfiguring")
          .put(THROTTLED, "ServiceIsStopping", "BackendServer.configuring")
          .put(QUOTA, "QuotaLimitExceed*")
          .put(FINAL, "ListenerNotFound*", "Certificate*")
          .build();

  /** Regions whose load balancers are managed at the address without a region. */
  private static final Set<String> CENTRAL =
      Set.of(
          "cn-hangzhou", "cn-hangzhou-finance", "cn-shanghai-finance-1", "cn-shenzhen-finance-1");

  private final RpcProduct product;

  @Inject
  AlibabaClbDeliverer(RpcProduct.Factory products) {
    product = products.product(SERVICE, "2014-05-15", ERRORS, AlibabaClbDeliverer::address);
  }

  private static String address(String region) {
    return CENTRAL.contains(region)
        ? "https://slb.aliyuncs.com"
        : "https://slb." + region + ".aliyuncs.com";
  }

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
    String region = Objects.requireNonNull(options.get(REGION));
    return new ClbCertificates(product.in(region), region);
  }

  /**
   * What a listener has for a domain name.
   *
   * @param id of the additional domain name; empty for the listener itself or where there is none
   * @param certificate its id; empty where there is none
   */
  private record Listed(String id, String certificate) {}

  @Override
  protected Uni<Answer<Boolean>> serves(Place place, CallContext context) {
    return listed(place, context)
        .map(answer -> answer.map(listed -> listed.certificate().equals(place.id())));
  }

  private Uni<Answer<Listed>> listed(Place place, CallContext context) {
    RpcProduct.Regional clb = product.in(place.option(REGION));
    return isExtension(place)
        ? clb.read(
            "DescribeDomainExtensions",
            listener(place),
            context,
            root -> extension(root.path("DomainExtensions"), extension(place)),
            "DomainExtensions")
        : clb.read(
            "DescribeLoadBalancerHTTPSListenerAttribute",
            listener(place),
            context,
            root ->
                Optional.ofNullable(first(root, "ServerCertificateId"))
                    .map(certificate -> new Listed("", certificate)),
            "a ServerCertificateId");
  }

  private static boolean isExtension(Place place) {
    return !place.option(EXTENSION).isEmpty();
  }

  private static String extension(Place place) {
    return OptionRules.withWildcard(place.option(EXTENSION), "*.");
  }

  private static Optional<Listed> extension(JsonNode extensions, String domain) {
    return extensions.isObject()
        ? Optional.of(
            extensions
                .path("DomainExtension")
                .valueStream()
                .filter(item -> domain.equalsIgnoreCase(first(item, "Domain")))
                .map(
                    item ->
                        new Listed(
                            item.path("DomainExtensionId").asText(),
                            item.path("ServerCertificateId").asText()))
                .findFirst()
                .orElse(new Listed("", "")))
        : Optional.empty();
  }

  private static Map<String, String> listener(Place place) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("RegionId", place.option(REGION));
    parameters.put("LoadBalancerId", place.option(LOAD_BALANCER));
    parameters.put("ListenerPort", place.option(PORT));
    return parameters;
  }

  @Override
  protected Uni<Answer<Boolean>> serve(Place place, WriteContext context) {
    RpcProduct.Regional clb = product.in(place.option(REGION));
    Map<String, String> parameters = listener(place);
    parameters.put("ServerCertificateId", place.id());
    if (!isExtension(place)) {
      return clb.write("SetLoadBalancerHTTPSListenerAttribute", parameters, context);
    }
    return Answer.then(
        listed(place, context),
        listed -> {
          if (listed.value().id().isEmpty()) {
            parameters.put("Domain", extension(place));
            return clb.write("CreateDomainExtension", parameters, context);
          }
          return clb.write(
              "SetDomainExtensionAttribute",
              Map.of(
                  "RegionId",
                  place.option(REGION),
                  "DomainExtensionId",
                  listed.value().id(),
                  "ServerCertificateId",
                  place.id()),
              context);
        });
  }
}
