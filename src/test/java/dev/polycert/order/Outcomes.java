package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Outcomes as scripted providers give them. */
public final class Outcomes {
  public static final Validation RECORD =
      Validation.dns("www.example.com", "_dnsauth.www.example.com", "TXT", "fake-value");

  private Outcomes() {}

  public static Outcome ready() {
    return new Outcome.Ready(Plan.of(Map.of("siteId", "7")));
  }

  public static Outcome ready(String... candidates) {
    return new Outcome.Ready(
        new Plan(
            Map.of(),
            List.of(candidates).stream().map(id -> Reference.of("certificateId", id)).toList(),
            List.of()));
  }

  public static Outcome.Progress progress(Phase phase, String id, Validation... validations) {
    return new Outcome.Progress(
        phase,
        Reference.of("certificateId", id),
        List.of(validations),
        null,
        "vendor-" + phase,
        null,
        "req-1");
  }

  public static Outcome issued(String id, Instant notAfter) {
    return new Outcome.Progress(
        Phase.ISSUED,
        Reference.of("certificateId", id),
        List.of(),
        new CertificateFacts(
            "www.example.com", List.of("www.example.com"), null, null, null, null, null, notAfter),
        "vendor-issued",
        null,
        "req-2");
  }

  public static Outcome refused(ErrorClass errorClass) {
    return new Outcome.Refused(error(errorClass));
  }

  public static Outcome unclear() {
    return new Outcome.Unclear(error(ErrorClass.RETRY));
  }

  public static VendorError error(ErrorClass errorClass) {
    return new VendorError(errorClass, "Code." + errorClass, "because", "req-9", null);
  }
}
