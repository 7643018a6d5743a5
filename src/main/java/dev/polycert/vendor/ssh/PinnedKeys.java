package dev.polycert.vendor.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import dev.polycert.domain.Printable;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The host keys that a machine may show. An unknown key is never added. */
final class PinnedKeys {
  /** As {@code ssh-keygen -l} shows them: SHA-256 in base64 without padding; or the whole line. */
  private static final Pattern FINGERPRINT =
      Pattern.compile("(?:\\d+\\s+)?(?<hash>SHA256:[A-Za-z0-9+/]{43})=?(?:\\s.*)?");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Pattern BETWEEN = Pattern.compile("[\\r\\n,]+");

  private final Set<String> fingerprints;
  private final List<KnownHosts> keys;

  private PinnedKeys(Set<String> fingerprints, List<KnownHosts> keys) {
    this.fingerprints = fingerprints;
    this.keys = keys;
  }

  /** The keys of a machine, or why there are none. */
  sealed interface Read {

    record Pinned(PinnedKeys keys) implements Read {}

    /**
     * Nothing is pinned.
     *
     * @param why in brackets for people; empty where nothing is given
     */
    record None(String why) implements Read {}
  }

  /**
   * Reads the keys of the machine at an address. Where lines of {@code known_hosts} name that
   * address, others are about other machines, whose keys it may not show. A key that a line revokes
   * is pinned by none.
   */
  static Read read(String text, String address, int port) {
    Set<String> fingerprints = new LinkedHashSet<>();
    List<KnownHosts> lines = new ArrayList<>();
    for (String part : lines(text)) {
      Optional<KnownHosts> line = KnownHosts.read(part);
      Matcher fingerprint = FINGERPRINT.matcher(part);
      if (fingerprint.matches()) {
        fingerprints.add(fingerprint.group("hash"));
      } else if (line.isPresent()) {
        lines.add(line.get());
      } else {
        return new Read.None(
            part.startsWith("@cert-authority")
                ? " (it names a CA: certificates of hosts are not looked at, pin the key itself)"
                : " ('%s' is no such thing)".formatted(Printable.of(part, 40)));
      }
    }
    List<KnownHosts> own = lines.stream().filter(line -> line.isAbout(address, port)).toList();
    List<KnownHosts> good = lines.stream().filter(line -> !line.revoked()).toList();
    boolean strangers =
        good.stream().noneMatch(own::contains)
            && good.stream().filter(KnownHosts::named).map(KnownHosts::names).distinct().count()
                > 1;
    if (strangers) {
      return new Read.None(" (it has several machines, and none of them is at " + address + ")");
    }
    boolean byName = good.stream().anyMatch(own::contains);
    Set<String> revoked =
        lines.stream()
            .filter(KnownHosts::revoked)
            .map(line -> fingerprint(line.key()))
            .collect(Collectors.toSet());
    List<KnownHosts> keys =
        good.stream()
            .filter(line -> !byName || !line.named() || own.contains(line))
            .filter(line -> !revoked.contains(fingerprint(line.key())))
            .toList();
    keys.forEach(line -> fingerprints.add(fingerprint(line.key())));
    fingerprints.removeAll(revoked);
    return fingerprints.isEmpty()
        ? new Read.None(revoked.isEmpty() ? "" : " (all are revoked)")
        : new Read.Pinned(new PinnedKeys(fingerprints, keys));
  }

  /** Commas separate names in a line of {@code known_hosts}, and fingerprints elsewhere. */
  private static List<String> lines(String text) {
    Pattern between = text.contains("SHA256:") ? BETWEEN : Pattern.compile("[\\r\\n]+");
    return between
        .splitAsStream(text.replace(BYTE_ORDER_MARK, ""))
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
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
      for (KnownHosts each : keys) {
        if (type == null || type.equals(each.type())) {
          try {
            found.add(new HostKey(host == null ? "*" : host, each.key()));
          } catch (JSchException unreadable) {
            // A key of no known type is found by its fingerprint.
          }
        }
      }
      return found.toArray(HostKey[]::new);
    }
  }
}
