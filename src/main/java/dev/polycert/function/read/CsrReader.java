package dev.polycert.function.read;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.provider.AlternativeNames;
import dev.polycert.provider.CertificateRequest;
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.KeyAlgorithm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the applicant's CSR against the orders that a request makes with it. */
public final class CsrReader {
  private final Fields request;
  private final Fields information;
  private final Catalog catalog;
  private @Nullable CertificateRequest csr;

  /**
   * @param information the member of the request that the CSR is in
   */
  public CsrReader(Fields request, Fields information, Catalog catalog) {
    this.request = request;
    this.information = information;
    this.catalog = catalog;
  }

  /**
   * Reports providers that take no CSR, and order names that the CSR does not cover.
   *
   * @param notes gets one of what the CSR asks for beyond that
   */
  public void read(
      Information given,
      List<DomainName> domains,
      List<String> providers,
      Map<String, Map<String, String>> options,
      List<String> notes) {
    String pem = given.csr();
    if (pem == null) {
      return;
    }
    CertificateRequest read = readable(pem);
    csr = read;
    CertificateRequest.note(pem).ifPresent(notes::add);
    String without =
        providers.stream()
            .filter(id -> !taken(id).csr(options.getOrDefault(id, Map.of())))
            .collect(Collectors.joining(", "));
    if (!without.isEmpty()) {
      information.error(
          "csr", "%s makes the key itself; a csr is taken by: %s".formatted(without, takers()));
      return;
    }
    for (DomainName domain : domains) {
      for (String provider : providers) {
        Optional<String> problem =
            AlternativeNames.readable(domain, options.getOrDefault(provider, Map.of()))
                .flatMap(names -> read.problem(domain, names, taken(provider)));
        if (problem.isPresent()) {
          information.error("csr", problem.get());
          return;
        }
      }
    }
  }

  /** Whether the applicant makes the key. */
  public boolean given() {
    return csr != null;
  }

  /**
   * The algorithm of the certificate's key; reports one that is not that of the CSR.
   *
   * @param asked null where the request does not say
   * @return null where neither the request nor a CSR says
   */
  public @Nullable KeyAlgorithm keyAlgorithm(@Nullable KeyAlgorithm asked) {
    if (csr == null) {
      return asked;
    }
    if (asked != null && asked != csr.keyAlgorithm()) {
      request.error(
          "keyAlgorithm",
          "%s is asked for, but the key of information.csr is %s; leave it out"
              .formatted(asked, csr.keyAlgorithm()));
    }
    return csr.keyAlgorithm();
  }

  private static CertificateRequest readable(String pem) {
    try {
      return CertificateRequest.read(pem);
    } catch (CertificateRequest.InvalidRequestException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  private InformationUse taken(String provider) {
    return catalog.require(provider).offer().information();
  }

  private String takers() {
    return catalog.ids().stream()
        .filter(id -> taken(id).csr())
        .map(
            id ->
                taken(id).onlyWith() == null ? id : id + " with the option " + taken(id).onlyWith())
        .collect(Collectors.joining(", "));
  }
}
