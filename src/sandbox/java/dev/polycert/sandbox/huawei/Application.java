package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.World.KeyKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The application for a bought certificate.
 *
 * @param information applicant, company and contact, by the names that ShowCertificate uses
 * @param csr null when the service makes the key
 * @param autoDns whether the service writes the proofs into its own DNS
 * @param method {@code DNS} or {@code EMAIL}
 * @param proofs how to prove control; empty until the CA demands them
 * @param validated when the CA validated control, or null
 */
record Application(
    String domain,
    List<String> sans,
    ObjectNode information,
    @Nullable String csr,
    KeyKind keys,
    boolean autoDns,
    String method,
    List<Proof> proofs,
    @Nullable Instant validated) {

  /** A TXT record that proves control of a domain, an item of {@code authentification}. */
  record Proof(String name, String value, String domain) {
    boolean satisfied(World world) {
      return world.dns(name, "TXT").contains(value);
    }
  }

  List<String> names() {
    return Stream.concat(Stream.of(domain), sans.stream()).distinct().toList();
  }

  /** The names whose control has to be proven; for a wildcard, the name without {@code *.}. */
  List<String> bases() {
    return names().stream().map(DomainNames::base).distinct().toList();
  }

  Application with(List<Proof> told) {
    return new Application(domain, sans, information, csr, keys, autoDns, method, told, validated);
  }

  Application validated(Instant now) {
    return new Application(domain, sans, information, csr, keys, autoDns, method, proofs, now);
  }
}
