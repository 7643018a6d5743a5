package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.ValidationMethod;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AcmeResource;
import org.shredzone.acme4j.Order;

/**
 * Takes an order from its present state (RFC 8555, section 7.1.6) to its certificate. Every state
 * is read anew, so that an order is continued whatever was interrupted.
 */
final class AcmeProgress {
  private static final Duration FIRST_POLL = Duration.ofMillis(250);

  /** Added to errors, because our own look is made from one place only. */
  private static final String FROM_ABROAD =
      "; CAs look from several regions of the world: the host must answer requests from abroad too";

  private static final Duration SLOWEST_POLL = Duration.ofSeconds(4);

  private final Authorities authorities;
  private final OrderVault keeping;
  private final AcmePlacement placing;
  private final AcmeIssuance finalizing;
  private final AcmeProofs proving;
  private final Clock clock;

  AcmeProgress(
      Authorities authorities,
      OrderVault keeping,
      AcmePlacement placing,
      AcmeIssuance finalizing,
      AcmeProofs proving,
      Clock clock) {
    this.authorities = authorities;
    this.keeping = keeping;
    this.placing = placing;
    this.finalizing = finalizing;
    this.proving = proving;
    this.clock = clock;
  }

  /** The order as the CA shows it. */
  private record Shown(
      String status,
      List<URL> authorizations,
      @Nullable URL certificate,
      @Nullable String problem,
      Optional<Instant> retryAt) {

    static Shown of(Order order, Conversation conversation) {
      String status = order.getJSON().get("status").asString();
      return new Shown(
          status,
          order.getAuthorizations().stream().map(AcmeResource::getLocation).toList(),
          status.equals("valid") ? order.getCertificate().getLocation() : null,
          order
              .getError()
              .map(told -> AcmeFailures.code(told) + ": " + AcmeFailures.text(told))
              .orElse(null),
          conversation.retryAt());
    }
  }

  Answer<Progress> check(Application application, CallContext context) throws Ended {
    Optional<Answer<Progress>> issued = issued(application);
    return issued.isPresent() ? issued.get() : follow(Placed.of(authorities, application, context));
  }

  /** As {@link #check}, but the CA is not asked to validate or to issue. */
  Answer<Progress> look(Application application, CallContext context) throws Ended {
    Optional<Answer<Progress>> issued = issued(application);
    if (issued.isPresent()) {
      return issued.get();
    }
    Placed order = Placed.of(authorities, application, context);
    Optional<Shown> found = order.show(Shown::of);
    if (found.isEmpty()) {
      return absent();
    }
    Shown shown = found.get();
    return switch (shown.status()) {
      case "pending" -> order.at(Phase.PENDING_VALIDATION, shown.status(), null);
      case "ready", "processing" -> order.at(Phase.APPLYING, shown.status(), null);
      default -> settled(order, shown);
    };
  }

  private static Answer<Progress> absent() {
    return new Answer.Failed<>(new Failure.Absent(null));
  }

  private Optional<Answer<Progress>> issued(Application application) {
    Reference reference = application.requireReference();
    return keeping
        .certificate(reference)
        .map(
            certificate ->
                AcmeIssuance.issued(
                    reference,
                    certificate,
                    PreferredChain.of(application, configured(application))
                        .map(wanted -> wanted.lacking(certificate))
                        .orElse(null)));
  }

  /** The CA of an order; a kept certificate is handed out without it, too. */
  private Optional<Authority> configured(Application application) {
    try {
      return Optional.of(authorities.of(application));
    } catch (Ended notConfigured) {
      return Optional.empty();
    }
  }

  /** A state that no call of ours changes. */
  private Answer<Progress> settled(Placed order, Shown shown) throws Ended {
    return switch (shown.status()) {
      case "valid" -> finalizing.collect(order, shown.certificate());
      case "invalid", "expired" -> failed(order, shown);
      // Not in section 7.1.6, but where cancelled orders end at some CAs.
      case "deactivated" -> order.at(Phase.CANCELLED, shown.status(), null);
      default -> order.at(Phase.UNKNOWN, shown.status(), null);
    };
  }

  private Answer<Progress> follow(Placed order) throws Ended {
    boolean asked = false;
    Duration pause = FIRST_POLL;
    while (true) {
      Optional<Shown> found = order.show(Shown::of);
      if (found.isEmpty()) {
        // A CA that has lost an order without a certificate keeps nothing of it.
        return order.lost() ? placing.place(order.application(), order.announced()) : absent();
      }
      Shown shown = found.get();
      Optional<Answer<Progress>> end =
          switch (shown.status()) {
            case "pending" ->
                asked ? Optional.empty() : proving.prove(order, shown.authorizations());
            case "ready" -> finalizing.finalize(order);
            case "processing" -> Optional.empty();
            default -> Optional.of(settled(order, shown));
          };
      if (end.isPresent()) {
        return end.get();
      }
      asked = true;
      Optional<Answer<Progress>> later = await(order, shown, pause);
      if (later.isPresent()) {
        return later.get();
      }
      pause =
          pause.multipliedBy(2).compareTo(SLOWEST_POLL) > 0 ? SLOWEST_POLL : pause.multipliedBy(2);
    }
  }

  /** Waits for the next look; where that is beyond the deadline, reports that instead. */
  private Optional<Answer<Progress>> await(Placed order, Shown shown, Duration pause) throws Ended {
    Instant now = clock.instant();
    Instant next = shown.retryAt().orElse(now.plus(pause));
    if (next.isBefore(order.context().deadline())) {
      AcmeCalls.sleep(Duration.between(now, next));
      return Optional.empty();
    }
    if (shown.retryAt().isPresent()) {
      return Optional.of(
          new Answer.Failed<>(
              new Failure.Deferred(
                  next, "the CA says " + shown.status() + " and to ask again then")));
    }
    boolean pending = shown.status().equals("pending");
    return Optional.of(
        order.at(pending ? Phase.PENDING_VALIDATION : Phase.APPLYING, shown.status(), null));
  }

  /** The CA's own reasons: of the order, or of the authorizations that brought it down. */
  private static Answer<Progress> failed(Placed order, Shown shown) {
    String reasons;
    try {
      reasons =
          Proof.all(order, shown.authorizations()).stream()
              .map(Proof::problem)
              .filter(Objects::nonNull)
              .limit(3)
              .collect(Collectors.joining("; "));
    } catch (Ended unread) {
      reasons = "";
    }
    String problem = shown.problem();
    String message =
        reasons.isEmpty() ? problem : problem == null ? reasons : problem + "; " + reasons;
    String told = message == null ? "the CA gave no reason" : message;
    boolean file = order.application().terms().validation() == ValidationMethod.FILE;
    return order.at(Phase.FAILED, shown.status(), file ? told + FROM_ABROAD : told);
  }
}
