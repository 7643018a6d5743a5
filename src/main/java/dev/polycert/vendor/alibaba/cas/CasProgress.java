package dev.polycert.vendor.alibaba.cas;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.vendor.alibaba.cas.CasInstance.Proof;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what CAS shows of an instance into progress. */
final class CasProgress {
  /** The code of an instance that is in use for another name. */
  static final String TAKEN = "Instance.Taken";

  private static final String CERTIFICATE_ID = "certificateId";

  /** How long an instance may show nothing of an application that was sent. */
  private static final Duration LAG = Duration.ofMinutes(10);

  private final CasClient client;
  private final Clock clock;

  CasProgress(CasClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** The instance alone, which is reserved and applied for. */
  static Reference reference(String instanceId) {
    return Reference.of(CasOptions.INSTANCE_ID, instanceId);
  }

  /** The instance with the certificate that it has, because another one may follow in it. */
  static Reference reference(CasInstance instance) {
    return instance.certificateId() == null
        ? reference(instance.id())
        : Reference.of(
            CasOptions.INSTANCE_ID, instance.id(), CERTIFICATE_ID, instance.certificateId());
  }

  /** The instance of an application. */
  static String id(Application application) {
    return application.requireReference().id(CasOptions.INSTANCE_ID);
  }

  /** The certificate of an issued application. */
  static Optional<String> certificateId(@Nullable Reference reference) {
    return reference == null
        ? Optional.empty()
        : Optional.ofNullable(reference.ids().get(CERTIFICATE_ID));
  }

  /** The certificate that an instance had before this application, if it is a renewal in it. */
  private static Optional<String> before(Application application, CasInstance instance) {
    return CasStock.isPredecessor(application, instance.id())
        ? certificateId(application.renewalOf())
        : Optional.empty();
  }

  /** Whether the instance has a certificate that came of this application. */
  static boolean hasIssued(Application application, CasInstance instance) {
    return instance.certificateId() != null
        && !before(application, instance).equals(Optional.of(instance.certificateId()));
  }

  /** How the instance of an application stands. */
  Uni<Answer<Progress>> of(
      Application application, Answer.Success<CasInstance> shown, CallContext context) {
    CasInstance instance = shown.value();
    Optional<String> issued = certificateId(application.reference());
    if (issued.isPresent() && !issued.get().equals(instance.certificateId())) {
      return followed(application, issued.get(), context);
    }
    if (instance.isForAnother(application.domain())) {
      return Answer.<Progress>refused(taken(shown)).now();
    }
    if (instance.isPending() && issued.isEmpty()) {
      return Answer.of(running(shown)).now();
    }
    return hasIssued(application, instance)
        ? issued(shown, context)
        : unfinished(application, shown, context);
  }

  /** A certificate whose instance has another one by now stays what it is. */
  private Uni<Answer<Progress>> followed(
      Application application, String certificateId, CallContext context) {
    return client
        .certificate(certificateId, context)
        .map(
            answer ->
                CasClient.settled(answer)
                    .then(
                        shown ->
                            Answer.of(
                                new Progress(
                                    shown.value().expired() ? Phase.EXPIRED : Phase.ISSUED,
                                    application.requireReference(),
                                    List.of(),
                                    shown.value().facts(),
                                    shown.value().expired() ? "expired" : "issued",
                                    null,
                                    shown.requestId()))));
  }

  /** An application that CAS has and the CA looks at. */
  static Progress running(Answer.Success<CasInstance> shown) {
    CasInstance instance = shown.value();
    List<Validation> validations = instance.proofs().stream().map(CasProgress::validation).toList();
    return new Progress(
        validations.isEmpty() ? Phase.APPLYING : Phase.PENDING_VALIDATION,
        reference(instance.id()),
        validations,
        null,
        instance.status(),
        instance.pendingResult(),
        shown.requestId());
  }

  private static Validation validation(Proof proof) {
    return proof.isFile()
        ? Validation.file(proof.base(), proof.url(), proof.value())
        : Validation.dns(proof.base(), proof.recordName(), proof.type(), proof.value());
  }

  private Uni<Answer<Progress>> issued(Answer.Success<CasInstance> shown, CallContext context) {
    CasInstance instance = shown.value();
    Phase phase = phase(instance.certificateStatus());
    if (phase != Phase.ISSUED) {
      return Answer.of(issued(shown, phase, null)).now();
    }
    return client
        .certificate(Objects.requireNonNull(instance.certificateId()), context)
        .map(
            answer ->
                CasClient.settled(answer)
                    .then(
                        certificate ->
                            Answer.of(
                                issued(
                                    shown,
                                    phase,
                                    spelled(certificate.value().facts(), instance)))));
  }

  /** The certificate says the family of its key alone, the instance the size too. */
  private static CertificateFacts spelled(CertificateFacts facts, CasInstance instance) {
    return new CertificateFacts(
        facts.commonName(),
        facts.names(),
        facts.issuer(),
        facts.serialNumber(),
        facts.fingerprint(),
        instance.keyAlgorithm().isEmpty() || !instance.csr().isEmpty()
            ? facts.keyAlgorithm()
            : instance.keyAlgorithm(),
        facts.notBefore(),
        facts.notAfter());
  }

  private static Progress issued(
      Answer.Success<CasInstance> shown, Phase phase, @Nullable CertificateFacts facts) {
    CasInstance instance = shown.value();
    return new Progress(
        phase,
        reference(instance),
        List.of(),
        facts,
        instance.certificateStatus(),
        phase == Phase.ISSUED ? null : instance.pendingResult(),
        shown.requestId());
  }

  /** Maps the statuses of certificates, an open enumeration. */
  static Phase phase(String certificateStatus) {
    return switch (certificateStatus) {
      case "issued", "willExpire" -> Phase.ISSUED;
      case "expired" -> Phase.EXPIRED;
      case "revoked" -> Phase.REVOKED;
      default -> Phase.UNKNOWN;
    };
  }

  /** No application is with the CA, and no certificate came of one: asks what became of it. */
  private Uni<Answer<Progress>> unfinished(
      Application application, Answer.Success<CasInstance> shown, CallContext context) {
    return switch (shown.value().status()) {
      case CasInstance.INACTIVE, "normal", "willExpire" ->
          client
              .task(shown.value().id(), context)
              .map(told -> Answer.of(unfinished(application, shown, told)));
      case "refund" ->
          Answer.of(without(Phase.CANCELLED, shown, "the instance was refunded")).now();
      case "expired", "closed" ->
          Answer.of(without(Phase.FAILED, shown, "the instance has ended without a certificate"))
              .now();
      default -> Answer.of(without(Phase.UNKNOWN, shown, null)).now();
    };
  }

  private Progress unfinished(
      Application application, Answer.Success<CasInstance> shown, CasClient.Told told) {
    boolean inactive = shown.value().isInactive();
    boolean prepared = shown.value().has(CasOptions.names(application));
    return switch (told.task()) {
      case FAILED -> without(Phase.FAILED, shown, told.message());
      case PENDING -> without(Phase.APPLYING, shown, "CAS is about to send the application");
      case COMPLETED, NONE, UNREAD, UNKNOWN ->
          !inactive && !lags(application, shown.value())
              ? withdrawn(shown)
              : told.task() == CasClient.Task.NONE && prepared
                  ? without(Phase.PENDING_INFORMATION, shown, "prepared, but not applied for")
                  : without(Phase.UNKNOWN, shown, null);
    };
  }

  /** An instance with a certificate stays as it was until it shows the next application. */
  private boolean lags(Application application, CasInstance instance) {
    Instant sent = application.appliedAt();
    return instance.certificateId() != null
        && sent != null
        && clock.instant().isBefore(sent.plus(LAG));
  }

  /** The progress of an application that was withdrawn, here or in the console. */
  static Progress withdrawn(Answer.Success<CasInstance> shown) {
    return without(Phase.CANCELLED, shown, "no application any more");
  }

  /** Where an instance without a certificate stands; what the CA has said comes first. */
  static Progress without(
      Phase phase, Answer.Success<CasInstance> shown, @Nullable String message) {
    CasInstance instance = shown.value();
    return new Progress(
        phase,
        reference(instance.id()),
        List.of(),
        null,
        instance.status(),
        message != null ? message : instance.pendingResult(),
        shown.requestId());
  }

  /** One of two writes is done: the application is written on the instance. */
  static Progress prepared(Application application, @Nullable String requestId) {
    return new Progress(
        Phase.PLACING,
        application.requireReference(),
        List.of(),
        null,
        CasInstance.INACTIVE,
        "the application is written on the instance",
        requestId);
  }

  /** An application that was taken just now. */
  static Progress applied(Application application, @Nullable String requestId) {
    return new Progress(
        Phase.APPLYING,
        application.requireReference(),
        List.of(),
        null,
        CasInstance.PENDING,
        null,
        requestId);
  }

  /** The instance cannot be used for the application, because of its names or its status. */
  static VendorError taken(Answer.Success<CasInstance> shown) {
    return CasClient.refusal(ErrorClass.FINAL, TAKEN, CasClient.state(shown.value()), shown);
  }
}
