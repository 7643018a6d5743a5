package dev.polycert.vendor.alibaba.esa;

import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.Service;
import dev.polycert.call.UtcTime;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Stage;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.alibaba.esa.EsaApi.Certificate;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Uploads certificates to a site of ESA, which then serves them. A renewal takes the place of the
 * certificate before, as long as that is there.
 */
@ApplicationScoped
public class AlibabaEsaDeliverer implements Deliverer {
  private static final String SITE_ID = EsaOptions.SITE_ID;
  private static final Descriptor SERVICE =
      AlibabaEsaProvider.ESA
          .titled("a site of Alibaba Cloud ESA; a renewal replaces the certificate before it")
          .required(SITE_ID, "the ESA site that serves it");
  private static final String UPLOAD = "upload";
  private static final String REPLACED = "Certificate.Replaced";

  private final Service service;
  private final EsaClient client;
  private final Clock clock;

  AlibabaEsaDeliverer(AlibabaEsaProvider provider, Clock clock) {
    this.clock = clock;
    service = new Service(SERVICE, provider.account());
    client = provider.client();
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    return options.getOrDefault(SITE_ID, "").matches("\\d{1,19}")
        ? Map.of()
        : Map.of(SITE_ID, "must be the number of a site, 1234567890123 for example");
  }

  /** Alibaba Cloud's page "Certificate formats" has keys converted that begin with PRIVATE KEY. */
  @Override
  public KeyForm keyForm() {
    return KeyForm.TRADITIONAL_WITH_PARAMETERS;
  }

  @Override
  public boolean refusesForGood(VendorError error) {
    return error.code().equals(REPLACED);
  }

  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    return deliver(
        Consignment.first(domain, certificate, options, Consignment.Source.NONE, earlier), context);
  }

  @Override
  public Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
    return deliver(consignment, context).map(answer -> answer.map(Stage.Done::new));
  }

  /** Looks first: ESA takes the same certificate any number of times. */
  private Uni<Answer<String>> deliver(Consignment consignment, WriteContext context) {
    DomainName domain = consignment.domain();
    CertificateBundle certificate = consignment.certificate();
    String siteId = Objects.requireNonNull(consignment.options().get(SITE_ID));
    return Answer.then(
        client.certificates(siteId, domain.ascii(), context),
        listed -> {
          List<Certificate> uploads =
              listed.value().items().stream().filter(one -> UPLOAD.equals(one.type())).toList();
          Optional<String> there =
              uploads.stream()
                  .filter(one -> isSame(one, certificate))
                  .map(Certificate::id)
                  .filter(Objects::nonNull)
                  .findFirst();
          if (there.isPresent()) {
            return new Answer.Success<>(there.get(), listed.requestId()).now();
          }
          Instant now = clock.instant();
          String replaced = replaced(uploads, consignment, now);
          return isOfOthers(uploads, replaced, consignment, now)
              ? Answer.<String>refused(foreign(replaced)).now()
              : client
                  .upload(siteId, domain, certificate, replaced, context)
                  .map(AlibabaEsaDeliverer::advised);
        });
  }

  /**
   * The upload that the certificate replaces: the one before it, else one of ours for the same name
   * that no answer confirmed, or that has expired, because a site's uploads count against its quota
   * as long as they are there.
   */
  static @Nullable String replaced(
      List<Certificate> uploads, Consignment consignment, Instant now) {
    String earlier = consignment.earlier();
    if (uploads.stream().anyMatch(one -> Objects.equals(one.id(), earlier))) {
      return earlier;
    }
    return uploads.stream()
        .filter(one -> consignment.domain().ascii().equals(one.name()))
        .filter(one -> consignment.sent().contains(fingerprint(one)) || hasEnded(one, now))
        .map(Certificate::id)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Whether somebody else has put a certificate there that is valid still. */
  static boolean isOfOthers(
      List<Certificate> uploads, @Nullable String id, Consignment consignment, Instant now) {
    return uploads.stream()
        .filter(one -> Objects.equals(one.id(), id) && !hasEnded(one, now))
        .anyMatch(one -> consignment.isOfOthers(fingerprint(one)));
  }

  private static boolean hasEnded(Certificate upload, Instant now) {
    Instant end = UtcTime.parse(upload.notAfter());
    return end != null && !end.isAfter(now);
  }

  private static Answer<String> advised(Answer<String> answer) {
    return answer.recover(
        failure ->
            new Answer.Failed<>(
                failure instanceof Failure.Refused(VendorError error)
                        && error.errorClass() == ErrorClass.QUOTA
                    ? new Failure.Refused(
                        new VendorError(
                            error.errorClass(),
                            error.code(),
                            error.message()
                                + " Delete uploads of the site that nothing needs, expired ones"
                                + " too, or raise its plan.",
                            error.requestId(),
                            error.retryAfter()))
                    : failure));
  }

  private static boolean isSame(Certificate listed, CertificateBundle certificate) {
    return Pem.fingerprint(certificate.certificate())
        .filter(fingerprint(listed)::equals)
        .isPresent();
  }

  private static String fingerprint(Certificate listed) {
    return Objects.requireNonNullElse(listed.fingerprintSha256(), "")
        .replace(":", "")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static VendorError foreign(@Nullable String id) {
    return new VendorError(
        ErrorClass.FINAL,
        REPLACED,
        "somebody has put another certificate in the place of upload "
            + id
            + ", which stays; to have a new upload, delete that one, or remove the target and add"
            + " it again");
  }
}
