package dev.polycert.vendor.alibaba;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.CertificateBundle;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Locale;

/** Keeps certificates that were uploaded, where products of Alibaba Cloud find them. */
public interface CertificateStore {

  /**
   * A certificate that was uploaded.
   *
   * @param id as products name it
   * @param fingerprint the SHA-256 of its DER in lower-case hex; empty where it is not shown
   */
  record Upload(String id, String name, String fingerprint) {

    public Upload {
      fingerprint = fingerprint.replace(":", "").strip().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Lists all uploads.
   *
   * @param expired whether those that have expired are wanted too
   */
  Uni<Answer<List<Upload>>> list(boolean expired, CallContext context);

  /** Uploads a certificate with its key under a unique name; returns its id. */
  Uni<Answer<String>> upload(String name, CertificateBundle certificate, WriteContext context);

  /**
   * Finds those that nothing uses, as far as the vendor shows it; the vendor may still refuse to
   * delete some.
   */
  Uni<Answer<List<Upload>>> unused(List<Upload> uploads, CallContext context);

  /** Deletes an upload. */
  Uni<Answer<Boolean>> delete(Upload upload, WriteContext context);
}
