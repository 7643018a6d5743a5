package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.deliver.Consignment;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.AccelerationDomain;
import dev.polycert.vendor.tencent.edgeone.EdgeOneApi.HostCertificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which accelerated domains use a certificate.
 *
 * @param unknown those that the site has not got
 * @param without those that do not show it, or not yet
 * @param failed those that it could not be bound to
 * @param waiting those that do not use it yet
 */
record BoundHosts(
    List<String> unknown,
    List<AccelerationDomain> without,
    List<AccelerationDomain> failed,
    List<String> waiting) {

  static BoundHosts of(List<String> hosts, List<AccelerationDomain> domains, String id) {
    BoundHosts seen =
        new BoundHosts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String host : hosts) {
      domains.stream()
          .filter(domain -> domain.isNamed(host))
          .findFirst()
          .ifPresentOrElse(domain -> seen.add(domain, id), () -> seen.unknown.add(host));
    }
    return seen;
  }

  private void add(AccelerationDomain domain, String id) {
    HostCertificate certificate = domain.hosted(id);
    String status = certificate == null ? "" : String.valueOf(certificate.status());
    switch (status) {
      case "deployed" -> {}
      case "" -> without.add(domain);
      // "issued", in spite of the word: the binding failed.
      case "failed", "issued" -> failed.add(domain);
      default -> waiting.add(domain.domainName());
    }
  }

  static List<String> names(List<AccelerationDomain> domains) {
    return domains.stream().map(AccelerationDomain::domainName).toList();
  }

  /**
   * The certificates that domains are to have, with the domains that are to have just those.
   * ModifyHostsCertificate puts its list in place of the one that is there, and a domain has "at
   * most one RSA, ECC, or SM2 certificate" at the same time (Certificate Configuration): those of
   * other algorithms are given again, even if somebody else put them there.
   */
  static Map<List<String>, List<String>> lists(
      List<AccelerationDomain> domains, Consignment consignment, String id, Set<String> replaced) {
    Optional<String> own =
        Pem.certificate(consignment.certificate().certificate())
            .map(certificate -> family(certificate.getPublicKey().getAlgorithm()));
    Map<List<String>, List<String>> lists = new LinkedHashMap<>();
    for (AccelerationDomain domain : domains) {
      List<String> others =
          domain.hosted().stream()
              .filter(other -> !own.equals(Optional.of(family(other.signAlgo()))))
              .map(HostCertificate::certId)
              .flatMap(Stream::ofNullable)
              .filter(other -> !other.isEmpty() && !other.equals(id) && !replaced.contains(other))
              .distinct()
              .sorted()
              .toList();
      List<String> list = Stream.concat(Stream.of(id), others.stream()).toList();
      lists.computeIfAbsent(list, same -> new ArrayList<>()).add(domain.domainName());
    }
    return lists;
  }

  /**
   * The algorithm of a certificate, of which a domain may have one each; the vendor writes "RSA
   * 2048", for example.
   */
  private static String family(@Nullable String algorithm) {
    String text = algorithm == null ? "" : algorithm.toUpperCase(Locale.ROOT);
    return Stream.of("SM2", "EC", "RSA").filter(text::contains).findFirst().orElse(text);
  }
}
