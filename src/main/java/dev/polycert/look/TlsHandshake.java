package dev.polycert.look;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Printable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Shakes hands over TLS with one address and keeps the certificates that it shows, valid or not: a
 * look trusts no server. Bounded in time and bytes. Blocks; for virtual threads only.
 */
@ApplicationScoped
class TlsHandshake {
  /**
   * More than any handshake needs: the JDK takes no message beyond 32 KiB. Without this limit a
   * server could send empty records for ever.
   */
  private static final int MOST_BYTES = 128 * 1024;

  private final Clock clock;

  TlsHandshake(Clock clock) {
    this.clock = clock;
  }

  /** What a server showed. */
  sealed interface Shown {
    /**
     * Its certificates, its own one first.
     *
     * @param chain at least one
     */
    record Chain(List<X509Certificate> chain) implements Shown {
      public Chain {
        chain = List.copyOf(chain);
      }
    }

    /**
     * It showed no certificate.
     *
     * @param why continues a sentence that starts with the server's name
     */
    record Nothing(String why) implements Shown {}

    /** This machine has no route to it, which says nothing about the server. */
    record NoRoute() implements Shown {}
  }

  /**
   * Connects and shakes hands.
   *
   * @param name what to ask for (RFC 6066, section 3); null to ask for nothing
   * @param keyType {@code EC} or {@code RSA} where no certificate of another kind is wanted; null
   *     for any
   */
  Shown look(
      InetSocketAddress server, @Nullable DomainName name, @Nullable String keyType, Instant end) {
    Captor captor = new Captor();
    try (Socket socket = new Socket()) {
      socket.connect(server, left(end));
      new Exchange(socket, engine(captor, name, keyType), end).run();
    } catch (IOException failed) {
      if (String.valueOf(failed.getMessage()).startsWith("Network is unreachable")) {
        return new Shown.NoRoute();
      }
      if (captor.chain().isEmpty()) {
        return new Shown.Nothing(explain(failed));
      }
    }
    return captor.chain().isEmpty()
        ? new Shown.Nothing("shows no certificate")
        : new Shown.Chain(captor.chain());
  }

  private static SSLEngine engine(
      Captor captor, @Nullable DomainName name, @Nullable String keyType) throws SSLException {
    SSLEngine engine;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {captor}, null);
      engine = context.createSSLEngine();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (name != null) {
      parameters.setServerNames(List.of(new SNIHostName(name.ascii())));
    }
    if (keyType != null) {
      parameters.setSignatureSchemes(SignatureSchemes.of(keyType));
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private int left(Instant end) throws SocketTimeoutException {
    long millis = Duration.between(clock.instant(), end).toMillis();
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  private static String explain(IOException failure) {
    return switch (failure) {
      case SocketTimeoutException e -> "does not answer in time";
      case ConnectException e -> "refuses the connection, or cannot be reached";
      case NoRouteToHostException e -> "refuses the connection, or cannot be reached";
      case TooMuchException e -> "sends too much data for a TLS handshake";
      case SSLException e ->
          "does not shake hands over TLS: " + Printable.of(String.valueOf(e.getMessage()), 100);
      default -> "breaks the connection before it shows a certificate";
    };
  }

  private static final class TooMuchException extends IOException {}

  /** One handshake, from the first record to the last. */
  private final class Exchange {
    private final Socket socket;
    private final SSLEngine engine;
    private final Instant end;
    private final ByteBuffer in;
    private final ByteBuffer out;
    private final ByteBuffer application;
    private int received;

    Exchange(Socket socket, SSLEngine engine, Instant end) {
      this.socket = socket;
      this.engine = engine;
      this.end = end;
      this.in = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
      this.out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      this.application = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    void run() throws IOException {
      engine.beginHandshake();
      for (HandshakeStatus status = engine.getHandshakeStatus();
          status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
          status = engine.getHandshakeStatus()) {
        if (status == HandshakeStatus.NEED_WRAP) {
          send();
        } else if (status == HandshakeStatus.NEED_TASK) {
          engine.getDelegatedTask().run();
        } else {
          receive();
        }
      }
      engine.closeOutbound();
      send();
    }

    private void send() throws IOException {
      engine.wrap(ByteBuffer.allocate(0), out.clear());
      socket.getOutputStream().write(out.array(), 0, out.position());
    }

    private void receive() throws IOException {
      Status status = engine.unwrap(in, application.clear()).getStatus();
      if (status == Status.BUFFER_UNDERFLOW) {
        fill();
      } else if (status == Status.BUFFER_OVERFLOW) {
        throw new TooMuchException();
      } else if (status == Status.CLOSED) {
        throw new EOFException();
      }
    }

    private void fill() throws IOException {
      in.compact();
      if (!in.hasRemaining()) {
        throw new TooMuchException();
      }
      socket.setSoTimeout(left(end));
      InputStream stream = socket.getInputStream();
      int count = stream.read(in.array(), in.position(), in.remaining());
      if (count < 0) {
        throw new EOFException();
      }
      received += count;
      if (received > MOST_BYTES) {
        throw new TooMuchException();
      }
      in.position(in.position() + count).flip();
    }
  }
}
