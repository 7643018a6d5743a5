package dev.polycert.vendor.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way to a machine through another: a channel of its session (RFC 4254, section 7.2). */
final class JumpChannel implements Proxy {
  private final Session jump;
  private @Nullable Channel channel;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  JumpChannel(Session jump) {
    this.jump = jump;
  }

  @Override
  public void connect(@Nullable SocketFactory factory, String host, int port, int timeout)
      throws JSchException, IOException {
    Channel opened = jump.getStreamForwarder(host, port);
    in = opened.getInputStream();
    out = opened.getOutputStream();
    opened.connect(timeout);
    channel = opened;
  }

  @Override
  public InputStream getInputStream() {
    return Objects.requireNonNull(in);
  }

  @Override
  public OutputStream getOutputStream() {
    return Objects.requireNonNull(out);
  }

  /** This channel has no socket of its own: the session of the jump host has it. */
  @Override
  public @Nullable Socket getSocket() {
    return null;
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.disconnect();
    }
  }
}
