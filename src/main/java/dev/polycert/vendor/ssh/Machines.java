package dev.polycert.vendor.ssh;

import com.google.common.net.InetAddresses;
import dev.polycert.deliver.FileForm;
import dev.polycert.domain.DnsNames;
import dev.polycert.vendor.ssh.Machine.Login;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The machines that are configured. */
final class Machines {
  static final String PREFIX = "POLYCERT_DELIVER_SSH_HOST_";

  private static final int MOST_JUMPS = 3;
  private static final int MAX_PORT = 65535;

  /** The library takes {@code *} and {@code ?} for patterns. */
  private static final Pattern BASE = Pattern.compile("/[^*?\\\\\\p{Cntrl}]*");

  private final Map<String, SshConfig.Host> hosts;

  Machines(SshConfig config) {
    hosts = new TreeMap<>(config.host());
  }

  /** A machine, or what is wrong with its settings. */
  sealed interface Found {

    record Usable(Machine machine) implements Found {}

    /**
     * It cannot be delivered to.
     *
     * @param variables those that are missing or wrong
     */
    record Wrong(String why, List<String> variables) implements Found {

      public Wrong {
        variables = List.copyOf(variables);
      }
    }
  }

  /** The variables that are missing; empty as soon as one machine can be delivered to. */
  List<String> missing() {
    if (hosts.isEmpty()) {
      return List.of(PREFIX + "*_ADDRESS");
    }
    Set<String> missing = new LinkedHashSet<>();
    for (String name : hosts.keySet()) {
      switch (find(name)) {
        case Found.Usable(_) -> {
          return List.of();
        }
        case Found.Wrong(_, List<String> variables) -> missing.addAll(variables);
      }
    }
    return List.copyOf(missing);
  }

  /** What is wrong with the settings that are there, whether or not others are missing. */
  List<String> wrong() {
    return hosts.entrySet().stream()
        .flatMap(host -> wrong(host.getKey(), host.getValue()).stream())
        .toList();
  }

  private List<String> wrong(String name, SshConfig.Host host) {
    List<String> wrong = new ArrayList<>();
    host.address()
        .filter(it -> !isHost(it))
        .ifPresent(
            it -> wrong.add(variable(name, "ADDRESS") + " must be a host or an address alone"));
    if (host.port() < 1 || host.port() > MAX_PORT) {
      wrong.add(variable(name, "PORT") + " must be 1 to " + MAX_PORT + ", not " + host.port());
    }
    if (host.hostKeys().isPresent() && pinned(host) instanceof PinnedKeys.Read.None(String why)) {
      wrong.add(
          variable(name, "HOST_KEYS")
              + " must be fingerprints (SHA256:…), or what ssh-keyscan shows"
              + why);
    }
    Login.wrongKey(host)
        .map(why -> variable(name, why.setting()) + " " + why.text())
        .ifPresent(wrong::add);
    host.base()
        .filter(it -> !BASE.matcher(it).matches())
        .ifPresent(
            it ->
                wrong.add(
                    variable(name, "BASE")
                        + " must be an absolute path without * and ?, not "
                        + it));
    if (host.storePassword().isPresent() && FileForm.password(host.storePassword()).isEmpty()) {
      wrong.add(variable(name, "STORE_PASSWORD") + " " + FileForm.PASSWORD_RULE);
    }
    host.jump()
        .filter(it -> !hosts.containsKey(it))
        .ifPresent(
            it ->
                wrong.add(
                    "%s names no machine: there are %s"
                        .formatted(variable(name, "JUMP"), String.join(", ", hosts.keySet()))));
    if (circles(host)) {
      wrong.add(
          "%s goes through more than %d machines, or in a circle"
              .formatted(variable(name, "JUMP"), MOST_JUMPS));
    }
    return wrong;
  }

  private boolean circles(SshConfig.Host host) {
    Optional<String> next = host.jump();
    for (int jumps = 0; next.isPresent(); jumps++) {
      if (jumps >= MOST_JUMPS) {
        return true;
      }
      next = Optional.ofNullable(hosts.get(next.get())).flatMap(SshConfig.Host::jump);
    }
    return false;
  }

  private static boolean isHost(String address) {
    return InetAddresses.isInetAddress(address) || DnsNames.isName(DnsNames.canonical(address));
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
      return new Found.Wrong(
          (name == null ? "is missing; " : "is not configured; ") + known, List.of());
    }
    if (jumps > MOST_JUMPS) {
      return new Found.Wrong(
          "goes through more than " + MOST_JUMPS + " machines, or in a circle", List.of());
    }
    Machine jump = null;
    if (host.jump().isPresent()) {
      switch (find(host.jump().get(), jumps + 1)) {
        case Found.Usable(Machine machine) -> jump = machine;
        case Found.Wrong(String why, List<String> variables) -> {
          return new Found.Wrong(
              "goes through " + host.jump().get() + ", which " + why,
              variables.isEmpty() ? List.of(variable(name, "JUMP")) : variables);
        }
      }
    }
    return read(name, host, jump, jumps > 0);
  }

  private static PinnedKeys.Read pinned(SshConfig.Host host) {
    return PinnedKeys.read(host.hostKeys().orElse(""), host.address().orElse(""), host.port());
  }

  private static Found read(
      String name, SshConfig.Host host, @Nullable Machine jump, boolean onTheWay) {
    PinnedKeys.Read read = pinned(host);
    Login login = new Login(host);
    String base = host.base().orElse(onTheWay ? "/" : "");
    Map<String, String> needs = new LinkedHashMap<>();
    if (host.address().isEmpty()) {
      needs.put("ADDRESS", "");
    }
    if (host.user().isEmpty()) {
      needs.put("USER", "");
    }
    if (read instanceof PinnedKeys.Read.None(String why)) {
      needs.put(
          "HOST_KEYS",
          " to the fingerprints of the machine's keys (SHA256:…) or to what ssh-keyscan shows of"
              + " them: a machine whose key is not known gets nothing"
              + why);
    }
    if (login.isEmpty()) {
      needs.put("PRIVATE_KEY", " or " + variable(name, "PASSWORD"));
    }
    if (!BASE.matcher(base).matches()) {
      needs.put("BASE", " to a directory that exists, /etc/ssl/polycert for example");
    }
    if (!needs.isEmpty() || !(read instanceof PinnedKeys.Read.Pinned(PinnedKeys keys))) {
      return new Found.Wrong(
          needs.entrySet().stream()
              .map(need -> "set " + variable(name, need.getKey()) + need.getValue())
              .collect(Collectors.joining("; ", "needs more settings: ", "")),
          needs.keySet().stream().map(setting -> variable(name, setting)).toList());
    }
    return new Found.Usable(
        new Machine(
            name,
            host.address().orElseThrow(),
            host.port(),
            host.user().orElseThrow(),
            keys,
            login,
            base,
            host.command(),
            host.commandTimeout(),
            FileForm.password(host.storePassword()),
            jump));
  }

  /** As MicroProfile Config looks for it in the environment. */
  private static String variable(String name, String setting) {
    return PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_" + setting;
  }
}
