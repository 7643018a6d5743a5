package dev.polycert.sandbox.huawei;

import dev.polycert.sandbox.World;
import dev.polycert.sandbox.huawei.Purchase.DomainType;
import dev.polycert.sandbox.huawei.ScmAnswer.Refusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The certificates of the account. */
final class Certificates {
  private static final int ID_LENGTH = 16;
  private static final int MONTHS = 12;

  // Both kinds together fit what ListCertificates can show: an offset of 100 and 50 more.
  private static final int STOCK = 50;
  private static final String STOCK_NAME = "scm-stock";
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

  private final World world;
  private final Map<String, ScmCertificate> byId = new LinkedHashMap<>();
  private final Map<DomainType, Integer> stock = new EnumMap<>(DomainType.class);
  private int freeOnesBought;
  private long lastNumber;

  Certificates(World world) {
    this.world = world;
    keep(STOCK, STOCK);
    world.onReset(
        () -> {
          byId.clear();
          keep(STOCK, STOCK);
          freeOnesBought = 0;
        });
  }

  Collection<ScmCertificate> all() {
    return byId.values();
  }

  void put(ScmCertificate certificate) {
    byId.put(certificate.id(), certificate);
  }

  void remove(ScmCertificate certificate) {
    byId.remove(certificate.id());
  }

  /** Applies the operation to the certificate of that id, or refuses. */
  ScmAnswer with(String id, Function<ScmCertificate, ScmAnswer> answer) {
    if (id.length() != ID_LENGTH) {
      return Refusals.CERTIFICATE_ID_FORMAT;
    }
    var certificate = byId.get(id);
    return certificate == null ? Refusals.NO_SUCH_CERTIFICATE : answer.apply(certificate);
  }

  ScmCertificate add(Purchase purchase, String name, Status status, @Nullable Material material) {
    var certificate =
        new ScmCertificate(newId(), name, purchase, status, world.now(), null, material);
    put(certificate);
    return certificate;
  }

  /** Dated long ago, so that lists show first what tests did with the account. */
  private void addToStock(DomainType kind) {
    var purchase = new Purchase(newOrderId(), "DV_SSL_CERT", "GEOTRUST", kind, 1, MONTHS);
    put(new ScmCertificate(newId(), STOCK_NAME, purchase, Status.PAID, Instant.EPOCH, null, null));
  }

  /** An id looks like the milliseconds of its making, {@code scs1590053258704}. */
  private String newId() {
    lastNumber = Math.max(lastNumber + 1, world.now().toEpochMilli());
    return "scs" + lastNumber;
  }

  String newOrderId() {
    return "CS"
        + MINUTE.format(world.now())
        + world.random(5, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  }

  /** The refusal if that many free ones exceed the account's limit. */
  Optional<Refusal> takeFree(int count) {
    if (freeOnesBought + count > world.quota(ScmEmulator.PROVIDER)) {
      return Optional.of(Refusals.TYPE_LIMIT);
    }
    freeOnesBought += count;
    return Optional.empty();
  }

  /** Changes how many unused certificates the account always has. */
  void stock(int singles, int wildcards) {
    keep(singles, wildcards);
    byId.values().removeIf(c -> c.stage() == Status.PAID && c.name().equals(STOCK_NAME));
  }

  /** Makes the open applications for a domain fail, and counts them. */
  int fail(String domain) {
    var open =
        byId.values().stream()
            .filter(c -> c.stage().applying())
            .filter(c -> c.application() != null && c.application().domain().equals(domain))
            .toList();
    open.forEach(c -> put(c.at(Status.UNPASSED, world.now())));
    return open.size();
  }

  private void keep(int singles, int wildcards) {
    stock.put(DomainType.SINGLE_DOMAIN, singles);
    stock.put(DomainType.WILDCARD, wildcards);
  }

  /**
   * Buys what is missing, so that every account has unused certificates. They stand for purchases
   * made in advance, so the ledger does not count them.
   */
  void fill() {
    while (stock.keySet().stream().anyMatch(this::lacking)) {
      stock.keySet().stream().filter(this::lacking).forEach(this::addToStock);
    }
  }

  private boolean lacking(DomainType kind) {
    return unused(kind) < stock.getOrDefault(kind, 0);
  }

  private long unused(DomainType kind) {
    return byId.values().stream()
        .filter(c -> c.stage() == Status.PAID && c.purchase().domainType() == kind)
        .count();
  }
}
