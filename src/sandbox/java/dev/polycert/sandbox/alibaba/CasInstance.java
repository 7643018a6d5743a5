package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.World;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instance of CAS: room for one certificate, an application at a time. */
final class CasInstance {
  static final String INACTIVE = "inactive";
  static final String PENDING = "pending";
  static final String NORMAL = "normal";

  /**
   * The kind of certificate that an instance is for.
   *
   * @param spec as BSS sells it, {@code ss.dv.t}
   * @param type {@code TEST} or {@code BUY}
   * @param certificateType {@code DV}, {@code OV} or {@code EV}
   * @param singles how many names without an asterisk
   * @param wildcards how many with one
   */
  record Product(
      String spec, String brand, String type, String certificateType, int singles, int wildcards) {

    boolean isBought() {
      return type.equals("BUY");
    }

    /** Whether these names are what it is for; a wildcard's own name is no name of its own. */
    boolean takes(List<String> names) {
      long asterisks = names.stream().filter(DomainNames::wildcard).count();
      return asterisks <= wildcards && names.size() - asterisks <= singles;
    }
  }

  /**
   * The contents that UpdateInstance wrote.
   *
   * @param csr null when CAS makes the key
   * @param companyId empty for none
   */
  record Written(
      List<String> names,
      String validationMethod,
      String keyAlgorithm,
      @Nullable String csr,
      List<String> contacts,
      String companyId,
      String autoReissue) {

    static final Written NOTHING = new Written(List.of(), "", "", null, List.of(), "", "disable");

    /** Whether it can be applied with. */
    boolean completeFor(Product product) {
      return !names.isEmpty()
          && !validationMethod.isEmpty()
          && !contacts.isEmpty()
          && (product.certificateType().equals("DV") || !companyId.isEmpty());
    }
  }

  /** How control of a name is proven; of a file the key is its path. */
  record Proof(String domain, String rootDomain, String type, String key, String value) {

    boolean satisfied(World world) {
      return type.equals("HTTP")
          ? world.file(domain, key).map(String::strip).filter(value::equals).isPresent()
          : world.dns(name(), type).contains(value);
    }

    private String name() {
      return key.equals("@") ? rootDomain : key + "." + rootDomain;
    }
  }

  /**
   * A task as GetTaskAttribute shows it.
   *
   * @param status {@code PENDING}, {@code COMPLETED} or {@code FAILED}
   */
  record Task(String status, String message) {}

  private final String id;
  private final Product product;
  private final Instant paidUntil;
  private final boolean stocked;
  private String status = INACTIVE;
  private Written written = Written.NOTHING;
  private List<Proof> proofs = List.of();
  private boolean withdrawing;
  private @Nullable Instant validated;
  private @Nullable Task task;
  private String certificateId = "";
  private String pendingResult = "";
  private @Nullable Instant revoked;

  /**
   * @param stocked whether it is one of those that the account always has
   */
  CasInstance(String id, Product product, Instant paidUntil, boolean stocked) {
    this.id = id;
    this.product = product;
    this.paidUntil = paidUntil;
    this.stocked = stocked;
  }

  String id() {
    return id;
  }

  Product product() {
    return product;
  }

  Instant paidUntil() {
    return paidUntil;
  }

  boolean stocked() {
    return stocked;
  }

  String status() {
    return status;
  }

  Written written() {
    return written;
  }

  List<Proof> proofs() {
    return proofs;
  }

  @Nullable Task task() {
    return task;
  }

  /** Empty before the first certificate. */
  String certificateId() {
    return certificateId;
  }

  String pendingResult() {
    return pendingResult;
  }

  @Nullable Instant revoked() {
    return revoked;
  }

  boolean unused() {
    return status.equals(INACTIVE) && written.names().isEmpty();
  }

  /**
   * Whether an application may begin: once for a test, as often as needed within a subscription.
   */
  boolean open() {
    return status.equals(INACTIVE) || (product.isBought() && status.equals(NORMAL));
  }

  void write(Written application) {
    written = application;
  }

  void apply() {
    status = PENDING;
    task = new Task("PENDING", "");
    proofs = List.of();
    validated = null;
    pendingResult = PENDING;
  }

  void demand(List<Proof> demanded) {
    proofs = demanded;
    task = new Task("COMPLETED", "");
  }

  void validate(Instant now) {
    validated = now;
  }

  @Nullable Instant validated() {
    return validated;
  }

  void withdraw() {
    withdrawing = true;
  }

  boolean withdrawing() {
    return withdrawing;
  }

  /** A withdrawn instance has been seen to be normal. */
  void withdrawn() {
    withdrawing = false;
    status = NORMAL;
    proofs = List.of();
    pendingResult = "cancelled";
  }

  void issued(String certificate) {
    status = NORMAL;
    certificateId = certificate;
    revoked = null;
    proofs = List.of();
    pendingResult = "issued";
  }

  void fail(String message) {
    status = INACTIVE;
    proofs = List.of();
    task = new Task("FAILED", message);
    pendingResult = message;
  }

  void revoke(Instant now) {
    revoked = now;
  }
}
