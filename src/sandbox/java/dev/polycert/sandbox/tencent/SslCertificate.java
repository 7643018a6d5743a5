package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.World;
import dev.polycert.sandbox.World.Issued;
import dev.polycert.sandbox.World.KeyKind;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One certificate of an account, from the application or the purchase to its end. */
final class SslCertificate {
  /** The CA closes unvalidated orders after three days. */
  static final Duration VALIDATION_WINDOW = Duration.ofDays(3);

  final String id;
  final boolean paid;
  final Instant createdAt;
  final JsonObject information = new JsonObject();

  String account = "";
  String domain;
  List<String> moreDomains = List.of();
  String method = "DNS";
  String alias = "";
  int projectId;
  KeyKind keyKind = KeyKind.RSA_2048;
  boolean deleteRecord;
  boolean letterRequired;
  boolean bound;
  boolean uploaded;
  int status;
  @Nullable String statusMessage;
  @Nullable String orderId;
  @Nullable String replaces;
  @Nullable String replacedBy;
  Instant submittedAt;
  List<DomainProof> proofs = List.of();
  @Nullable Instant validatedAt;
  @Nullable Issued issued;

  SslCertificate(String id, String domain, boolean paid, int status, Instant createdAt) {
    this.id = id;
    this.domain = domain;
    this.paid = paid;
    this.status = status;
    this.createdAt = createdAt;
    this.submittedAt = createdAt;
  }

  /** The domains of the application. */
  List<String> domains() {
    List<String> all = new ArrayList<>();
    all.add(domain);
    moreDomains.stream().filter(more -> !all.contains(more)).forEach(all::add);
    return all;
  }

  /** The names in the certificate: the vendor adds {@code www} to a registrable domain. */
  List<String> subjects(World world) {
    List<String> all = domains();
    String www = "www." + domain;
    if (!paid && domain.equals(world.registrableDomain(domain)) && !all.contains(www)) {
      all.add(www);
    }
    return all;
  }

  /** Whether a host of that name, or without one, can be given the certificate. */
  boolean serves(World world, String host) {
    return host.isEmpty()
        || subjects(world).stream()
            .anyMatch(
                name ->
                    name.equals(host)
                        || (name.startsWith("*.")
                            && host.endsWith(name.substring(1))
                            && host.indexOf('.') == host.length() - name.length() + 1));
  }

  boolean awaitsValidation() {
    return status == SslStatus.REVIEWING || status == SslStatus.RECORD_ADDED;
  }

  /** Whether it counts against the free quota. */
  boolean countsAsFree(Instant now) {
    boolean valid = status == SslStatus.ISSUED && issued != null && now.isBefore(issued.notAfter());
    return !paid && (awaitsValidation() || valid);
  }

  Instant deadline() {
    return submittedAt.plus(VALIDATION_WINDOW);
  }
}
