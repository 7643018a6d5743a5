package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.Purchase.DomainType;
import dev.polycert.sandbox.huawei.ScmAnswer.Success;
import java.util.List;

/** SubscribeCertificate and UnsubscribeCertificate: buying, and giving back what is unused. */
final class PurchaseOperations {
  private static final int MONTHS_A_YEAR = 12;
  private static final List<String> BRANDS =
      List.of("GEOTRUST", "GLOBALSIGN", "SYMANTEC", "CFCA", "TRUSTASIA", "VTRUS");
  private static final List<String> TYPES =
      List.of(
          "DV_SSL_CERT",
          Purchase.FREE_TYPE,
          "EV_SSL_CERT",
          "EV_SSL_CERT_PRO",
          "OV_SSL_CERT",
          "OV_SSL_CERT_PRO");

  private final World world;
  private final Certificates certificates;

  PurchaseOperations(World world, Certificates certificates) {
    this.world = world;
    this.certificates = certificates;
  }

  ScmAnswer subscribe(BodyCheck body) {
    body.requireConsent();
    var brand = body.choice("cert_brand", "", BRANDS);
    var type = body.choice("cert_type", "", TYPES);
    var domainType = body.choice("domain_type", DomainType.values());
    int years = body.number("effective_time", 1, 3);
    boolean multi = domainType == DomainType.MULTI_DOMAIN;
    int domains = body.number("domain_numbers", multi ? 2 : 1, multi ? 100 : 1);
    int count = body.number("order_number", 1, 100);
    body.flag("is_auto_pay");
    if (body.refusal().isPresent()) {
      return body.refusal().get();
    }
    var purchase =
        new Purchase(
            certificates.newOrderId(), type, brand, domainType, domains, years * MONTHS_A_YEAR);
    var refusal = purchase.free() ? certificates.takeFree(count) : body.refusal();
    return refusal.isPresent() ? refusal.get() : buy(purchase, count);
  }

  private ScmAnswer buy(Purchase purchase, int count) {
    var fields = JsonNodeFactory.instance.objectNode().put("order_id", purchase.orderId());
    var bought = fields.putArray("cert");
    for (int i = 0; i < count; i++) {
      var id = certificates.add(purchase, "scm-bought", Status.PAID, null).id();
      world.ledger(ScmEmulator.PROVIDER, "SubscribeCertificate", "", id);
      bought.addObject().put("cert_id", id);
    }
    return new Success(fields);
  }

  ScmAnswer unsubscribe(String id) {
    return certificates.with(
        id,
        certificate -> {
          if (certificate.stage() != Status.PAID) {
            return Refusals.status(certificate.status(world.now()));
          }
          certificates.remove(certificate);
          return Success.of("unsubscribe_results", "success");
        });
  }
}
