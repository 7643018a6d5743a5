package dev.polycert.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * DynamoDB Local as a process of its own, with the class path that the build has written down. One
 * is started for all tests of a JVM, and ends with it; each test makes its own table there.
 */
public final class DynamoDbLocal {
  private static final Path CLASS_PATH = Path.of("target/dynamodb-local.classpath");

  private final Process process;
  private final URI endpoint;

  private DynamoDbLocal(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  private static final class Shared {
    private static final DynamoDbLocal SERVER = start();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER.process::destroyForcibly));
    }
  }

  /** The endpoint of the server, which runs and answers. */
  public static URI endpoint() {
    return Shared.SERVER.endpoint;
  }

  /** A client for that endpoint; the caller closes it. */
  public static DynamoDbAsyncClient client() {
    return client(endpoint());
  }

  /** A client for an endpoint of another process. */
  public static DynamoDbAsyncClient client(URI endpoint, ExecutionInterceptor... interceptors) {
    return DynamoDbAsyncClient.builder()
        .overrideConfiguration(
            config -> List.of(interceptors).forEach(config::addExecutionInterceptor))
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("fake", "fake")))
        .build();
  }

  private static DynamoDbLocal start() {
    try {
      int port = FreePorts.next();
      Process process = run(port);
      awaitAnswer(process, port);
      return new DynamoDbLocal(process, URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Process run(int port) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            List.of(
                java.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Files.readString(CLASS_PATH),
                "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                "-inMemory",
                "-disableTelemetry",
                "-port",
                Integer.toString(port)))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(Path.of("target/dynamodb-local.log").toFile()))
        .start();
  }

  private static void awaitAnswer(Process process, int port) throws InterruptedException {
    while (!answers(port)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("DynamoDB Local ended; see target/dynamodb-local.log");
      }
      Thread.sleep(50);
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
