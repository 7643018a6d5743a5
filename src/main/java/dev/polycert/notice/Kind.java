package dev.polycert.notice;

import java.util.Locale;
import java.util.Set;

/** The kinds of channels, with the settings that each of them needs and may have. */
public enum Kind {
  SMTP(Set.of("server", "from", "to"), Set.of("tls", "user", "password", "ca")),
  WEBHOOK(Set.of("url", "secret"), Set.of("ca")),
  SLACK(Set.of("url"), Set.of("ca")),
  TEAMS(Set.of("url"), Set.of("ca")),
  DISCORD(Set.of("url"), Set.of("ca")),
  TELEGRAM(Set.of("token", "chat"), Set.of("url", "ca")),
  DINGTALK(Set.of("url"), Set.of("secret", "ca")),
  FEISHU(Set.of("url"), Set.of("secret", "ca")),
  WECOM(Set.of("url"), Set.of("ca"));

  private final Set<String> needed;
  private final Set<String> optional;

  Kind(Set<String> needed, Set<String> optional) {
    this.needed = needed;
    this.optional = optional;
  }

  boolean needs(String setting) {
    return needed.contains(setting);
  }

  boolean takes(String setting) {
    return needs(setting) || optional.contains(setting);
  }

  /** As the configuration writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
