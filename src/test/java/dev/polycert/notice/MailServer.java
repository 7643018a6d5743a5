package dev.polycert.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The SMTP server of the Debian package {@code python3-aiosmtpd}, on a free port. */
public final class MailServer implements AutoCloseable {
  /** Why a test that needs it is skipped. */
  public static final String MISSING = "not installed: aiosmtpd; apt-get install python3-aiosmtpd";

  private static final String PYTHON = "/usr/bin/python3";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedReader lines;
  private final int port;
  private final @Nullable SelfSignedCertificate certificate;

  /**
   * Starts one.
   *
   * @param mode {@code plain}, {@code starttls} or {@code tls}
   * @param user the user to log in as; empty for none
   */
  MailServer(Path directory, String mode, String user, String password) {
    try (InputStream script = MailServer.class.getResourceAsStream("/notice/mail_server.py")) {
      certificate = mode.equals("plain") ? null : new SelfSignedCertificate("localhost");
      Path program = directory.resolve("mail_server.py");
      Files.write(program, script.readAllBytes());
      process =
          new ProcessBuilder(
                  PYTHON,
                  program.toString(),
                  mode,
                  certificate == null ? "" : certificate.certificate().toString(),
                  certificate == null ? "" : certificate.privateKey().toString(),
                  user,
                  password)
              .redirectError(directory.resolve("mail.log").toFile())
              .start();
      lines = process.inputReader(UTF_8);
      port = Integer.parseInt(lines.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether Debian's Python has it. */
  public static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder(PYTHON, "-c", "import aiosmtpd").start().waitFor() == 0;
    } catch (IOException noPython) {
      return false;
    }
  }

  String address() {
    return "localhost:" + port;
  }

  /** The only CA that vouches for it, in PEM. */
  String ca() {
    try {
      return Files.readString(Objects.requireNonNull(certificate).certificate().toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next mail that came in; waits for it. */
  JsonNode mail() {
    try {
      return JSON.readTree(lines.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    if (certificate != null) {
      certificate.delete();
    }
  }
}
