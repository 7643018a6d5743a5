package dev.polycert.whole.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/Containerfile.lambda} puts together, without a container. */
class LambdaImageIT {
  private static final Path DEPLOY = Path.of("deploy").toAbsolutePath();
  private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();

  @TempDir Path image;

  @Test
  void trainsACacheThatFunctionsStartFrom() throws Exception {
    Path runner = runner();
    assumeThat(runner).as("a native executable needs no cache").exists();
    Path task = Files.createDirectory(image.resolve("task"));
    Files.createSymbolicLink(image.resolve("lib"), Artifact.TARGET.resolve("lib"));
    Files.createSymbolicLink(image.resolve("runtime"), Artifact.TARGET.resolve("lambda-runtime"));
    Files.copy(runner, image.resolve("polycert-runner.jar"));
    String arguments = Files.readString(DEPLOY.resolve("function.args"));
    Files.writeString(
        image.resolve("function.args"), arguments.replace("/opt/polycert", image.toString()));
    Path cache = image.resolve("function.aot");
    String run = "@" + image.resolve("function.args");

    Path told = image.resolve("training.log");
    String training = DEPLOY.resolve("Training.java").toString();
    Process process =
        new ProcessBuilder(JAVA, training, JAVA, "-XX:AOTCacheOutput=" + cache, run)
            .directory(task.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(told)).isZero();
    assertThat(cache).isNotEmptyFile();
    // A JVM that cannot use the cache does not start then.
    List<String> command = List.of(JAVA, "-XX:AOTCache=" + cache, "-XX:AOTMode=on", run);
    Map<String, String> environment =
        Map.of("POLYCERT_STORE_PATH", image.resolve("orders.mv").toString());
    try (LambdaFunction function = new LambdaFunction(command, task, "orders", environment)) {
      JsonNode answer = function.answer(Events.http("GET", "/orders", ""));

      assertThat(answer.path("statusCode").intValue()).as("%s", answer).isEqualTo(200);
    }
  }

  private static Path runner() throws IOException {
    try (Stream<Path> files = Files.list(Artifact.TARGET)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElse(Artifact.TARGET.resolve("none"));
    }
  }
}
