package dev.polycert.vendor.acme;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.domain.ValidationLook;
import dev.polycert.provider.Application;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Metadata;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;

/**
 * Looks for what in the DNS keeps a CA from issuing, before an order is spent: the CA itself looks
 * at it only once control of the names is shown.
 */
final class AcmeOutlook {
  private static final Duration LOOK = Duration.ofSeconds(6);
  private static final int SHOWN = 3;

  private final ValidationLook look;
  private final boolean looks;
  private final Clock clock;

  AcmeOutlook(ValidationLook look, boolean looks, Clock clock) {
    this.look = look;
    this.looks = looks;
    this.clock = clock;
  }

  /** The CA's names in CAA records (RFC 8555, section 7.1.1). */
  static List<String> identities(Metadata told) {
    return told.getCaaIdentities().stream().sorted().toList();
  }

  /**
   * Ends the step where the CA would refuse one of the names.
   *
   * @param identities of the CA in CAA records
   * @param account the URL of the account; null before it is made
   */
  void require(
      Application application,
      Set<DomainName> names,
      List<String> identities,
      @Nullable String account,
      CallContext context)
      throws Ended {
    if (!looks) {
      return;
    }
    Issuer issuer = Issuer.ofAcme(identities, account, method(application.terms().validation()));
    Instant patience = clock.instant().plus(LOOK);
    Instant until = patience.isBefore(context.deadline()) ? patience : context.deadline();
    List<Uni<Optional<Obstacle>>> looking =
        names.stream()
            .filter(name -> !name.isAddress())
            .map(name -> look.obstacle(name, issuer, until))
            .toList();
    if (looking.isEmpty()) {
      return;
    }
    List<Obstacle> found =
        Uni.join().all(looking).andFailFast().await().indefinitely().stream()
            .flatMap(Optional::stream)
            .toList();
    if (!found.isEmpty()) {
      throw new Ended(error(found));
    }
  }

  private static String method(ValidationMethod method) {
    return method == ValidationMethod.FILE ? Http01Challenge.TYPE : Dns01Challenge.TYPE;
  }

  /** Lasting obstacles are reported before those that may pass. */
  private static VendorError error(List<Obstacle> found) {
    boolean lasting = found.stream().anyMatch(Obstacle::lasting);
    List<Obstacle> shown =
        found.stream().filter(obstacle -> obstacle.lasting() == lasting).distinct().toList();
    String more = shown.size() > SHOWN ? "; and " + (shown.size() - SHOWN) + " more" : "";
    return new VendorError(
        lasting ? ErrorClass.FINAL : ErrorClass.RETRY,
        shown.getFirst().code(),
        shown.stream().limit(SHOWN).map(Obstacle::text).collect(Collectors.joining("; ")) + more);
  }
}
