package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.provider.Application;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Validation;
import io.smallrye.mutiny.Uni;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows control of an order's names. Our own look comes first, because a validation that the CA
 * failed to see ends the order (RFC 8555, section 7.1.6).
 */
final class AcmeProofs {
  private static final Duration LOOK = Duration.ofSeconds(6);

  private final ValidationLook look;
  private final boolean looks;
  private final Clock clock;

  AcmeProofs(ValidationLook look, boolean looks, Clock clock) {
    this.look = look;
    this.looks = looks;
    this.clock = clock;
  }

  /** Has the CA validate what is published. @return an answer if something is not published */
  Optional<Answer<Progress>> prove(Placed order, List<URL> authorizations) throws Ended {
    List<Proof> proofs = Proof.all(order, authorizations);
    List<Validation> wanted = AcmePlacement.validations(order, proofs);
    if (order.application().validations().isEmpty() && !wanted.isEmpty()) {
      return Optional.of(order.pending(wanted, Proof.expire(proofs)));
    }
    List<Proof> untried = proofs.stream().filter(Proof::untried).toList();
    boolean needed = looks && !isPublished(order.application());
    List<Finding> findings = needed ? look(untried, order.context()) : List.of();
    List<Finding> missing = new ArrayList<>();
    List<Proof> seen = new ArrayList<>();
    for (int i = 0; i < untried.size(); i++) {
      if (needed && findings.get(i).status() != Finding.Status.PRESENT) {
        missing.add(findings.get(i));
      } else {
        seen.add(untried.get(i));
      }
    }
    AtOnce.map(seen, proof -> proof.trigger(order));
    return missing.isEmpty() ? Optional.empty() : Optional.of(unseen(missing));
  }

  /** A record that Polycert published need not be visible where a cache may hide it. */
  private boolean isPublished(Application application) {
    return application.published() && !look.asksAuthorities();
  }

  private List<Finding> look(List<Proof> proofs, CallContext context) {
    Instant patience = clock.instant().plus(LOOK);
    Instant until = patience.isBefore(context.deadline()) ? patience : context.deadline();
    List<Uni<Finding>> looking =
        proofs.stream()
            .map(proof -> Objects.requireNonNull(proof.validation()).find(look, until))
            .toList();
    return looking.isEmpty()
        ? List.of()
        : Uni.join().all(looking).andFailFast().await().indefinitely();
  }

  private static Answer<Progress> unseen(List<Finding> missing) {
    String text =
        missing.stream()
            .limit(3)
            .map(
                finding ->
                    finding.what()
                        + ": "
                        + Objects.requireNonNullElse(finding.missing(), "not seen"))
            .collect(Collectors.joining("; "));
    String more = missing.size() > 3 ? "; and " + (missing.size() - 3) + " more" : "";
    return Answer.refused(new VendorError(ErrorClass.PENDING, "Validation.NotSeen", text + more));
  }
}
