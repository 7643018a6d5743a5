package dev.polycert.order.use;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.order.OrderException;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.PullKey;
import dev.polycert.order.step.Each;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.KeyStoreFile;
import dev.polycert.provider.PrivateKeyPem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands the present certificate of a domain with its private key to a machine that shows a pull
 * key: the use case behind {@code GET /certificates}. A machine that has the present certificate
 * already causes no call to the vendor.
 */
@ApplicationScoped
public class Pull {
  private static final String NONE_YET =
      "There is no issued certificate of this name; one with further names is pulled by the first"
          + " name or the id of its order.";
  private static final String NO_KEY =
      "There is a certificate, but none with a private key to hand out: its provider gives out no"
          + " keys, or the order has your own CSR.";

  private final Catalog catalog;
  private final OrderBook book;
  private final AccessKeys keys;
  private final Export export;

  Pull(Catalog catalog, OrderBook book, AccessKeys keys, Export export) {
    this.catalog = catalog;
    this.book = book;
    this.keys = keys;
    this.export = export;
  }

  /** The form in which it is handed out. */
  public enum Form {
    /** Certificate, chain and private key, one after the other. */
    PEM,
    /** One file, whose password is the pull key. */
    PKCS12
  }

  /** The result of a pull. */
  public sealed interface Pulled {
    /** The key is unknown, or is not for this certificate. The caller does not learn which. */
    record Refused() implements Pulled {}

    /** The machine has it. */
    record Unchanged(String tag) implements Pulled {}

    /**
     * Here it is.
     *
     * @param tag differs for each certificate
     */
    record Certificate(String tag, byte[] body) implements Pulled {

      /** Leaves out the body, which has the private key. */
      @Override
      public String toString() {
        return "Certificate[" + tag + "]";
      }
    }

    /**
     * There is no certificate to hand out now.
     *
     * @param why for the caller
     */
    record None(String why) implements Pulled {}
  }

  /**
   * Gets the certificate.
   *
   * @param secret the pull key
   * @param wanted the id of any of its orders, or its domain
   * @param known the tags of what the machine has
   */
  public Uni<Pulled> pull(
      String secret, String wanted, Form form, List<String> known, Instant deadline) {
    return keys.shown(PullKey.class, secret)
        .flatMap(
            key ->
                key.isEmpty()
                    ? refused()
                    : opens(key.get(), wanted)
                        .flatMap(
                            opened ->
                                opened
                                    ? pull(key.get(), secret, wanted, form, known, deadline)
                                    : refused()));
  }

  private static Uni<Pulled> refused() {
    return Uni.createFrom().item(new Pulled.Refused());
  }

  private Uni<Boolean> opens(PullKey key, String wanted) {
    Optional<OrderId> id = OrderId.parse(wanted);
    if (id.isPresent()) {
      return book.find(id.get()).map(found -> found.filter(key::opens).isPresent());
    }
    try {
      return Uni.createFrom().item(key.opens(DomainName.ofHost(wanted)));
    } catch (DomainName.InvalidNameException noName) {
      return Uni.createFrom().item(false);
    }
  }

  private Uni<Pulled> pull(
      PullKey key, String secret, String wanted, Form form, List<String> known, Instant deadline) {
    return issued(wanted)
        .map(issued -> issued.stream().filter(key::opens).toList())
        .flatMap(
            issued -> {
              Optional<Order> found = latest(issued);
              if (found.isEmpty()) {
                return Uni.createFrom().item(new Pulled.None(issued.isEmpty() ? NONE_YET : NO_KEY));
              }
              String tag = tag(found.get(), form, key);
              // "*" is any (RFC 9110, section 13.1.2).
              return known.contains(tag) || known.contains("*")
                  ? Uni.createFrom().item(new Pulled.Unchanged(tag))
                  : export(found.get(), tag, key, secret, form, deadline);
            });
  }

  private Uni<Pulled> export(
      Order order, String tag, PullKey key, String secret, Form form, Instant deadline) {
    return export
        .export(order.id(), true, "pulled by the key " + key.id(), deadline)
        // PKCS12 derives its key from the password slowly, which would block the event loop.
        .emitOn(Thread::startVirtualThread)
        .map(
            entry ->
                entry.bundle() == null
                    ? new Pulled.None(Objects.requireNonNull(entry.error()).message())
                    : written(entry.bundle(), tag, secret, form))
        .onFailure(OrderException.class)
        .recoverWithItem(failure -> new Pulled.None(String.valueOf(failure.getMessage())));
  }

  private static Pulled written(CertificateBundle bundle, String tag, String secret, Form form) {
    PrivateKeyPem key = bundle.privateKey();
    if (key == null) {
      return new Pulled.None("The vendor gives the certificate out without its private key.");
    }
    Optional<byte[]> body =
        form == Form.PKCS12
            ? KeyStoreFile.PKCS12.of(bundle, secret)
            : Optional.of((bundle.fullChain() + key.reveal()).getBytes(StandardCharsets.US_ASCII));
    return body.<Pulled>map(bytes -> new Pulled.Certificate(tag, bytes))
        .orElseGet(() -> new Pulled.None("The private key cannot be written as PKCS#12."));
  }

  /** Of those whose private key can be handed out, the one whose certificate ends last. */
  private Optional<Order> latest(List<Order> issued) {
    return issued.stream()
        .filter(this::givesKey)
        .max(Comparator.comparing(Pull::end, Comparator.nullsFirst(Instant::compareTo)));
  }

  private boolean givesKey(Order order) {
    return order.terms().information().csr() == null
        && catalog
            .offer(order.provider())
            .filter(offer -> offer.capabilities().contains(Capability.EXPORT_KEY))
            .isPresent();
  }

  /** The issued orders of a domain. */
  private Uni<List<Order>> issued(String wanted) {
    Optional<OrderId> id = OrderId.parse(wanted);
    Uni<List<Order>> heads =
        id.isPresent()
            ? book.find(id.get())
                .map(Optional::orElseThrow)
                .flatMap(it -> book.latest(it.provider(), it.series(), it.domain()))
                .map(found -> found.stream().toList())
            : book.latest(DomainName.ofHost(wanted));
    return heads
        .flatMap(orders -> Each.inTurn(orders, this::issued))
        .map(orders -> orders.stream().flatMap(Optional::stream).toList());
  }

  /** The order, or the one that it is to renew. */
  private Uni<Optional<Order>> issued(Order order) {
    OrderId before = order.renewalOf();
    return order.state() == OrderState.ISSUED
        ? Uni.createFrom().item(Optional.of(order))
        : before == null
            ? Uni.createFrom().item(Optional.empty())
            : book.find(before)
                .flatMap(
                    found ->
                        found.isPresent()
                            ? issued(found.get())
                            : Uni.createFrom().item(Optional.empty()));
  }

  private static @Nullable Instant end(Order order) {
    return order.issuance().notAfter();
  }

  /**
   * A vendor may renew in place, so one order may have had several certificates. Another key is
   * another password of the PKCS#12.
   */
  private static String tag(Order order, Form form, PullKey key) {
    CertificateFacts facts = order.certificate();
    String password = form == Form.PKCS12 ? key.id() : "";
    int renewed = Objects.hash(facts, order.issuance().renewedAt(), password);
    return "\"%s-%s-%s\"".formatted(order.id(), HexFormat.of().toHexDigits(renewed), form);
  }
}
