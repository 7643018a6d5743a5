package dev.polycert.vendor.acme;

import dev.polycert.call.HttpConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;
import org.shredzone.acme4j.toolbox.JSON;

/**
 * One CA as acme4j sees it: one HTTP client and one copy of the directory for all sessions. acme4j
 * by itself reads the directory before every request where the CA's headers do not say how long it
 * lasts.
 */
final class CaServer {
  private static final Duration DIRECTORY_KEPT = Duration.ofMinutes(10);

  private final AcmeConfig.Ca settings;
  private final HttpConfig http;
  private final Clock clock;
  private @Nullable HttpClient client;
  private volatile @Nullable Directory directory;

  private record Directory(JSON json, Instant until) {}

  CaServer(AcmeConfig.Ca settings, HttpConfig http, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  /** A session of its own, for one thread at a time. */
  Session session(Conversation conversation) {
    return new Session(settings.directory(), new Sessions(conversation));
  }

  /** Made by the first call, because it has threads and reads the system's trusted roots. */
  private synchronized HttpClient client() {
    if (client == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NORMAL)
              .connectTimeout(http.connectTimeout());
      settings.trust().map(TrustedRoots::with).ifPresent(builder::sslContext);
      client = builder.build();
    }
    return client;
  }

  synchronized void close() {
    if (client != null) {
      client.shutdownNow();
    }
  }

  private final class Sessions extends GenericAcmeProvider {
    private final Conversation conversation;
    private @Nullable Directory mine;

    Sessions(Conversation conversation) {
      this.conversation = conversation;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings networkSettings) {
      return client();
    }

    @Override
    public Connection connect(URI uri, NetworkSettings networkSettings, HttpClient httpClient) {
      networkSettings.setCompressionEnabled(false);
      return new BoundedConnection(
          new HttpConnector(networkSettings, httpClient),
          conversation,
          http.totalTimeout(),
          http.maxResponse().asLongValue());
    }

    /** Null where the session has it already, as acme4j wants it. */
    @Override
    public @Nullable JSON directory(Session session, URI uri) throws AcmeException {
      Directory known = directory;
      if (known == null || !clock.instant().isBefore(known.until())) {
        session.purgeDirectoryCache();
        JSON read = super.directory(session, uri);
        if (read == null) {
          throw new AcmeException("no directory");
        }
        known = new Directory(read, clock.instant().plus(DIRECTORY_KEPT));
        directory = known;
      } else if (known.equals(mine) && session.hasDirectory()) {
        return null;
      }
      mine = known;
      return known.json();
    }
  }
}
