package dev.polycert.vendor.alibaba.esa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes certificates as ESA lists them. */
final class EsaCertificates {
  private EsaCertificates() {}

  static EsaCertificate certificate(
      String id, String domain, String status, @Nullable String notAfter) {
    return certificate(id, domain, status, "free", notAfter, List.of());
  }

  static EsaCertificate certificate(
      String id,
      String domain,
      String status,
      @Nullable String type,
      @Nullable String notAfter,
      List<EsaCertificate.Dcv> dcv) {
    return new EsaCertificate(
        id, status, type, domain, domain, null, null, null, notAfter, null, null, null, null, null,
        dcv);
  }
}
