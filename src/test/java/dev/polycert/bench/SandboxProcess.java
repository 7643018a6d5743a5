package dev.polycert.bench;

import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentEmulators;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A sandbox in a process of its own, so that what it costs is not measured. */
final class SandboxProcess implements AutoCloseable {
  static final Map<String, String> KEYS =
      Map.of(
          "TENCENTCLOUD_SECRET_ID", "FAKEAKEXAMPLE0000000",
          "TENCENTCLOUD_SECRET_KEY", "fake-secret-key-for-tests-only");

  private final Process process;
  private final URI uri;

  SandboxProcess() {
    try {
      process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  SandboxProcess.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader told =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      uri = URI.create(told.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Tells where the sandbox is, and runs until the parent closes its end. */
  public static void main(String[] arguments) throws IOException {
    RunningSandbox sandbox =
        new RunningSandbox(
            KEYS, world -> new CountingVendor(TencentEmulators.ssl(world), "ApplyCertificate"));
    sandbox.start();
    System.out.println(sandbox.uri("/"));
    while (System.in.read() >= 0) {
      // nothing is said, only hung up
    }
    System.exit(0);
  }
}
