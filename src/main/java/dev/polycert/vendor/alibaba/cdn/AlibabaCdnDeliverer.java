package dev.polycert.vendor.alibaba.cdn;

import dev.polycert.call.PerAccount;
import dev.polycert.vendor.alibaba.RpcProduct;
import dev.polycert.vendor.alibaba.cas.Cas;

/** Has domain names of Alibaba Cloud CDN served with certificates, API 2018-05-10. */
@PerAccount
public class AlibabaCdnDeliverer extends AcceleratedDomain {
  private final Product product;

  AlibabaCdnDeliverer(RpcProduct.Factory products, Cas cas) {
    product =
        new Product(
            products.product(
                described(
                        "alibaba-cdn",
                        "a domain name of Alibaba Cloud CDN; a renewal replaces the certificate"
                            + " before it")
                    .limit("SetCdnDomainSSLCertificate", 30),
                "2018-05-10",
                ERRORS,
                everywhere -> "https://cdn.aliyuncs.com"),
            cas,
            "DescribeDomainCertificateInfo",
            "SetCdnDomainSSLCertificate");
  }

  @Override
  Product product() {
    return product;
  }
}
