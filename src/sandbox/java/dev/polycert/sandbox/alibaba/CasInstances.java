package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.World.Issued;
import dev.polycert.sandbox.World.KeyKind;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.CasInstance.Product;
import dev.polycert.sandbox.alibaba.CasInstance.Proof;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The instances of the account, and the CAs behind them, which act at each look. */
final class CasInstances {
  static final String PROVIDER = "alibaba-cas";
  static final Refusal NOT_FOUND =
      new Refusal(404, "NotFound", "The specified instance is not found.");

  private static final Duration TEST_LIFETIME = Duration.ofDays(90);

  // CA/B Forum Baseline Requirements 6.3.2: at most 200 days from 15 March 2026.
  private static final Duration LIFETIME = Duration.ofDays(199);

  private static final Duration YEAR = Duration.ofDays(365);

  /** How many unused test instances the account always has, unless that is changed. */
  private static final int TESTS = 20;

  private static final String ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789";

  private static final Product TEST = new Product("ss.dv.t", "DigiCert", "TEST", "DV", 1, 0);

  /** The bought ones that the account always has, one of each. */
  private static final List<Product> BOUGHT =
      List.of(
          new Product("geo.dv.f", "GeoTrust", "BUY", "DV", 1, 0),
          new Product("geo.dv.w", "GeoTrust", "BUY", "DV", 0, 1),
          new Product("gs.dv.f", "GlobalSign", "BUY", "DV", 5, 1),
          new Product("ss.ov.f", "DigiCert", "BUY", "OV", 1, 0));

  private final World world;
  private final CasCertificates certificates;
  private final Map<String, CasInstance> byId = new LinkedHashMap<>();
  private int tests = TESTS;
  private boolean bought = true;

  CasInstances(World world, CasCertificates certificates) {
    this.world = world;
    this.certificates = certificates;
    world.onReset(
        () -> {
          byId.clear();
          tests = TESTS;
          bought = true;
        });
  }

  /** All, with those that the account always has. */
  Collection<CasInstance> all() {
    fill();
    return byId.values();
  }

  Optional<CasInstance> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Changes how many unused ones the account always has. */
  void stock(int testsKept, boolean boughtKept) {
    tests = testsKept;
    bought = boughtKept;
    byId.values().removeIf(instance -> instance.stocked() && instance.unused());
  }

  private void fill() {
    while (unused(TEST) < tests) {
      add(TEST);
    }
    if (bought) {
      BOUGHT.stream().filter(product -> unused(product) == 0).forEach(this::add);
    }
  }

  private long unused(Product product) {
    return byId.values().stream()
        .filter(instance -> instance.product().equals(product) && instance.unused())
        .count();
  }

  private void add(Product product) {
    var id = "cas_dv-cn-" + world.random(12, ALPHANUMERIC);
    byId.put(id, new CasInstance(id, product, world.now().plus(YEAR), true));
  }

  /**
   * Lets the CA look at the application; a caller that polls cannot distinguish that from a
   * background process.
   */
  void look(CasInstance instance) {
    if (!instance.status().equals(CasInstance.PENDING)) {
      return;
    }
    if (instance.withdrawing()) {
      instance.withdrawn();
    } else if (instance.proofs().isEmpty()) {
      instance.demand(proofs(instance));
    } else {
      check(instance);
    }
  }

  /** Names and their wildcards have one proof. */
  private List<Proof> proofs(CasInstance instance) {
    var file = instance.written().validationMethod().equals("HTTP");
    var value = world.random(32, ALPHANUMERIC);
    return instance.written().names().stream()
        .map(DomainNames::base)
        .distinct()
        .map(
            base -> {
              var root = world.registrableDomain(base);
              return file
                  ? new Proof(base, root, "HTTP", "/.well-known/pki-validation/fileauth.txt", value)
                  : new Proof(base, root, "TXT", under("_dnsauth." + base, root), value);
            })
        .toList();
  }

  private static String under(String name, String root) {
    return name.substring(0, name.length() - root.length() - 1);
  }

  private void check(CasInstance instance) {
    if (instance.validated() == null
        && instance.proofs().stream().allMatch(proof -> proof.satisfied(world))) {
      instance.validate(world.now());
    }
    var validated = instance.validated();
    if (validated == null || world.now().isBefore(validated.plus(world.issueDelay()))) {
      return;
    }
    var names = instance.written().names();
    var lifetime = instance.product().isBought() ? LIFETIME : TEST_LIFETIME;
    var csr = instance.written().csr();
    var issued =
        csr == null
            ? Optional.of(world.issue(names, lifetime, keys(instance)))
            : world.issueForCsr(csr, names, lifetime);
    issued.ifPresentOrElse(
        certificate -> instance.issued(String.valueOf(keep(instance, certificate))),
        () -> instance.fail("the CSR cannot be read"));
  }

  private static KeyKind keys(CasInstance instance) {
    return instance.written().keyAlgorithm().equals("ECC_256") ? KeyKind.EC_P256 : KeyKind.RSA_2048;
  }

  private long keep(CasInstance instance, Issued issued) {
    var chain = issued.certificatePem().strip() + "\n" + issued.chainPem().strip() + "\n";
    var key = issued.keys() == null ? "" : Pem.encode(issued.keys().getPrivate());
    return certificates.issued(
        "cert-" + instance.id(), CertificateFacts.of(chain).orElseThrow(), instance.id(), key);
  }
}
