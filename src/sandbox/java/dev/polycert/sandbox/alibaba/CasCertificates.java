package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The certificates in CAS, uploaded or issued there, and the products that use them. */
@ApplicationScoped
public class CasCertificates {
  static final String REGION = "cn-hangzhou";

  private static final long FIRST_ID = 20_000_000;

  private final List<Uploaded> all = new ArrayList<>();
  private final List<Supplier<Stream<Use>>> uses = new ArrayList<>();
  private long lastId = FIRST_ID;

  public CasCertificates(World world) {
    world.onReset(all::clear);
  }

  /**
   * One certificate.
   *
   * @param instanceId where it was issued; empty for an upload
   * @param key the private key in PEM that CAS made; empty where it made none
   */
  record Uploaded(long id, String name, CertificateFacts facts, String instanceId, String key) {

    boolean isUpload() {
      return instanceId.isEmpty();
    }

    /** Hides the key. */
    @Override
    public String toString() {
      return "Uploaded[" + name + "]";
    }

    /** As products name it. */
    String identifier() {
      return id + "-" + REGION;
    }
  }

  /**
   * Something that serves a certificate.
   *
   * @param product as ListCloudResources names it
   * @param where the domain name or the listener
   * @param identifier of the certificate
   */
  record Use(String product, String where, String identifier) {}

  List<Uploaded> all() {
    return List.copyOf(all);
  }

  Uploaded add(String name, CertificateFacts facts) {
    var uploaded = new Uploaded(++lastId, name, facts, "", "");
    all.add(uploaded);
    return uploaded;
  }

  /** Keeps what a CA issued for an instance, and gives its number. */
  long issued(String name, CertificateFacts facts, String instanceId, String key) {
    var issued = new Uploaded(++lastId, name, facts, instanceId, key);
    all.add(issued);
    return issued.id();
  }

  boolean remove(String id) {
    return all.removeIf(one -> String.valueOf(one.id()).equals(id));
  }

  /** Finds one by its number or as products name it. */
  Optional<Uploaded> find(String id) {
    return all.stream()
        .filter(one -> one.identifier().equals(id) || String.valueOf(one.id()).equals(id))
        .findFirst();
  }

  /** Has a product say what it serves. */
  void usedBy(Supplier<Stream<Use>> product) {
    uses.add(product);
  }

  List<Use> uses() {
    return uses.stream().flatMap(Supplier::get).toList();
  }
}
