package dev.polycert.look;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The servers that our own looks at the DNS ask, and their limits. */
@ConfigMapping(prefix = "polycert.dns")
public interface DnsConfig {

  /**
   * Servers ({@code host}, {@code host:port}, {@code [v6]:port}) that are asked in place of the
   * authoritative ones and of the resolvers: for private zones and tests.
   */
  Optional<List<String>> servers();

  /**
   * Recursive servers (forms as in {@code servers}), asked for the servers of a zone; by default
   * those of {@code /etc/resolv.conf}.
   */
  Optional<List<String>> resolvers();

  /** The port of authoritative servers. */
  @WithDefault("53")
  int port();

  /** Longest time for the answer to one question, a second try over TCP included. */
  @WithDefault("2s")
  Duration timeout();

  /** Looks at the same time; more wait for their turn. */
  @WithDefault("50")
  int concurrency();
}
