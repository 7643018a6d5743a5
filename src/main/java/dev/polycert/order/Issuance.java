package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.RevocationReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of an order.
 *
 * @param renewedAt when the vendor reported the present certificate, if it replaced this order's
 *     earlier one by itself
 * @param suggested when the CA suggests the renewal, where it does
 * @param announced whether an earlier record has notified people of the present certificate
 * @param delegationsAt when the CNAMEs of its validation were last looked at; null before
 * @param served what its hosts served when we last looked; null before a delivery
 * @param revokedFor the reason of the last revocation that Polycert has asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Issuance(
    @Nullable CertificateFacts certificate,
    @Nullable Instant renewedAt,
    @Nullable RenewalWindow suggested,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean announced,
    @Nullable Instant delegationsAt,
    @Nullable Served served,
    @Nullable RevocationReason revokedFor) {

  /** There is no certificate yet. */
  public static Issuance none() {
    return new Issuance(null, null, null, false, null, null, null);
  }

  public Issuance withCertificate(@Nullable CertificateFacts certificate) {
    return new Issuance(
        certificate, renewedAt, suggested, announced, delegationsAt, served, revokedFor);
  }

  public Issuance withRenewedAt(@Nullable Instant renewedAt) {
    return new Issuance(
        certificate, renewedAt, suggested, announced, delegationsAt, served, revokedFor);
  }

  public Issuance withSuggested(@Nullable RenewalWindow suggested) {
    return new Issuance(
        certificate, renewedAt, suggested, announced, delegationsAt, served, revokedFor);
  }

  public Issuance withAnnounced(boolean announced) {
    return new Issuance(
        certificate, renewedAt, suggested, announced, delegationsAt, served, revokedFor);
  }

  public Issuance withDelegationsAt(@Nullable Instant delegationsAt) {
    return new Issuance(
        certificate, renewedAt, suggested, announced, delegationsAt, served, revokedFor);
  }

  public Issuance withServed(@Nullable Served served) {
    return new Issuance(
        certificate, renewedAt, suggested, announced, delegationsAt, served, revokedFor);
  }

  public Issuance withRevokedFor(RevocationReason revokedFor) {
    return new Issuance(
        certificate, renewedAt, suggested, announced, delegationsAt, served, revokedFor);
  }

  /** When the certificate ends, exclusive; null when that is not known. */
  public @Nullable Instant notAfter() {
    return certificate == null ? null : certificate.notAfter();
  }
}
