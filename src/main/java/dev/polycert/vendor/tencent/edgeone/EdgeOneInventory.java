package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.UtcTime;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Reference;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.AccelerationDomain;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.HostCertificate;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists the free certificates that accelerated domains have, a page of one site at a time. Those
 * that are not deployed yet are in no list of EdgeOne's.
 */
final class EdgeOneInventory {
  /** The place of the site, and the place among its domains. */
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,6}):(\\d{1,6})");

  private static final List<String> FREE = List.of("eofreecert", "eofreecert_manual");

  private final EdgeOneApi api;

  EdgeOneInventory(EdgeOneApi api) {
    this.api = api;
  }

  private record Place(int zone, int domain) {}

  Uni<Answer<Inventory>> list(@Nullable String cursor, CallContext context) {
    Matcher matcher = CURSOR.matcher(cursor == null ? "0:0" : cursor);
    if (!matcher.matches()) {
      return Inventory.unknownCursor(String.valueOf(cursor)).now();
    }
    Place place = new Place(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    return Answer.then(
        api.zone(place.zone, context),
        zones ->
            zones.value().zones().isEmpty()
                ? new Answer.Success<>(new Inventory(List.of(), null), zones.requestId()).now()
                : domains(
                    zones.value().zones().getFirst().zoneId(),
                    place,
                    zones.value().totalCount(),
                    context));
  }

  private Uni<Answer<Inventory>> domains(
      String zoneId, Place place, int zones, CallContext context) {
    return Answer.then(
        api.domains(zoneId, place.domain, null, context),
        page -> {
          List<AccelerationDomain> domains = page.value().accelerationDomains();
          int end = place.domain + domains.size();
          String next = null;
          if (!domains.isEmpty() && end < page.value().totalCount()) {
            next = place.zone + ":" + end;
          } else if (place.zone + 1 < zones) {
            next = place.zone + 1 + ":0";
          }
          List<Inventory.Item> items =
              domains.stream()
                  .filter(domain -> FREE.contains(domain.mode()) && domain.first() != null)
                  .map(domain -> item(zoneId, domain))
                  .toList();
          return new Answer.Success<>(new Inventory(items, next), page.requestId()).now();
        });
  }

  private static Inventory.Item item(String zoneId, AccelerationDomain domain) {
    HostCertificate certificate = domain.first();
    String name = domain.domainName();
    String status = certificate == null ? "" : String.valueOf(certificate.status());
    return new Inventory.Item(
        name,
        List.of(name),
        Reference.of("zoneId", zoneId, "domain", name),
        phase(status),
        facts(name, certificate),
        domain.mode() + " " + status);
  }

  private static @Nullable CertificateFacts facts(
      String name, @Nullable HostCertificate certificate) {
    if (certificate == null || certificate.expireTime() == null) {
      return null;
    }
    return new CertificateFacts(
        name,
        List.of(name),
        null,
        null,
        null,
        certificate.signAlgo(),
        null,
        UtcTime.parse(certificate.expireTime()));
  }

  /** What is deployed, or could not be bound, is a certificate. */
  private static Phase phase(String status) {
    return switch (status) {
      case "deployed", "processing", "issued" -> Phase.ISSUED;
      case "applying" -> Phase.APPLYING;
      case "failed" -> Phase.FAILED;
      default -> Phase.UNKNOWN;
    };
  }
}
