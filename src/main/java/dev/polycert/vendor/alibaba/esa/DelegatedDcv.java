package dev.polycert.vendor.alibaba.esa;

import dev.polycert.domain.DomainName;

/**
 * Tells how to hand validation over to ESA once and for all, which a site that is reached by CNAME
 * needs for DigiCert and for wildcards.
 */
final class DelegatedDcv {
  private DelegatedDcv() {}

  /** The advice for a domain; {@code *.example.com} and {@code example.com} share the record. */
  static String advice(DomainName domain, String siteId) {
    return "To let ESA validate this and every renewal by itself, publish CNAME _dnsauth."
        + domain.base()
        + " -> "
        + domain.base()
        + "."
        + siteId
        + ".dcv.aliyun-esa.com";
  }
}
