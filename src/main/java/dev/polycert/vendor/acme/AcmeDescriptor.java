package dev.polycert.vendor.acme;

import dev.polycert.call.Descriptor;
import dev.polycert.provider.Capability;
import dev.polycert.provider.Delegability;
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.ValidationMethod;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What {@code acme} is as a service, and what it offers. */
final class AcmeDescriptor {
  static final String ID = "acme";
  static final String DIRECTORY = "POLYCERT_ACME_CA_*_DIRECTORY";
  static final String VAULT_KEY = "POLYCERT_VAULT_KEY";

  /** RFC 8555, section 8.4. */
  private static final String LABEL = "_acme-challenge";

  static final Descriptor SERVICE =
      Descriptor.of(
              ID, "any ACME CA (Let's Encrypt, ZeroSSL, Google Trust Services, a private one …)")
          .variable(DIRECTORY, true, "")
          .variable(VAULT_KEY, true, "")
          .option(AcmeOptions.CA, "name of the configured CA; the default one when not given")
          .option(
              AcmeOptions.ALTERNATIVE_NAMES,
              "up to 99 more names of the same certificate, separated by commas or spaces")
          .option(
              AcmeOptions.PROFILE,
              "profile of the certificate, one that the CA's directory lists; for an IP address"
                  + " shortlived where there is one")
          .option(
              AcmeOptions.PREFERRED_CHAIN,
              "common name of the root, or of the topmost issuer, that the chain leads to; the CA's"
                  + " first chain when it has no such")
          // What Let's Encrypt allows one address, or less (letsencrypt.org/docs/rate-limits).
          .limit("newAccount", 5)
          .limit("newOrder", 20)
          .limit("revokeCert", 10)
          .limit("*", 50)
          .operations(
              "authorization",
              "certificate",
              "challenge",
              "deactivateAuthorization",
              "directory",
              "finalize",
              "newAccount",
              "newOrder",
              "order",
              "renewalInfo",
              "revokeCert");

  static final Offer OFFER =
      new Offer(
              Set.of(ValidationMethod.DNS, ValidationMethod.FILE),
              Set.of(KeyAlgorithm.values()),
              Set.of(
                  Capability.WILDCARD,
                  Capability.IP_ADDRESS,
                  Capability.CANCEL,
                  Capability.REVOKE,
                  Capability.EXPORT,
                  Capability.EXPORT_KEY,
                  Capability.RENEWAL_WINDOW),
              "a configured CA, whose account is made by the first order; a vault key, under which"
                  + " the keys are kept",
              "a certificate of up to 100 names (with FILE, IP addresses too) whose key is made"
                  + " here and kept in the vault, or is the applicant's own (information.csr)",
              // Pending authorizations of Let's Encrypt expire after 7 days, which is too long to
              // wait.
              Duration.ofHours(72))
          .with(new InformationUse(Set.of(Information.Part.CSR), null, false))
          .withRecordLabel(LABEL)
          .with(new Delegability(List.of(LABEL), ""));

  private AcmeDescriptor() {}
}
