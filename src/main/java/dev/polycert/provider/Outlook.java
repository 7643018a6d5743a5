package dev.polycert.provider;

import dev.polycert.call.Answer;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.domain.ValidationLook;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Prepares an application, and looks for obstacles in the DNS that keep the CA behind a vendor from
 * issuing. The vendor finds them only after the application, and its quota, are spent.
 *
 * <p>Only a certain obstacle holds up an application. An application needs no such look, so a name
 * server that cannot be asked from here is no obstacle.
 */
@ApplicationScoped
public class Outlook {
  private static final Duration LOOK = Duration.ofSeconds(6);

  private final ValidationLook look;
  private final ProviderConfig config;
  private final Clock clock;

  public Outlook(ValidationLook look, ProviderConfig config, Clock clock) {
    this.look = look;
    this.config = config;
    this.clock = clock;
  }

  /** As {@link CertificateProvider#prepare}, refused as well where the CA could not issue. */
  public Uni<Answer<Preparation>> prepare(
      CertificateProvider provider, Application application, CallContext context) {
    return provider
        .prepare(application, context)
        .flatMap(
            answer ->
                answer instanceof Success(Preparation.Ready ready, _)
                    ? obstacle(provider, application, context)
                        .map(found -> found.<Answer<Preparation>>map(Outlook::refused))
                        .map(refused -> refused.orElse(answer))
                    : Uni.createFrom().item(answer));
  }

  private Uni<Optional<Obstacle>> obstacle(
      CertificateProvider provider, Application application, CallContext context) {
    Optional<Issuer> issuer = provider.issuer(application);
    if (issuer.isEmpty() || !config.of(provider.descriptor().id()).look()) {
      return Uni.createFrom().item(Optional.empty());
    }
    Instant patience = clock.instant().plus(LOOK);
    Instant until = patience.isBefore(context.deadline()) ? patience : context.deadline();
    Set<DomainName> names =
        AlternativeNames.readable(application.domain(), application.terms().options())
            .orElse(Set.of(application.domain()));
    List<Uni<Optional<Obstacle>>> looking =
        names.stream().map(name -> look.obstacle(name, issuer.get(), until)).toList();
    return Uni.join()
        .all(looking)
        .andFailFast()
        .map(
            found ->
                found.stream()
                    .flatMap(Optional::stream)
                    .filter(obstacle -> !obstacle.code().equals(Obstacle.UNREACHABLE))
                    // A lasting obstacle goes before one that may pass.
                    .reduce((one, other) -> one.lasting() || !other.lasting() ? one : other));
  }

  private static Answer<Preparation> refused(Obstacle obstacle) {
    return Answer.refused(
        new VendorError(
            obstacle.lasting() ? ErrorClass.FINAL : ErrorClass.RETRY,
            obstacle.code(),
            obstacle.text()));
  }
}
