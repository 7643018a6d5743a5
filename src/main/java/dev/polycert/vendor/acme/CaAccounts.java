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
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.toolbox.AcmeUtils;

/**
 * Makes the account at one CA, once for all processes that share a vault, and keeps it there.
 *
 * <p>The key is put into the vault before the CA hears of it. Then one process at a time may call
 * newAccount: who makes the lease of a number, which ends with its time; the next number may follow
 * then. A process that dies in between is harmless, because newAccount with the same key gives the
 * same account (RFC 8555, section 7.3.1).
 */
final class CaAccounts {
  private static final Duration POLL = Duration.ofMillis(100);

  /** How long after its request's deadline a process can still be at it. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String ca;
  private final String name;
  private final AcmeConfig.Ca settings;
  private final AcmeCalls calls;
  private final Vault vault;
  private final Clock clock;
  private volatile @Nullable CaAccount known;

  /**
   * @param ca as it is configured
   * @param name what all that is kept of the account begins with
   */
  CaAccounts(
      String ca, String name, AcmeConfig.Ca settings, AcmeCalls calls, Vault vault, Clock clock) {
    this.ca = ca;
    this.name = name;
    this.settings = settings;
    this.calls = calls;
    this.vault = vault;
    this.clock = clock;
  }

  /** The account; made when there is none yet. */
  CaAccount account(CallContext context) throws Ended {
    CaAccount account = known;
    if (account == null) {
      account = load(context);
      known = account;
    }
    return account;
  }

  private CaAccount load(CallContext context) throws Ended {
    KeyPair key = key();
    for (int number = 1; ; number++) {
      Optional<URL> there = location();
      if (there.isPresent()) {
        return new CaAccount(there.get(), key);
      }
      String lease = name + "/lease/" + number;
      Instant until = context.deadline().plus(GRACE);
      if (create(lease, until.toString())) {
        return make(key, lease, context);
      }
      awaitEnd(lease, context);
    }
  }

  private KeyPair key() {
    String place = name + "/key";
    Optional<KeyPair> kept = get(place).map(PemKeys::read);
    if (kept.isPresent()) {
      return kept.get();
    }
    create(place, PemKeys.write(PemKeys.generate(KeyAlgorithm.EC_P256)));
    return get(place).map(PemKeys::read).orElseThrow();
  }

  private Optional<URL> location() {
    return get(name + "/location").map(CaAccounts::url);
  }

  private CaAccount make(KeyPair key, String lease, CallContext context) throws Ended {
    try {
      String location =
          calls.read("newAccount", context, (session, conversation) -> register(key, session));
      create(name + "/location", location);
      return new CaAccount(url(location), key);
    } catch (Ended refused) {
      vault.put(lease, bytes(clock.instant().toString())).await().indefinitely();
      throw refused;
    }
  }

  private String register(KeyPair key, Session session) throws AcmeException {
    AccountBuilder builder = new AccountBuilder().useKeyPair(key).agreeToTermsOfService();
    try {
      settings.contact().ifPresent(builder::addEmail);
    } catch (IllegalArgumentException noAddress) {
      throw new BadSetting(setting("contact") + " is no e-mail address", noAddress);
    }
    // All CAs take HS256; some no other, however long the key is.
    settings
        .eabKeyId()
        .ifPresent(id -> builder.withKeyIdentifier(id, hmac()).withMacAlgorithm("HS256"));
    return builder.createLogin(session).getAccountLocation().toString();
  }

  private SecretKeySpec hmac() {
    try {
      String encoded = settings.eabHmac().orElseThrow().strip();
      return new SecretKeySpec(AcmeUtils.base64UrlDecode(encoded), "HMAC");
    } catch (IllegalArgumentException notBase64) {
      // Without the cause, which quotes a part of the key.
      throw new BadSetting(setting("eab-hmac") + " is not in base64url, as CAs give it", null);
    }
  }

  private String setting(String member) {
    return Authority.variable(ca, member);
  }

  /** Waits until somebody else has made the account, or can no longer be at it. */
  private void awaitEnd(String lease, CallContext context) throws Ended {
    while (location().isEmpty()) {
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

  private Optional<String> get(String place) {
    return vault.get(place).await().indefinitely().map(kept -> new String(kept, UTF_8));
  }

  private boolean create(String place, String text) {
    return vault.create(place, bytes(text)).await().indefinitely();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
