package dev.polycert.whole.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One function instance: the artifact in a process of its own. */
final class LambdaFunction implements AutoCloseable {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final int PATIENCE_SECONDS = 60;

  private final RuntimeApi api = new RuntimeApi();
  private final Process process;
  private final Path log;

  /**
   * Starts an instance and waits until it asks for an event.
   *
   * @param name which function of the artifact
   * @param environment beside what Lambda itself sets
   * @param jvmArguments of an artifact that runs in one
   */
  LambdaFunction(
      Artifact artifact, String name, Map<String, String> environment, List<String> jvmArguments)
      throws Exception {
    this(artifact.command(jvmArguments), artifact.directory(), name, environment);
  }

  /**
   * Starts an instance and waits until it asks for an event.
   *
   * @param command what Lambda runs
   * @param directory where
   * @param name which function of the artifact
   * @param environment beside what Lambda itself sets
   */
  LambdaFunction(List<String> command, Path directory, String name, Map<String, String> environment)
      throws Exception {
    log = Files.createTempFile(directory.getParent(), name, ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.authority());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", name);
    builder.environment().put("QUARKUS_FUNQY_EXPORT", name);
    builder.environment().putAll(environment);
    process = builder.start();
    await(api.ready());
  }

  /** Invokes it; the process must survive that. */
  RuntimeApi.Outcome invoke(byte[] event) throws Exception {
    return await(api.invoke(event));
  }

  /** Invokes it with JSON and reads the answer, which must not be an error. */
  JsonNode answer(JsonNode event) throws Exception {
    RuntimeApi.Outcome outcome = invoke(MAPPER.writeValueAsBytes(event));
    assertThat(outcome.failed()).as(outcome.body()).isFalse();
    return MAPPER.readTree(outcome.body());
  }

  /** What it has written so far. */
  String log() throws IOException {
    return Files.readString(log);
  }

  long pid() {
    return process.pid();
  }

  /** What the instance has asked the Runtime API for. */
  List<String> asked() {
    return List.copyOf(api.asked());
  }

  private <T> T await(CompletableFuture<T> future) throws Exception {
    CompletableFuture.anyOf(future, process.onExit()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(process.isAlive()).as(log()).isTrue();
    return future.get();
  }

  /** Ends it as Lambda does, which gives it a moment. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    api.close();
  }
}
