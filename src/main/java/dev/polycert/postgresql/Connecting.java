package dev.polycert.postgresql;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;

/** Makes the options of connections from the settings, and names the setting that is wrong. */
final class Connecting {
  static final String URL = "POLYCERT_POSTGRESQL_URL";
  static final String USERNAME = "POLYCERT_POSTGRESQL_USERNAME";
  static final String PASSWORD = "POLYCERT_POSTGRESQL_PASSWORD";

  private static final Pattern FORM =
      Pattern.compile("postgres(?:ql)?://(?<user>[^/?#]*@)?[^@?#]+/[^/?#@]+(?:\\?(?<query>.*))?");
  private static final Pattern MODE = Pattern.compile("(?:^|&)sslmode=(?<mode>[^&]*)");

  /** The modes under which the connection is surely encrypted, or surely not. */
  private static final Set<String> MODES = Set.of("disable", "require", "verify-ca", "verify-full");

  private static final int CONNECT_MILLIS = 3000;

  /** A connection that is silent for so long is closed, also one that waits for an answer. */
  private static final int SILENT_SECONDS = 30;

  private Connecting() {}

  /** Where the database is, and how connections to it are secured. */
  private static PgConnectOptions server(PostgresqlConfig config) {
    String url = required(config.url(), URL);
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      throw new DatabaseException(URL + " must be like postgresql://host:5432/database");
    }
    if (form.group("user") != null) {
      throw new DatabaseException(
          "%s must not contain a user; set %s and %s".formatted(URL, USERNAME, PASSWORD));
    }
    PgConnectOptions options;
    try {
      options = PgConnectOptions.fromUri(url);
    } catch (RuntimeException unreadable) {
      throw new DatabaseException(URL + " cannot be read: " + unreadable.getMessage());
    }
    return secure(options, mode(form.group("query")), config);
  }

  /** What is missing or wrong, by the names of the variables. */
  static List<String> wrong(PostgresqlConfig config) {
    return Stream.<Runnable>of(
            () -> server(config),
            () -> required(config.username(), USERNAME),
            () -> required(config.password(), PASSWORD))
        .flatMap(check -> message(check).stream())
        .toList();
  }

  private static Optional<String> message(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (DatabaseException wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }

  /**
   * Reads the settings.
   *
   * @throws DatabaseException when one is missing or wrong
   */
  static PgConnectOptions options(PostgresqlConfig config) {
    return server(config)
        .setUser(required(config.username(), USERNAME))
        .setPassword(required(config.password(), PASSWORD))
        .setCachePreparedStatements(true)
        .setConnectTimeout(CONNECT_MILLIS)
        .setIdleTimeout(SILENT_SECONDS)
        .setTcpKeepAlive(true)
        .addProperty("application_name", "polycert")
        .addProperty("client_min_messages", "warning")
        // The transaction of a process that is gone or frozen must not hold up the others.
        .addProperty("statement_timeout", "5000")
        .addProperty("idle_in_transaction_session_timeout", "10000");
  }

  private static String mode(String query) {
    Matcher mode = MODE.matcher(query == null ? "" : query);
    String named = mode.find() ? mode.group("mode") : "verify-full";
    if (!MODES.contains(named)) {
      throw new DatabaseException(
          "%s: sslmode is \"%s\"; it must be verify-full, verify-ca, require or disable"
              .formatted(URL, named));
    }
    return named;
  }

  private static PgConnectOptions secure(
      PgConnectOptions options, String mode, PostgresqlConfig config) {
    options
        .setSslMode(SslMode.of(mode))
        .setTrustOptions(
            config
                .ca()
                .<TrustOptions>map(file -> new PemTrustOptions().addCertPath(file.toString()))
                .orElseGet(Connecting::machine));
    return switch (mode) {
      case "require" -> options.setTrustAll(true);
      case "verify-full" -> options.setHostnameVerificationAlgorithm("HTTPS");
      default -> options.setHostnameVerificationAlgorithm("");
    };
  }

  /** The CAs that the JDK trusts. */
  private static TrustOptions machine() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String required(Optional<String> value, String name) {
    return value
        .filter(text -> !text.isBlank())
        .orElseThrow(
            () ->
                new DatabaseException(
                    name
                        + " is not set; it is needed because polycert.store.kind or"
                        + " polycert.rate.kind is postgresql"));
  }
}
