package dev.polycert.vendor.alibaba;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.alibaba.CertificateStore.Upload;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Uploads each certificate to a store once, and removes those that its renewals replaced.
 *
 * <p>The name of an upload is made of its line and of its own fingerprint. The line is that of the
 * certificate which the upload renews; the first of a line gives it its name. So a repeated upload
 * finds itself, and only what the same target uploaded is ever removed. A target that continues a
 * line has each certificate in that line, even if a newer target has uploaded it in another line
 * already; otherwise the predecessors in its own line would be unknown.
 */
final class Uploads {
  private static final Logger LOG = Logger.getLogger(Uploads.class);

  // Stores take 63 characters and more.
  private static final Pattern NAME = Pattern.compile("polycert-([0-9a-f]{16})-([0-9a-f]{32})");
  private static final int LINE = 16;
  private static final int FINGERPRINT = 32;

  private final CertificateStore store;

  Uploads(CertificateStore store) {
    this.store = store;
  }

  /**
   * A certificate that is in the store.
   *
   * @param others the other uploads in the store
   * @param before the ids of those that it replaces
   */
  record Kept(Upload upload, List<Upload> others, Set<String> before) {}

  /**
   * Looks for the certificate, and uploads it when it is not there.
   *
   * @param earlier the id of the certificate that it renews
   * @param sent the fingerprints of certificates that were sent to the same target, this one
   *     included: deliveries that failed have left their uploads
   */
  Uni<Answer<Kept>> keep(
      CertificateBundle certificate,
      @Nullable String earlier,
      List<String> sent,
      WriteContext context) {
    Optional<String> read = Pem.fingerprint(certificate.certificate());
    if (read.isEmpty()) {
      return Answer.<Kept>refused(Pem.UNREADABLE).now();
    }
    String fingerprint = read.get();
    return Answer.then(
        store.list(earlier != null || sent.size() > 1, context),
        listed -> {
          List<Upload> all = listed.value();
          List<Upload> before =
              all.stream()
                  .filter(one -> !isSame(one, fingerprint))
                  .filter(
                      one ->
                          one.id().equals(earlier)
                              || sent.stream().anyMatch(other -> isSame(one, other)))
                  .toList();
          Set<String> ids = before.stream().map(Upload::id).collect(Collectors.toSet());
          Optional<String> line =
              line(all, earlier)
                  .or(() -> before.stream().flatMap(one -> line(one).stream()).findFirst());
          Optional<Upload> there =
              all.stream()
                  .filter(one -> isSame(one, fingerprint))
                  .filter(one -> line.isEmpty() || line(one).equals(line))
                  .findFirst();
          if (there.isPresent()) {
            return new Answer.Success<>(new Kept(there.get(), all, ids), listed.requestId()).now();
          }
          String name =
              "polycert-%s-%s"
                  .formatted(
                      line.orElse(fingerprint.substring(0, LINE)),
                      fingerprint.substring(0, FINGERPRINT));
          return store
              .upload(name, certificate, context)
              .map(
                  answer ->
                      answer.map(id -> new Kept(new Upload(id, name, fingerprint), all, ids)));
        });
  }

  private static boolean isSame(Upload upload, String fingerprint) {
    Matcher name = NAME.matcher(upload.name());
    return upload.fingerprint().equals(fingerprint)
        || (name.matches() && fingerprint.startsWith(name.group(2)));
  }

  private static Optional<String> line(List<Upload> all, @Nullable String id) {
    return all.stream().filter(one -> one.id().equals(id)).findFirst().flatMap(Uploads::line);
  }

  private static Optional<String> line(Upload upload) {
    Matcher name = NAME.matcher(upload.name());
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /**
   * Deletes what nothing uses of the same line. The certificate before stays until the next
   * renewal, because other targets of the same order may have it still; a first delivery does not
   * know which that is, and deletes nothing. A deletion that fails is left to the next renewal.
   */
  Uni<Void> tidy(Kept kept, @Nullable String earlier, WriteContext context) {
    Optional<String> line = earlier == null ? Optional.empty() : line(kept.upload());
    List<Upload> old =
        kept.others().stream()
            .filter(one -> line.isPresent() && line(one).equals(line))
            .filter(one -> !one.id().equals(earlier) && !one.id().equals(kept.upload().id()))
            .toList();
    return old.isEmpty()
        ? Uni.createFrom().voidItem()
        : store.unused(old, context).flatMap(unused -> delete(unused, context));
  }

  private Uni<Void> delete(Answer<List<Upload>> unused, WriteContext context) {
    if (!(unused instanceof Answer.Success<List<Upload>>(List<Upload> uploads, _))) {
      unused.recover(Uploads::logged);
      return Uni.createFrom().voidItem();
    }
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Upload upload : uploads) {
      all =
          all.flatMap(before -> store.delete(upload, context))
              .invoke(answer -> answer.recover(Uploads::logged))
              .replaceWithVoid();
    }
    return all;
  }

  private static <T> Answer<T> logged(Failure failure) {
    VendorError error = failure.error();
    LOG.infof(
        "The replaced certificate could not be removed: %s: %s", error.code(), error.message());
    return new Answer.Failed<>(failure);
  }
}
