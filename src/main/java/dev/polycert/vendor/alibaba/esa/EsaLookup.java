package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.UtcTime;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.alibaba.esa.EsaApi.Certificate;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for certificates: the one of a reference, or one that is there already. */
final class EsaLookup {
  private static final String ID = "id";

  private final EsaClient client;
  private final Clock clock;

  EsaLookup(EsaClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Looks for a certificate that already is what the application asks for. */
  Uni<Answer<Optional<Progress>>> existing(
      String siteId, Application application, CallContext context) {
    return client
        .certificates(siteId, application.domain().ascii(), context)
        .map(
            answer ->
                answer.then(
                    listed ->
                        new Answer.Success<>(
                            existing(application, listed.value().items())
                                .map(found -> new Answer.Success<>(found, listed.requestId()))
                                .map(found -> adopted(application, siteId, found)),
                            listed.requestId())));
  }

  private static Progress adopted(
      Application application, String siteId, Answer.Success<Certificate> found) {
    String id = Objects.requireNonNull(found.value().id());
    return EsaProgress.of(application, EsaProgress.reference(siteId, id), found);
  }

  /**
   * Picks the certificate that already is what the application asks for. An application under way
   * comes first, then the issued certificate that lasts longest. A renewal takes neither the
   * certificate that it follows nor one that ends no later.
   */
  Optional<Certificate> existing(Application application, List<Certificate> listed) {
    Instant after = endOfPredecessor(application.renewalOf(), listed);
    return listed.stream()
        .filter(certificate -> certificate.id() != null)
        .filter(certificate -> isFor(application.domain(), certificate))
        .filter(certificate -> !isPredecessor(application.renewalOf(), certificate))
        .filter(certificate -> running(certificate) || lastsBeyond(after, certificate))
        .max(
            Comparator.comparing(EsaLookup::running)
                .thenComparing(EsaLookup::end)
                .thenComparing(certificate -> Objects.requireNonNull(certificate.id())));
  }

  private static boolean isFor(DomainName domain, Certificate certificate) {
    return DnsNames.same(certificate.domain(), domain.ascii()) && !certificate.uploaded();
  }

  private static boolean isPredecessor(@Nullable Reference old, Certificate certificate) {
    return old != null && old.id(ID).equals(certificate.id());
  }

  private Instant endOfPredecessor(@Nullable Reference old, List<Certificate> listed) {
    Instant now = clock.instant();
    return listed.stream()
        .filter(certificate -> isPredecessor(old, certificate))
        .map(EsaLookup::end)
        .filter(now::isBefore)
        .findFirst()
        .orElse(now);
  }

  private static boolean running(Certificate certificate) {
    return "Applying".equals(certificate.status());
  }

  private static boolean lastsBeyond(Instant time, Certificate certificate) {
    return EsaProgress.phase(certificate) == Phase.ISSUED && end(certificate).isAfter(time);
  }

  /** An unknown end counts as already there, so that nothing of unknown worth is taken over. */
  private static Instant end(Certificate certificate) {
    Instant end = UtcTime.parse(certificate.notAfter());
    return end == null ? Instant.EPOCH : end;
  }

  /** Shows the certificate of the application's reference; {@code Absent} when it is gone. */
  Uni<Answer<Certificate>> referenced(Application application, CallContext context) {
    Reference reference = application.requireReference();
    return Answer.recover(
        client
            .certificate(reference.id(EsaOptions.SITE_ID), reference.id(ID), context)
            .map(answer -> answer.map(EsaClient.Shown::certificate)),
        failure ->
            failure.isRefused(ErrorClass.FINAL)
                ? listed(reference, application.domain(), context)
                : new Answer.Failed<Certificate>(failure).now());
  }

  /** The vendor has no code for a certificate that is gone, but the listing shows whether it is. */
  private Uni<Answer<Certificate>> listed(
      Reference reference, DomainName domain, CallContext context) {
    return client
        .certificates(reference.id(EsaOptions.SITE_ID), domain.ascii(), context)
        .map(
            answer ->
                answer.then(
                    listed ->
                        listed.value().items().stream()
                            .filter(certificate -> reference.id(ID).equals(certificate.id()))
                            .findFirst()
                            .<Answer<Certificate>>map(
                                shown -> new Answer.Success<>(shown, listed.requestId()))
                            .orElseGet(
                                () ->
                                    new Answer.Failed<>(new Failure.Absent(listed.requestId())))));
  }
}
