package dev.polycert.vendor.acme;

import dev.polycert.provider.Capability;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what {@code acme} is. */
final class AcmeDescriptor {
  static final String ID = "acme";
  static final String DIRECTORY = "POLYCERT_ACME_CA_*_DIRECTORY";
  static final String VAULT_KEY = "POLYCERT_VAULT_KEY";

  static final Descriptor DESCRIPTOR =
      new Descriptor(
          ID,
          "any ACME CA (Let's Encrypt, ZeroSSL, Google Trust Services, a private one …)",
          Set.of(ValidationMethod.DNS, ValidationMethod.FILE),
          Set.of(KeyAlgorithm.values()),
          AcmeOptions.MEANINGS,
          List.of(DIRECTORY, VAULT_KEY),
          Set.of(
              Capability.WILDCARD,
              Capability.CANCEL,
              Capability.REVOKE,
              Capability.EXPORT,
              Capability.RENEWAL_WINDOW),
          "a configured CA, whose account is made by the first order; a vault key, under which the"
              + " keys are kept",
          "a certificate of up to 100 names whose key is made here and kept in the vault, or is the"
              + " applicant's own (information.csr)",
          // What Let's Encrypt allows one address, or less (letsencrypt.org/docs/rate-limits).
          Map.of("newAccount", 5.0, "newOrder", 20.0, "revokeCert", 10.0, "*", 50.0),
          // Pending authorizations of Let's Encrypt expire after 7 days; nobody waits that long.
          Duration.ofHours(72));

  private AcmeDescriptor() {}
}
