package dev.polycert.vendor.alibaba.cdn;

import dev.polycert.call.PerAccount;
import dev.polycert.vendor.alibaba.RpcProduct;
import dev.polycert.vendor.alibaba.cas.Cas;

/** Has domain names of Alibaba Cloud DCDN served with certificates, API 2018-01-15. */
@PerAccount
public class AlibabaDcdnDeliverer extends AcceleratedDomain {
  private final Product product;

  AlibabaDcdnDeliverer(RpcProduct.Factory products, Cas cas) {
    product =
        new Product(
            products.product(
                described(
                        "alibaba-dcdn",
                        "a domain name of Alibaba Cloud DCDN; a renewal replaces the certificate"
                            + " before it")
                    .limit("SetDcdnDomainSSLCertificate", 30),
                "2018-01-15",
                ERRORS,
                everywhere -> "https://dcdn.aliyuncs.com"),
            cas,
            "DescribeDcdnDomainCertificateInfo",
            "SetDcdnDomainSSLCertificate");
  }

  @Override
  Product product() {
    return product;
  }
}
