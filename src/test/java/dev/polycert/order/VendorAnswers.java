package dev.polycert.order;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.PrivateKeyPem;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Answers as scripted providers give them. */
public final class VendorAnswers {
  public static final Validation RECORD =
      Validation.dns("www.example.com", "_dnsauth.www.example.com", "TXT", "fake-value");

  private VendorAnswers() {}

  public static Answer<Preparation> ready() {
    return ready(Plan.of(Map.of("siteId", "7")));
  }

  public static Answer<Preparation> ready(String... candidates) {
    return ready(
        new Plan(
            Map.of(),
            List.of(candidates).stream().map(id -> Reference.of("certificateId", id)).toList(),
            List.of()));
  }

  public static Answer<Preparation> ready(Plan plan) {
    return Answer.of(new Preparation.Ready(plan));
  }

  public static Answer<Progress> progress(Phase phase, String id, Validation... validations) {
    return Answer.of(
        new Progress(
            phase,
            Reference.of("certificateId", id),
            List.of(validations),
            null,
            "vendor-" + phase,
            null,
            "req-1"));
  }

  /** A certificate that is given out with this private key. */
  public static Answer<CertificateBundle> exported(String key) {
    return Answer.of(new CertificateBundle("certificate", "chain", new PrivateKeyPem(key)));
  }

  public static Answer<Progress> issued(String id, Instant notAfter) {
    return issued(id, notAfter, "www.example.com");
  }

  /** A certificate for these names. */
  public static Answer<Progress> issued(String id, Instant notAfter, String... names) {
    return Answer.of(
        new Progress(
            Phase.ISSUED,
            Reference.of("certificateId", id),
            List.of(),
            new CertificateFacts(
                "www.example.com", List.of(names), null, null, null, null, null, notAfter),
            "vendor-issued",
            null,
            "req-2"));
  }

  public static <T> Answer<T> refused(ErrorClass errorClass) {
    return Answer.refused(error(errorClass));
  }

  public static <T> Answer<T> unclear() {
    return new Answer.Failed<>(new Failure.Unclear(error(ErrorClass.RETRY)));
  }

  public static <T> Answer<T> deferred(Instant notBefore, String reason) {
    return new Answer.Failed<>(new Failure.Deferred(notBefore, reason));
  }

  public static <T> Answer<T> absent(String requestId) {
    return new Answer.Failed<>(new Failure.Absent(requestId));
  }

  public static VendorError error(ErrorClass errorClass) {
    return new VendorError(errorClass, "Code." + errorClass, "because", "req-9", null);
  }
}
