package dev.polycert.vendor.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host keys that a machine may show. An unknown key is never added. */
final class PinnedKeys {
  /** As {@code ssh-keygen -l} shows them: SHA-256 in base64 without padding. */
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");

  /** A type and a key in base64, behind the names of {@code known_hosts} or alone. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?:[^@#\\s]\\S*\\s+)?(?<type>(?:ssh|ecdsa|sk)-[\\w@.-]+)\\s+(?<key>AAAA[\\w+/]+=*)(?:\\s.*)?");

  private static final Pattern BETWEEN = Pattern.compile("[\\r\\n,]+");

  private final Set<String> fingerprints;
  private final List<Typed> keys;

  private PinnedKeys(Set<String> fingerprints, List<Typed> keys) {
    this.fingerprints = fingerprints;
    this.keys = keys;
  }

  private record Typed(String type, byte[] key) {}

  /** Reads them; empty when there is none, or one of them cannot be read. */
  static Optional<PinnedKeys> read(String text) {
    Set<String> fingerprints = new LinkedHashSet<>();
    List<Typed> keys = new ArrayList<>();
    for (String part : lines(text)) {
      Matcher key = KEY.matcher(part);
      if (FINGERPRINT.matcher(part).matches()) {
        fingerprints.add(part.replace("=", ""));
      } else if (key.matches()) {
        Typed read = new Typed(key.group("type"), decoded(key.group("key")));
        keys.add(read);
        fingerprints.add(fingerprint(read.key));
      } else {
        return Optional.empty();
      }
    }
    return fingerprints.isEmpty()
        ? Optional.empty()
        : Optional.of(new PinnedKeys(fingerprints, keys));
  }

  /** Commas separate names in a line of {@code known_hosts}, and fingerprints elsewhere. */
  private static List<String> lines(String text) {
    Pattern between = text.contains("SHA256:") ? BETWEEN : Pattern.compile("[\\r\\n]+");
    return between
        .splitAsStream(text)
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException cutOff) {
      return new byte[0];
    }
  }

  private static String fingerprint(byte[] key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** All of them, for people. */
  @Override
  public String toString() {
    return String.join(", ", fingerprints);
  }

  /** Checks the key of a machine once. */
  final class Check implements HostKeyRepository {
    private @Nullable String refused;

    /** The fingerprint of the key that the machine showed and that is none of these. */
    Optional<String> refused() {
      return Optional.ofNullable(refused);
    }

    @Override
    public int check(String host, byte[] key) {
      String shown = fingerprint(key);
      if (fingerprints.contains(shown)) {
        return OK;
      }
      refused = shown;
      return CHANGED;
    }

    @Override
    public void add(HostKey key, @Nullable UserInfo user) {}

    @Override
    public void remove(String host, String type) {}

    @Override
    public void remove(String host, String type, byte[] key) {}

    @Override
    public String getKnownHostsRepositoryID() {
      return "the configured keys";
    }

    @Override
    public HostKey[] getHostKey() {
      return getHostKey(null, null);
    }

    /** By these the library asks for a key of a type that is known. */
    @Override
    public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
      List<HostKey> found = new ArrayList<>();
      for (Typed each : keys) {
        if (type == null || type.equals(each.type)) {
          try {
            found.add(new HostKey(host == null ? "*" : host, each.key));
          } catch (JSchException unreadable) {
            // A key of no known type is found by its fingerprint.
          }
        }
      }
      return found.toArray(HostKey[]::new);
    }
  }
}
