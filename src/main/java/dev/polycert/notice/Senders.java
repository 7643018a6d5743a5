package dev.polycert.notice;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Suppliers;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Descriptor;
import dev.polycert.call.HiddenKeys;
import dev.polycert.call.HttpConfig;
import dev.polycert.call.OwnServers;
import dev.polycert.call.Peers;
import dev.polycert.call.Receiver;
import dev.polycert.call.RestClients;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.WebhookSecrets;
import dev.polycert.notice.NoticeConfig.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes the senders of channels from their settings, and rejects wrong ones by name. */
@ApplicationScoped
class Senders {
  private static final Pattern SERVER =
      Pattern.compile("(?<host>[^:\\s]+|\\[[^\\]]+]):(?<port>\\d{1,5})");
  private static final Pattern ADDRESS =
      Pattern.compile("[^@\\s<>\"\\p{Cntrl}]+@[^@\\s<>\"\\p{Cntrl}]+");

  private final Vertx vertx;
  private final HttpConfig http;
  private final RestClients clients;
  private final Callers callers;
  private final ObjectMapper mapper;

  Senders(Vertx vertx, HttpConfig http, RestClients clients, Callers callers, ObjectMapper mapper) {
    this.vertx = vertx;
    this.http = http;
    this.clients = clients;
    this.callers = callers;
    this.mapper = mapper;
  }

  /**
   * Makes the sender of a channel.
   *
   * @param prefix of its settings, for messages
   * @throws IllegalArgumentException when a setting is missing, wrong, or of another kind
   */
  Sender of(String name, String prefix, NoticeConfig.Channel settings) {
    List<String> wrong = new ArrayList<>();
    new TreeMap<>(given(settings))
        .forEach(
            (setting, value) -> {
              if (value.isEmpty() && settings.kind().needs(setting)) {
                wrong.add(prefix + setting + " is missing; %s needs it".formatted(settings.kind()));
              }
              if (value.isPresent() && !settings.kind().takes(setting)) {
                wrong.add(prefix + setting + " is not for %s".formatted(settings.kind()));
              }
            });
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
    return settings.kind() == Kind.SMTP
        ? mail(name, prefix, settings)
        : https(name, prefix, settings, form(prefix, settings));
  }

  private static Map<String, Optional<?>> given(NoticeConfig.Channel settings) {
    return Map.of(
        "url", settings.url(),
        "secret", settings.secret(),
        "token", settings.token(),
        "chat", settings.chat(),
        "server", settings.server(),
        "tls", settings.tls(),
        "user", settings.user(),
        "password", settings.password(),
        "from", settings.from(),
        "to", settings.to());
  }

  private static IllegalArgumentException wrong(String prefix, String setting, String why) {
    return new IllegalArgumentException(prefix + setting + " " + why);
  }

  private Form form(String prefix, NoticeConfig.Channel settings) {
    String url = settings.url().map(String::strip).orElse(TelegramForm.SERVER);
    new Receiver(settings.allowPrivateAddresses(), prefix + "allow-private-addresses")
        .wrong(url)
        .ifPresent(
            why -> {
              throw wrong(prefix, "url", why);
            });
    return switch (settings.kind()) {
      case WEBHOOK -> new EventsForm(url, secrets(prefix, settings), mapper);
      case SLACK -> new SlackForm(url);
      case TEAMS -> new TeamsForm(url);
      case DISCORD -> new DiscordForm(url);
      case TELEGRAM ->
          new TelegramForm(url, settings.token().orElseThrow(), settings.chat().orElseThrow());
      case DINGTALK -> new DingTalkForm(url, settings.secret());
      case FEISHU -> new FeishuForm(url, settings.secret());
      case WECOM -> new WeComForm(url);
      case SMTP -> throw new IllegalStateException("a mail has no URL");
    };
  }

  private static WebhookSecrets secrets(String prefix, NoticeConfig.Channel settings) {
    return WebhookSecrets.read(settings.secret().orElseThrow())
        .orElseThrow(
            () -> wrong(prefix, "secret", "must be whsec_ and the base64 of 24 to 64 bytes"));
  }

  private Sender https(String name, String prefix, NoticeConfig.Channel settings, Form form) {
    Receiver receiver =
        new Receiver(settings.allowPrivateAddresses(), prefix + "allow-private-addresses");
    // Each request brings its own address.
    Supplier<NoticeApi> api =
        Suppliers.memoize(
            () ->
                clients.build(
                    NoticeApi.class,
                    URI.create("https://notice.invalid"),
                    request -> {},
                    new Peers(settings.ca().orElse(null), receiver::allows)));
    return new HttpSender(form, caller(name, form.service()), api, keys(settings));
  }

  /** Makes one caller for each channel, so that none waits for another that is slow or down. */
  private Caller caller(String name, Descriptor service) {
    return callers.of(service, new ServiceSettings(Optional.empty(), Optional.of(name), Map.of()));
  }

  private static HiddenKeys keys(NoticeConfig.Channel settings) {
    return new HiddenKeys(
        Stream.of(settings.url(), settings.secret(), settings.token(), settings.password())
            .flatMap(Optional::stream)
            .map(String::strip)
            .toList());
  }

  private Sender mail(String name, String prefix, NoticeConfig.Channel settings) {
    Matcher server = SERVER.matcher(settings.server().orElseThrow().strip());
    if (!server.matches()) {
      throw wrong(prefix, "server", "must be host:port, mail.example.com:587 for example");
    }
    String host = server.group("host");
    Tls tls = settings.tls().orElse(Tls.STARTTLS);
    if (tls == Tls.NONE && !OwnServers.isThisMachine(host)) {
      throw wrong(prefix, "tls", "may be none for a server on this machine alone");
    }
    if (settings.user().isPresent() != settings.password().isPresent()) {
      throw wrong(
          prefix,
          settings.user().isPresent() ? "password" : "user",
          "is missing; a login needs both");
    }
    String from = address(prefix, "from", settings.from().orElseThrow());
    List<String> to =
        settings.to().orElseThrow().stream().map(it -> address(prefix, "to", it)).toList();
    MailConfig config = config(host, Integer.parseInt(server.group("port")), tls, settings);
    Supplier<MailClient> client = Suppliers.memoize(() -> MailClient.create(vertx, config));
    return new MailSender(
        from, to, caller(name, MailSender.SERVICE), client, this::onEventLoop, keys(settings));
  }

  /** A thread that is not of Vert.x gets a context on an event loop. */
  private void onEventLoop(Runnable task) {
    Thread.startVirtualThread(() -> vertx.getOrCreateContext().runOnContext(on -> task.run()));
  }

  private MailConfig config(String host, int port, Tls tls, NoticeConfig.Channel settings) {
    MailConfig config =
        new MailConfig()
            .setHostname(host.replaceAll("[\\[\\]]", ""))
            .setPort(port)
            .setSsl(tls == Tls.TLS)
            .setStarttls(tls == Tls.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
            .setLogin(settings.user().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED)
            // The other methods hash the password in a way that is known to be weak.
            .setAuthMethods("PLAIN LOGIN")
            .setUsername(settings.user().orElse(null))
            .setPassword(settings.password().orElse(null))
            .setKeepAlive(false)
            .setConnectTimeout((int) http.connectTimeout().toMillis())
            .setIdleTimeout((int) http.totalTimeout().toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            // Otherwise the library would not verify the server's name.
            .setHostnameVerificationAlgorithm("HTTPS");
    settings
        .ca()
        .ifPresent(
            ca -> config.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca))));
    return config;
  }

  private static String address(String prefix, String setting, String text) {
    String address = text.strip();
    if (!ADDRESS.matcher(address).matches()) {
      throw wrong(prefix, setting, "must be an address alone, ops@example.com for example");
    }
    return address;
  }
}
