package dev.polycert.deliver;

import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import dev.polycert.provider.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The input of one step of a delivery.
 *
 * @param certificate with its private key in the deliverer's {@link Deliverer#keyForm}, which only
 *     the target may get; the caller hides what the target repeats of it
 * @param options of the target, for this domain
 * @param source whose certificate it is
 * @param earlier the answer of an earlier delivery to the same target, so that a renewal replaces
 *     the certificate that it renews; null for the first
 * @param brought the SHA-256 of the certificate that the earlier delivery brought, in lower-case
 *     hex; null when it is not known
 * @param sent those of the last certificates that were sent there, this one included, whatever the
 *     answers: each may be there still
 * @param state what the step before left; empty for the first
 * @param unfinished the state of an earlier delivery to the same target that never got done: one of
 *     the certificate before, or an earlier try; empty when there is none
 */
public record Consignment(
    DomainName domain,
    CertificateBundle certificate,
    Map<String, String> options,
    Source source,
    @Nullable String earlier,
    @Nullable String brought,
    List<String> sent,
    Map<String, String> state,
    Map<String, String> unfinished) {

  /** The first step of a delivery to which nothing was delivered before. */
  public static Consignment first(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      Source source,
      @Nullable String earlier) {
    return new Consignment(
        domain, certificate, options, source, earlier, null, List.of(), Map.of(), Map.of());
  }

  /**
   * Whether somebody else has put a certificate at the target: the one there is neither that of the
   * earlier delivery, nor this one, nor another one that was sent. False when the one there, or the
   * earlier one, is unknown.
   *
   * @param there its SHA-256 in lower-case hex; empty where the target does not show it
   */
  public boolean isOfOthers(String there) {
    return brought != null
        && !there.isEmpty()
        && !there.equals(brought)
        && !sent.contains(there)
        && !Optional.of(there).equals(Pem.fingerprint(certificate.certificate()));
  }

  /**
   * The fingerprints of other certificates that were sent there after that of the earlier delivery,
   * and whose receipt no answer confirmed; the oldest first.
   */
  public List<String> unconfirmed() {
    List<String> later = sent.subList(brought == null ? 0 : sent.indexOf(brought) + 1, sent.size());
    Optional<String> own = Pem.fingerprint(certificate.certificate());
    return later.stream().filter(one -> !Optional.of(one).equals(own)).toList();
  }

  /**
   * The provider that issued a certificate. A target at the same service has that certificate
   * already.
   *
   * @param reference the provider's name of the order; null when it gave none
   * @param renewed the provider's name of the order that this one renews; null when it renews none
   */
  public record Source(
      String provider, String account, @Nullable Reference reference, @Nullable Reference renewed) {

    /** Of a certificate that is delivered without an order. */
    public static final Source NONE = new Source("", "", null, null);
  }
}
