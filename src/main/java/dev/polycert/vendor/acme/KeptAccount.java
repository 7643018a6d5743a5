package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.vault.Vault;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One account at a CA, made once for all processes that share a vault, and kept there.
 *
 * <p>The key is put into the vault before the CA hears of it. Then one process at a time may call
 * newAccount: the process that makes the lease of a number; the lease ends with its time, and then
 * the next number may follow. A process that dies in between is harmless, because newAccount with
 * the same key gives the same account (RFC 8555, section 7.3.1). So an account that the CA has lost
 * is made again.
 */
final class KeptAccount {
  private static final Logger LOG = Logger.getLogger(KeptAccount.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** How long after its request's deadline a process may still be making the account. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String ca;
  private final String name;
  private final Registration registration;
  private final AcmeCalls calls;
  private final Vault vault;
  private final Clock clock;
  private volatile @Nullable CaAccount known;

  /**
   * @param ca as it is configured
   * @param name what all that is kept of the account begins with
   */
  KeptAccount(
      String ca,
      String name,
      Registration registration,
      AcmeCalls calls,
      Vault vault,
      Clock clock) {
    this.ca = ca;
    this.name = name;
    this.registration = registration;
    this.calls = calls;
    this.vault = vault;
    this.clock = clock;
  }

  /** Work as the account; it may be repeated. */
  @FunctionalInterface
  interface Use<T> {
    T by(CaAccount account) throws Ended;
  }

  /**
   * Does something as the account, which is made when there is none yet. Where the CA does not know
   * it any more (it was reset, say), it is made again with the same key, once.
   */
  <T> T as(CallContext context, Use<T> use) throws Ended {
    CaAccount account = account(context);
    try {
      return use.by(account);
    } catch (Ended ended) {
      if (!ended.isRefused(AcmeErrors.NO_ACCOUNT)) {
        throw ended.isRefused(AcmeErrors.UNAUTHORIZED)
            ? ended.withAdvice(registration.adviceOnEnd())
            : ended;
      }
      LOG.warnf("%s does not know its account %s any more: made again", ca, account.location());
      return use.by(again(account.location().toString(), context));
    }
  }

  /** Whether the CA had lost the account after a time, and all orders from before with it. */
  boolean lostAfter(Instant time) {
    return get("/lost").map(Instant::parse).filter(time::isBefore).isPresent();
  }

  /** What the CA calls it; empty before it is made. */
  Optional<String> location() {
    CaAccount account = known;
    return account == null ? location(null) : Optional.of(account.location().toString());
  }

  private CaAccount account(CallContext context) throws Ended {
    CaAccount account = known;
    return account == null ? load(null, context) : account;
  }

  private CaAccount again(String lost, CallContext context) throws Ended {
    CaAccount account = known;
    return account == null || account.location().toString().equals(lost)
        ? load(lost, context)
        : account;
  }

  /** The account at another location than the one that the CA does not know any more. */
  private CaAccount load(@Nullable String lost, CallContext context) throws Ended {
    KeyPair key = key();
    for (int number = 1; ; number++) {
      Optional<String> there = location(lost);
      if (there.isPresent()) {
        return keep(there.get(), key);
      }
      String lease = "/lease/" + number;
      Instant until = context.deadline().plus(GRACE);
      if (create(lease, until.toString())) {
        return make(key, lease, lost, context);
      }
      awaitEnd(lease, lost, context);
    }
  }

  private CaAccount keep(String location, KeyPair key) {
    CaAccount account = new CaAccount(url(location), key);
    known = account;
    return account;
  }

  private KeyPair key() {
    Optional<KeyPair> kept = get("/key").map(PemKeys::read);
    if (kept.isPresent()) {
      return kept.get();
    }
    create("/key", PemKeys.write(PemKeys.generate(KeyAlgorithm.EC_P256)));
    return get("/key").map(PemKeys::read).orElseThrow();
  }

  private Optional<String> location(@Nullable String lost) {
    return get("/location").filter(there -> !there.equals(lost));
  }

  private CaAccount make(KeyPair key, String lease, @Nullable String lost, CallContext context)
      throws Ended {
    try {
      String location =
          calls.read(
              "newAccount", context, (session, conversation) -> registration.make(key, session));
      if (lost != null) {
        put("/lost", clock.instant().toString());
      }
      put("/location", location);
      return keep(location, key);
    } catch (Ended refused) {
      throw refused.withAdvice(registration.adviceOnRefusal());
    } finally {
      put(lease, clock.instant().toString());
    }
  }

  /** Waits until another process has made the account, or can no longer be making it. */
  private void awaitEnd(String lease, @Nullable String lost, CallContext context) throws Ended {
    while (location(lost).isEmpty()) {
      Instant end = get(lease).map(Instant::parse).orElse(Instant.MIN);
      if (!clock.instant().isBefore(end)) {
        return;
      }
      if (!clock.instant().plus(POLL).isBefore(context.deadline())) {
        throw new Ended(new Failure.Deferred(end, "another process makes the account"));
      }
      AcmeCalls.sleep(POLL);
    }
  }

  private Optional<String> get(String what) {
    return vault.get(name + what).await().indefinitely().map(kept -> new String(kept, UTF_8));
  }

  private boolean create(String what, String text) {
    return vault.create(name + what, text.getBytes(UTF_8)).await().indefinitely();
  }

  private void put(String what, String text) {
    vault.put(name + what, text.getBytes(UTF_8)).await().indefinitely();
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
