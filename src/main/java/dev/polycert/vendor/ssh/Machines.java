package dev.polycert.vendor.ssh;

import dev.polycert.deliver.FileForm;
import dev.polycert.vendor.ssh.Machine.Login;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The machines that are configured. */
final class Machines {
  static final String PREFIX = "POLYCERT_DELIVER_SSH_HOST_";

  private static final int MOST_JUMPS = 3;

  /** The library takes {@code *} and {@code ?} for patterns. */
  private static final Pattern BASE = Pattern.compile("/[^*?\\\\\\p{Cntrl}]*");

  private final Map<String, SshConfig.Host> hosts;

  Machines(SshConfig config) {
    hosts = new TreeMap<>(config.host());
  }

  boolean isEmpty() {
    return hosts.isEmpty();
  }

  /** A machine, or what is wrong with its settings. */
  sealed interface Found {

    record Usable(Machine machine) implements Found {}

    record Wrong(String why) implements Found {}
  }

  /** Finds the machine of that name. */
  Found find(@Nullable String name) {
    return find(name, 0);
  }

  private Found find(@Nullable String name, int jumps) {
    SshConfig.Host host = name == null ? null : hosts.get(name);
    if (name == null || host == null) {
      String known =
          hosts.isEmpty()
              ? "none is configured yet"
              : "one of " + String.join(", ", hosts.keySet());
      return new Found.Wrong((name == null ? "is missing; " : "is not configured; ") + known);
    }
    if (jumps > MOST_JUMPS) {
      return new Found.Wrong("goes through more than " + MOST_JUMPS + " machines, or in a circle");
    }
    Machine jump = null;
    if (host.jump().isPresent()) {
      switch (find(host.jump().get(), jumps + 1)) {
        case Found.Usable(Machine machine) -> jump = machine;
        case Found.Wrong(String why) -> {
          return new Found.Wrong("goes through " + host.jump().get() + ", which " + why);
        }
      }
    }
    return read(name, host, jump, jumps > 0);
  }

  private static Found read(
      String name, SshConfig.Host host, @Nullable Machine jump, boolean onTheWay) {
    Optional<PinnedKeys> keys = host.hostKeys().flatMap(PinnedKeys::read);
    Login login = new Login(host);
    if (host.address().isEmpty()) {
      return wrong(name, "ADDRESS", "");
    }
    if (host.user().isEmpty()) {
      return wrong(name, "USER", "");
    }
    if (keys.isEmpty()) {
      return wrong(
          name,
          "HOST_KEYS",
          " to the fingerprints of the machine's keys (SHA256:…) or to what ssh-keyscan shows of"
              + " them: a machine whose key is not known gets nothing");
    }
    if (login.isEmpty()) {
      return wrong(name, "PRIVATE_KEY", " or " + PREFIX + upper(name) + "_PASSWORD");
    }
    String base = host.base().orElse(onTheWay ? "/" : "");
    if (!BASE.matcher(base).matches()) {
      return wrong(name, "BASE", " to a directory that exists, /etc/ssl/polycert for example");
    }
    return new Found.Usable(
        new Machine(
            name,
            host.address().get(),
            host.port(),
            host.user().get(),
            keys.get(),
            login,
            base,
            host.command(),
            host.commandTimeout(),
            FileForm.password(host.storePassword()),
            jump));
  }

  private static Found wrong(String name, String setting, String more) {
    return new Found.Wrong(
        "needs another setting: set " + PREFIX + upper(name) + "_" + setting + more);
  }

  /** As MicroProfile Config looks for it in the environment. */
  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
