package dev.polycert.order;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import dev.polycert.domain.ServedLook.Wanted;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.DeliveryTarget;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where an order's certificate should be served, and how it is recognised. */
public final class ServedHosts {
  /**
   * The most hosts looked at for one certificate; of the rest an answer says how many there are.
   */
  public static final int MOST = 20;

  private ServedHosts() {}

  /** The hosts of all targets that have the certificate. */
  public static List<ServedHost> delivered(Order order) {
    return allDelivered(order).limit(MOST).toList();
  }

  /** The same; those of its names where it has no targets. */
  public static List<ServedHost> of(Order order) {
    return all(order).limit(MOST).toList();
  }

  /** Stands for the hosts that are too many to look at, and may serve an older certificate. */
  public static Optional<ServedAddress> unseen(Order order) {
    List<ServedHost> unseen = all(order).skip(MOST).toList();
    return unseen.stream()
        .findFirst()
        .map(
            first ->
                ServedAddress.unknown(
                    first,
                    null,
                    "was not looked at, nor were %d other hosts: an order has %d at most"
                        .formatted(unseen.size() - 1, MOST)));
  }

  private static Stream<ServedHost> all(Order order) {
    return order.deliveries().isEmpty() ? own(order) : allDelivered(order);
  }

  private static Stream<ServedHost> allDelivered(Order order) {
    return order.deliveries().stream()
        .filter(delivery -> delivery.state() == Delivery.State.DELIVERED)
        .flatMap(delivery -> of(order, delivery.target()))
        .distinct();
  }

  /** The hosts that a target says to serve the certificate: by default those of its names. */
  private static Stream<ServedHost> of(Order order, DeliveryTarget target) {
    return target.serves() == null ? own(order) : named(order, target);
  }

  private static Stream<ServedHost> named(Order order, DeliveryTarget target) {
    Optional<DomainName> asked = names(order).stream().filter(name -> !name.wildcard()).findFirst();
    return target.servesFor(order.domain()).stream()
        .map(host -> host.asking(asked.filter(name -> !name.isAddress()).orElse(null)));
  }

  /** How many hosts targets name. */
  public static int named(List<DeliveryTarget> targets) {
    return targets.stream()
        .mapToInt(target -> Objects.requireNonNullElse(target.serves(), List.of()).size())
        .sum();
  }

  /** Whether a target names a host. A user who names one expects that it can be reached. */
  static boolean named(Order order, String host) {
    return order.deliveries().stream()
        .map(Delivery::target)
        .filter(target -> target.serves() != null)
        .flatMap(target -> named(order, target))
        .anyMatch(named -> named.toString().equals(host));
  }

  private static Stream<ServedHost> own(Order order) {
    return names(order).stream().filter(name -> !name.wildcard()).map(ServedHost::https);
  }

  private static Set<DomainName> names(Order order) {
    try {
      return AlternativeNames.hosts(order.domain(), order.terms().options());
    } catch (DomainName.InvalidNameException noName) {
      return new LinkedHashSet<>(List.of(order.domain()));
    }
  }

  /** The facts of the order's certificate; the delivered certificate is their best source. */
  public static Wanted wanted(Order order) {
    CertificateFacts facts = order.certificate();
    Served served = order.issuance().served();
    String delivered = served == null ? null : served.fingerprint();
    return new Wanted(
        delivered != null || facts == null ? delivered : facts.fingerprint(),
        facts == null ? null : facts.serialNumber(),
        facts == null ? null : facts.notBefore(),
        facts == null ? null : facts.notAfter(),
        order.terms().keyAlgorithm().name().startsWith("EC") ? "EC" : "RSA");
  }
}
