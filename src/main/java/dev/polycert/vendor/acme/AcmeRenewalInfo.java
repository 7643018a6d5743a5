package dev.polycert.vendor.acme;

import dev.polycert.call.CallContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.RenewalWindow;
import java.net.URL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.connector.Resource;

/** Asks when the CA suggests to renew (RFC 9773, section 4). */
final class AcmeRenewalInfo {
  private static final Logger LOG = Logger.getLogger(AcmeRenewalInfo.class);

  /** Section 4.3: an answer without Retry-After, and limits to what it may say. */
  private static final Duration USUAL = Duration.ofHours(6);

  private static final Duration SOONEST = Duration.ofMinutes(1);
  private static final Duration LATEST = Duration.ofDays(1);

  private final Authorities authorities;
  private final OrderVault keeping;
  private final Clock clock;

  AcmeRenewalInfo(Authorities authorities, OrderVault keeping, Clock clock) {
    this.authorities = authorities;
    this.keeping = keeping;
    this.clock = clock;
  }

  /** Empty where the CA has no such service, does not answer, or suggests no window. */
  Optional<RenewalWindow> window(Application application, CallContext context) {
    try {
      Optional<X509Certificate> certificate =
          keeping.certificate(application.requireReference()).map(IssuedChain::leaf);
      if (certificate.isEmpty()) {
        return Optional.empty();
      }
      Authority ca = authorities.of(application);
      boolean offered =
          ca.calls()
              .read(
                  "directory",
                  context,
                  (session, conversation) ->
                      session.resourceUrlOptional(Resource.RENEWAL_INFO).isPresent());
      return offered ? ask(ca, application, certificate.get(), context) : Optional.empty();
    } catch (Ended ended) {
      LOG.infof("No renewal window for %s: %s", application.domain(), ended.getMessage());
      return Optional.empty();
    }
  }

  private Optional<RenewalWindow> ask(
      Authority ca, Application application, X509Certificate certificate, CallContext context)
      throws Ended {
    RenewalWindow window =
        Placed.of(authorities, application, context)
            .read(
                "renewalInfo",
                (login, conversation) -> {
                  RenewalInfo info = login.bindRenewalInfo(certificate);
                  info.fetch();
                  return new RenewalWindow(
                      info.getSuggestedWindowStart(),
                      info.getSuggestedWindowEnd(),
                      info.getExplanation().map(URL::toString).orElse(null),
                      nextLook(conversation.retryAfter()));
                });
    if (!window.end().isAfter(window.start())) {
      LOG.warnf(
          "%s suggests a renewal from %s to %s, which is no window: ignored",
          ca.name(), window.start(), window.end());
      return Optional.empty();
    }
    return Optional.of(window);
  }

  private Instant nextLook(@Nullable Duration asked) {
    Duration pause = asked == null ? USUAL : asked;
    if (pause.compareTo(SOONEST) < 0) {
      pause = SOONEST;
    }
    return clock.instant().plus(pause.compareTo(LATEST) > 0 ? LATEST : pause);
  }
}
