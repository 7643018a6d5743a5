package dev.polycert.vendor.alibaba.esa;

import dev.polycert.vendor.alibaba.esa.EsaApi.Certificate;
import dev.polycert.vendor.alibaba.esa.EsaApi.Dcv;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes certificates as ESA lists them. */
final class EsaCertificates {
  private EsaCertificates() {}

  static Certificate certificate(
      String id, String domain, String status, @Nullable String notAfter) {
    return certificate(id, domain, status, "free", notAfter, List.of());
  }

  static Certificate certificate(
      String id,
      String domain,
      String status,
      @Nullable String type,
      @Nullable String notAfter,
      List<Dcv> dcv) {
    return new Certificate(
        id, domain, status, type, domain, domain, null, null, null, notAfter, null, null, null,
        null, null, dcv, null);
  }
}
