package dev.polycert.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channels that bring notices to people, by names of your own. */
@ConfigMapping(prefix = "polycert.notice")
public interface NoticeConfig {

  @WithParentName
  Map<String, Channel> byName();

  /** One channel. Its name has lower-case letters and digits only. */
  interface Channel {

    /**
     * The kind of the channel: {@code smtp}, {@code webhook}, {@code slack}, {@code teams}, {@code
     * discord}, {@code telegram}, {@code dingtalk}, {@code feishu} (Lark too) or {@code wecom}.
     */
    Kind kind();

    /**
     * The address to send to, a secret: the URL of the webhook as the service shows it. For {@code
     * telegram}, a server of your own in place of Telegram's.
     */
    Optional<String> url();

    /**
     * The secret that signs messages: {@code whsec_} and Base64 for {@code webhook}, which needs
     * it; the secret of the robot for {@code dingtalk} and {@code feishu}, where the robot verifies
     * signatures.
     */
    Optional<String> secret();

    /** The token of the bot, a secret; for {@code telegram}. */
    Optional<String> token();

    /** The chat, as {@code -1001234567890} or {@code @channel}; for {@code telegram}. */
    Optional<String> chat();

    /** The mail server, as {@code mail.example.com:587}; for {@code smtp}. */
    Optional<String> server();

    /**
     * How the connection to the mail server is encrypted: {@code starttls} (default), {@code tls}
     * from the first byte, or {@code none}, which only a server on this machine may have.
     */
    Optional<Tls> tls();

    /** The user to log in as; nobody logs in by default. For {@code smtp}. */
    Optional<String> user();

    /** The user's password, a secret; for {@code smtp}. */
    Optional<String> password();

    /** The sender's address; for {@code smtp}. */
    Optional<String> from();

    /** The recipients' addresses; for {@code smtp}. */
    Optional<List<String>> to();

    /** The CAs of a server of your own, as certificates in PEM; the system's by default. */
    Optional<String> ca();

    /**
     * The events whose notices it brings, such as {@code order.failed}; {@code all} for every
     * event. By default all but {@code order.issued}.
     */
    Optional<List<String>> events();

    /**
     * The providers whose notices it brings, such as {@code acme} or {@code tencent-ssl@prod2}; one
     * without an account stands for all its accounts. By default all, and hosts without an order.
     */
    Optional<List<String>> providers();

    /** The domains whose notices it brings, with all names below them; all by default. */
    Optional<List<String>> domains();

    /**
     * The first line of a message, with {@code {count}}, {@code {events}} and {@code {domains}} in
     * it; the subject of a mail.
     */
    @WithDefault("Polycert: {events}")
    String title();

    /**
     * The line of each notice, with {@code {event}}, {@code {domain}}, {@code {provider}}, {@code
     * {account}}, {@code {label}}, {@code {generation}}, {@code {state}}, {@code {notAfter}},
     * {@code {error}}, {@code {message}}, {@code {requestId}}, {@code {orderId}}, {@code {time}}
     * and {@code {id}} in it. A part in square brackets is left out where a value in it is missing.
     */
    @WithDefault(
        "{event}: {domain}[ at {provider}][, valid until {notAfter}][. {error}:][ {message}]"
            + "[ (requestId={requestId})][ {orderId}]")
    String line();

    /** How long it waits for more notices, to bring them in one message. */
    @WithDefault("1m")
    Duration collect();

    /**
     * Lets it send to loopback, link-local, private and other addresses that are not on the public
     * Internet, and to loopback without TLS. A mail server may have any address.
     */
    @WithDefault("false")
    boolean allowPrivateAddresses();
  }

  /** How a connection is encrypted. */
  enum Tls {
    STARTTLS,
    TLS,
    NONE
  }
}
