package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.dns.DelegationZone;
import dev.polycert.domain.DnsNames;
import java.util.List;
import java.util.Optional;

/**
 * The names at and below which a client may publish. Wherever a CNAME of its leads, the record is
 * written with our keys and not with the client's: a CNAME to a foreign name would validate that
 * name for the client.
 *
 * @param zones A-labels, lower case, without the trailing dot
 */
public record ClientNames(List<String> zones) {

  public ClientNames {
    zones = zones.stream().map(DnsNames::canonical).toList();
  }

  /** Whether a name is at or below one of the client's. */
  public boolean cover(String name) {
    return zones.stream().anyMatch(zone -> DnsNames.isIn(DnsNames.canonical(name), zone));
  }

  /**
   * Why a record must not be written where the CNAMEs of the asked name lead; empty where it may.
   *
   * @param asked the name of the record that the client asks for
   * @param end where it would be written
   */
  public Optional<VendorError> refusal(
      String asked, String end, Optional<DelegationZone> delegation) {
    Optional<String> target = delegation.map(zone -> zone.target(asked));
    if (target.filter(end::equals).isPresent() || owns(end, delegation)) {
      return Optional.empty();
    }
    String where =
        DnsNames.same(asked, end)
            ? "%s is the target of another name's delegation".formatted(end)
            : "the CNAME at %s leads to %s, which is no name of this client".formatted(asked, end);
    String right =
        target
            .map("let the CNAME lead to %s, or to a name"::formatted)
            .orElse("let it lead to a name");
    return Optional.of(
        new VendorError(
            ErrorClass.FINAL,
            "Dns.NotOfClient",
            "%s: %s at or below %s".formatted(where, right, String.join(", ", zones))));
  }

  /**
   * The targets in the delegation zone belong to the names that are delegated to them, though a
   * client has the domain above the zone: only a client with names in the zone itself has targets.
   */
  private boolean owns(String name, Optional<DelegationZone> delegation) {
    Optional<String> shared =
        delegation.filter(zone -> zone.isTarget(name)).map(DelegationZone::name);
    return zones.stream()
        .filter(zone -> DnsNames.isIn(name, zone))
        .anyMatch(zone -> shared.isEmpty() || DnsNames.isIn(zone, shared.get()));
  }
}
