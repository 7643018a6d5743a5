package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import java.net.URL;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.exception.AcmeException;

/** Requests the certificate of an order that is ready, and checks it before it is handed out. */
final class AcmeIssuance {
  private static final Logger LOG = Logger.getLogger(AcmeIssuance.class);

  /** The difference of clocks that is not reported. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final OrderVault keeping;
  private final Clock clock;

  AcmeIssuance(OrderVault keeping, Clock clock) {
    this.keeping = keeping;
    this.clock = clock;
  }

  /**
   * Sends the request for the certificate. It may be sent again: the CA accepts one, for the same
   * key.
   *
   * @return an answer when the CA refuses; else empty, and the order shows the result
   */
  Optional<Answer<Progress>> finalize(Placed order) throws Ended {
    Set<DomainName> names = AcmeOptions.names(order.application());
    String csr = order.application().terms().information().csr();
    Csr request =
        csr != null
            ? Csr.read(csr, names)
            : Csr.of(
                keeping.keyOrNew(order.reference(), order.application().terms().keyAlgorithm()),
                names);
    try {
      order.write(
          "finalize",
          order.announced(),
          (login, conversation) -> send(login, order.url(), request));
      return Optional.empty();
    } catch (Ended ended) {
      return switch (ended.answer()) {
        case Answer.Failed<Progress>(Failure.Unclear unclear) -> Optional.empty();
        case Answer.Failed<Progress>(Failure.Refused(VendorError error))
            when error.code().equals(AcmeErrors.ORDER_NOT_READY) ->
            Optional.empty();
        case Answer.Failed<Progress>(Failure.Refused(VendorError error))
            when error.errorClass() == ErrorClass.FINAL ->
            Optional.of(order.at(Phase.FAILED, error.code(), error.message()));
        default -> throw ended;
      };
    }
  }

  private static boolean send(Login login, URL url, Csr request) throws AcmeException {
    Order order = login.bindOrder(url);
    order.fetch();
    order.execute(request.der());
    return true;
  }

  /** Downloads the certificate; keeps it if it matches the request, else the order fails. */
  Answer<Progress> collect(Placed order, @Nullable URL certificate) throws Ended {
    URL location = Objects.requireNonNull(certificate);
    Set<DomainName> names = AcmeOptions.names(order.application());
    PublicKey key = key(order, names);
    Download chosen = choose(order, location, key);
    IssuedChain chain = chosen.chain();
    Instant now = clock.instant();
    Optional<IssuedChain.Fault> fault =
        chain.fault(key, names, Set.copyOf(List.of(now, now.plus(chosen.ahead()))));
    if (fault.isPresent()) {
      LOG.warnf("%s: %s %s", order.url(), fault.get().name(), fault.get().why());
      return order.at(Phase.FAILED, fault.get().name(), fault.get().why());
    }
    keeping.keep(order.reference(), chain);
    String message =
        Stream.of(
                preferred(order).map(wanted -> wanted.lacking(chain)),
                Optional.ofNullable(chosen.skew()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return issued(order.reference(), chain, message.isEmpty() ? null : message);
  }

  private PublicKey key(Placed order, Set<DomainName> names) throws Ended {
    String csr = order.application().terms().information().csr();
    return csr != null
        ? Csr.read(csr, names).key()
        : keeping
            .key(order.reference())
            .orElseThrow(
                () ->
                    new Ended(
                        order.at(
                            Phase.FAILED,
                            "Certificate.NoKey",
                            "the vault has no key for what the CA issued")))
            .getPublic();
  }

  static Answer<Progress> issued(Reference reference, IssuedChain chain, @Nullable String message) {
    return Answer.of(
        new Progress(Phase.ISSUED, reference, List.of(), chain.facts(), "valid", message, null));
  }

  /** The chain that leads to the preferred root, among the CA's alternates (section 7.4.2). */
  private static Download choose(Placed order, URL location, PublicKey key) throws Ended {
    Optional<PreferredChain> preferred = preferred(order);
    Download first = download(order, location, key);
    if (preferred.isEmpty() || preferred.get().is(first.chain())) {
      return first;
    }
    for (URL alternate : first.alternates()) {
      Download other = download(order, alternate, key);
      if (preferred.get().is(other.chain())) {
        return other;
      }
    }
    return first;
  }

  private static Optional<PreferredChain> preferred(Placed order) {
    return PreferredChain.of(order.application(), Optional.of(order.ca()));
  }

  /**
   * A chain as it was downloaded.
   *
   * @param ahead how far the CA's clock is ahead of ours
   */
  private record Download(IssuedChain chain, List<URL> alternates, Duration ahead) {

    @Nullable String skew() {
      return ahead.abs().compareTo(TOLERANCE) > 0
          ? "this machine's clock is %d min %s the CA's"
              .formatted(ahead.abs().toMinutes(), ahead.isNegative() ? "ahead of" : "behind")
          : null;
    }
  }

  private static Download download(Placed order, URL location, PublicKey key) throws Ended {
    return order.read(
        "certificate",
        (login, conversation) -> {
          Certificate certificate = login.bindCertificate(location);
          certificate.download();
          return new Download(
              IssuedChain.ordered(certificate.getCertificateChain(), key),
              certificate.getAlternates(),
              conversation.ahead());
        });
  }
}
