package dev.polycert.vendor.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.polycert.call.ErrorClass;
import dev.polycert.domain.DomainName;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs the machine's command after a delivery, for so long at most. */
final class RemoteCommand {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final int LONGEST_LINE = 1000;

  private final String command;
  private final Duration timeout;
  private final Clock clock;

  RemoteCommand(String command, Duration timeout, Clock clock) {
    this.command = command;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** Runs it to its end; blocks. */
  void run(Session session, String directory, DomainName domain, Instant deadline)
      throws SshFailure {
    Instant patience = clock.instant().plus(timeout);
    Instant end = patience.isBefore(deadline) ? patience : deadline;
    Tail output = new Tail();
    try {
      ChannelExec channel = (ChannelExec) session.openChannel("exec");
      try {
        channel.setCommand(
            command
                .replace("{directory}", quoted(directory))
                .replace("{domain}", quoted(domain.ascii()))
                .getBytes(UTF_8));
        channel.setInputStream(null);
        channel.setOutputStream(output);
        channel.setErrStream(output);
        channel.connect((int) Math.max(1, Duration.between(clock.instant(), end).toMillis()));
        await(channel, end);
        if (channel.getExitStatus() != 0) {
          throw SshFailure.of(
              ErrorClass.RETRY,
              "Command.Failed",
              "exit code %d: %s".formatted(channel.getExitStatus(), output.lastLine()));
        }
      } finally {
        channel.disconnect();
      }
    } catch (JSchException broken) {
      throw SshFailure.of(ErrorClass.RETRY, "Command.NotRun", String.valueOf(broken.getMessage()));
    }
  }

  private void await(ChannelExec channel, Instant end) throws SshFailure {
    try {
      while (!channel.isClosed()) {
        if (!clock.instant().isBefore(end)) {
          channel.sendSignal("KILL");
          throw SshFailure.of(
              ErrorClass.RETRY, "Command.Timeout", "did not end within its time, " + timeout);
        }
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw SshFailure.of(ErrorClass.RETRY, "Command.Interrupted", "stopped with Polycert");
    } catch (SshFailure failure) {
      throw failure;
    } catch (Exception unsent) {
      throw SshFailure.of(ErrorClass.RETRY, "Command.Timeout", "did not end, and was not stopped");
    }
  }

  /** One word for a POSIX shell (Shell Command Language, 2.2.2). */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** The end of what a command says. */
  private static final class Tail extends OutputStream {
    private static final int MOST = 16 * 1024;

    private byte[] bytes = new byte[0];

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] more, int offset, int length) {
      int kept = Math.min(bytes.length, Math.max(0, MOST - length));
      int added = Math.min(length, MOST);
      byte[] all = new byte[kept + added];
      System.arraycopy(bytes, bytes.length - kept, all, 0, kept);
      System.arraycopy(more, offset + length - added, all, kept, added);
      bytes = all;
    }

    /** The beginning of the last line that is not blank. */
    synchronized String lastLine() {
      List<String> lines =
          new String(bytes, UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      String line = lines.isEmpty() ? "" : lines.getLast();
      return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
    }
  }
}
