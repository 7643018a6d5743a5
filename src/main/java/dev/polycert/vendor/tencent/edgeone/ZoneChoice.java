package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides which site a domain is accelerated by: the one with the longest fitting name. */
final class ZoneChoice {
  /** Filters: "at most 20 values" (DescribeZones). */
  private static final int MOST_NAMES = 20;

  private static final Set<String> OUT_OF_SERVICE = Set.of("deactivated", "initializing");

  private ZoneChoice() {}

  /** The names that a site of the domain may have, down to two labels. */
  static List<String> names(DomainName domain) {
    List<String> names = new ArrayList<>();
    String name = domain.base();
    while (name.contains(".")) {
      names.add(name);
      name = name.substring(name.indexOf('.') + 1);
    }
    return names.subList(Math.max(0, names.size() - MOST_NAMES), names.size());
  }

  static Answer<Zone> choose(List<Zone> zones, DomainName domain, @Nullable String requestId) {
    List<Zone> fitting = longest(zones, domain);
    if (fitting.isEmpty()) {
      return refused(
          "NoZone",
          "no EdgeOne site of this account covers "
              + domain
              + ": add one with CNAME access, or name it with the option zoneId",
          requestId);
    }
    List<Zone> usable = fitting.stream().filter(zone -> obstacle(zone).isEmpty()).toList();
    return switch (usable.size()) {
      case 1 -> new Answer.Success<>(usable.getFirst(), requestId);
      case 0 ->
          refused(
              "ZoneUnusable",
              fitting.stream()
                  .map(zone -> describe(zone) + " " + obstacle(zone).orElseThrow())
                  .collect(Collectors.joining("; ")),
              requestId);
      default ->
          refused(
              "ZoneAmbiguous",
              "several sites cover "
                  + domain
                  + ", name one with the option zoneId: "
                  + usable.stream().map(ZoneChoice::describe).collect(Collectors.joining(", ")),
              requestId);
    };
  }

  private static List<Zone> longest(List<Zone> zones, DomainName domain) {
    List<Zone> covering = zones.stream().filter(zone -> domain.isUnder(zone.zoneName())).toList();
    int length = covering.stream().map(ZoneChoice::length).max(Comparator.naturalOrder()).orElse(0);
    return covering.stream().filter(zone -> length(zone) == length).toList();
  }

  private static int length(Zone zone) {
    return DnsNames.canonical(zone.zoneName()).length();
  }

  /** Why the site cannot have a certificate applied for, and what to do. */
  private static Optional<String> obstacle(Zone zone) {
    if (zone.type() != null && !zone.type().equals("partial")) {
      return Optional.of(
          "has access type "
              + zone.type()
              + "; only sites with CNAME access can apply. Set the domain's certificate to the"
              + " free one in the EdgeOne console (mode eofreecert), which validates by itself");
    }
    if (zone.status() != null && OUT_OF_SERVICE.contains(zone.status())) {
      return Optional.of("is " + zone.status() + "; bring it into service first");
    }
    return Boolean.TRUE.equals(zone.paused())
        ? Optional.of("is paused; enable it first")
        : Optional.empty();
  }

  private static String describe(Zone zone) {
    boolean alias = zone.aliasZoneName() != null && !zone.aliasZoneName().isEmpty();
    return zone.zoneId()
        + " ("
        + zone.zoneName()
        + (alias ? ", alias " + zone.aliasZoneName() : "")
        + ")";
  }

  private static Answer<Zone> refused(String code, String message, @Nullable String requestId) {
    return Answer.refused(new VendorError(ErrorClass.FINAL, code, message, requestId, null));
  }
}
