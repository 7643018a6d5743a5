package dev.polycert.sandbox.huawei;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of the account, from its purchase or its import on.
 *
 * @param id 16 characters
 * @param stage the status, except that time alone makes it {@code EXPIRED}
 * @param application null until it is applied for, and for an imported one
 * @param material null until it is issued
 */
record ScmCertificate(
    String id,
    String name,
    Purchase purchase,
    Status stage,
    Instant updated,
    @Nullable Application application,
    @Nullable Material material) {

  Status status(Instant now) {
    return material != null && stage.usable() && !now.isBefore(material.notAfter())
        ? Status.EXPIRED
        : stage;
  }

  ScmCertificate applied(Application with, Instant now) {
    return new ScmCertificate(id, name, purchase, Status.CHECKING, now, with, null);
  }

  ScmCertificate at(Status next, Instant now) {
    return new ScmCertificate(id, name, purchase, next, now, application, material);
  }

  ScmCertificate at(Status next, Application with, Instant now) {
    return new ScmCertificate(id, name, purchase, next, now, with, material);
  }

  ScmCertificate issued(Material with, Instant now) {
    return new ScmCertificate(id, name, purchase, Status.ISSUED, now, application, with);
  }

  /** Withdraws the application, so that the purchase can be used again. */
  ScmCertificate withdrawn(Instant now) {
    return new ScmCertificate(id, name, purchase, Status.PAID, now, null, null);
  }
}
