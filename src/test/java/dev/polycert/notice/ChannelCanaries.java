package dev.polycert.notice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A channel of each kind with every setting that is secret, by environment variables. */
public final class ChannelCanaries {
  private static final List<String> SECRET = List.of("url", "secret", "token", "password");

  /** By environment variable; of a URL, the part that the service has made up. */
  public static final Map<String, String> SECRETS = secrets();

  private ChannelCanaries() {}

  private static Map<String, String> secrets() {
    Map<String, String> secrets = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      SECRET.stream()
          .filter(kind::takes)
          .forEach(setting -> secrets.put(variable(kind, setting), made(kind, setting)));
    }
    // The address of a server, where the others have a part that is a secret.
    secrets.remove(variable(Kind.TELEGRAM, "url"));
    return Collections.unmodifiableMap(secrets);
  }

  private static String variable(Kind kind, String setting) {
    return "POLYCERT_NOTICE_" + kind.name() + "_" + setting.toUpperCase(Locale.ROOT);
  }

  private static String made(Kind kind, String setting) {
    String mark = "canary-" + setting + "-of-channel-" + kind;
    return switch (setting) {
      case "secret" -> "whsec_" + Base64.getEncoder().encodeToString(mark.getBytes(US_ASCII));
      case "token" -> "1234567890:" + mark;
      case "password" -> mark + "/+=";
      default -> mark;
    };
  }

  /**
   * The settings of all channels.
   *
   * @param address of the services, on this machine
   */
  public static Map<String, String> settings(String address) {
    Map<String, String> settings = new HashMap<>(SECRETS);
    settings.replaceAll(
        (name, secret) -> name.endsWith("_URL") ? address + "/hooks?key=" + secret : secret);
    for (Kind kind : Kind.values()) {
      settings.put(variable(kind, "kind"), kind.toString());
      settings.put(variable(kind, "allow_private_addresses"), "true");
    }
    settings.put("POLYCERT_NOTICE_TELEGRAM_URL", address);
    settings.put("POLYCERT_NOTICE_TELEGRAM_CHAT", "@ops");
    settings.put("POLYCERT_NOTICE_SMTP_SERVER", "127.0.0.1:1");
    settings.put("POLYCERT_NOTICE_SMTP_TLS", "none");
    settings.put("POLYCERT_NOTICE_SMTP_USER", "polycert");
    settings.put("POLYCERT_NOTICE_SMTP_FROM", "polycert@example.com");
    settings.put("POLYCERT_NOTICE_SMTP_TO", "ops@example.com");
    return settings;
  }
}
