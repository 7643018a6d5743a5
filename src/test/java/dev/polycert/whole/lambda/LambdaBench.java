package dev.polycert.whole.lambda;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.tencent.TencentSandbox;
import dev.polycert.whole.bench.Targets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the packaged artifact under AWS's runtime client, or the native executable, in a JVM
 * with the arguments of Lambda: {@code ./mvnw verify -Pbench -Dit.test=LambdaBench}.
 */
class LambdaBench {
  private static final int STARTS = 7;
  private static final Path ARGUMENTS = Path.of("deploy", "function.args");

  private static final int WARM_UP = 300;
  private static final int CALLS = 500;

  @RegisterExtension static final RunningSandbox SANDBOX = TencentSandbox.create();

  @RegisterExtension final Targets targets = new Targets();

  @TempDir static Path temporary;
  private static Artifact artifact;

  @BeforeAll
  static void unpack() throws Exception {
    artifact = Artifact.unpack(temporary.resolve("task"));
  }

  @Test
  void start() throws Exception {
    boolean executable = artifact.isNative();
    targets.atMost("function.zip", Files.size(Artifact.ZIP) / 1e6, executable ? 24 : 28, "MB");
    measureStarts("start", jvmArguments(), executable ? new Goal(25, 64) : new Goal(800, 130));
  }

  /** With a cache, the function's own classes must be on the JVM's class path. */
  @Test
  void startWithAotCache() throws Exception {
    assumeThat(artifact.isNative()).as("a native executable has no such cache").isFalse();
    List<String> classPath = concat(jvmArguments(), "-cp", classPath());
    String cache = temporary.resolve("function.aot").toString();
    try (LambdaFunction training = start(concat(classPath, "-XX:AOTCacheOutput=" + cache), 0)) {
      training.answer(Events.http("GET", "/orders", ""));
    }
    targets.tell("AOT cache", Files.size(Path.of(cache)) / 1e6, "MB");
    Goal goal = new Goal(450, 130);
    measureStarts("start, AOT cache", concat(classPath, "-XX:AOTCache=" + cache), goal);
  }

  @Test
  void warm() throws Exception {
    SANDBOX.control("PUT", "settings", "{\"limits\":false,\"quota\":{\"tencent-ssl\":100000}}");
    try (LambdaFunction orders = start("orders", jvmArguments(), 0)) {
      ObjectNode event = Events.http("GET", "/orders", "");
      measureCalls("orders, empty", orders, 1, i -> event);
    }
    try (LambdaFunction apply = start("apply", jvmArguments(), 0)) {
      measureCalls(
          "apply, one domain",
          apply,
          8,
          i ->
              LambdaFunction.MAPPER.readTree(
                  "{\"domains\":[\"d%d.example.com\"],\"providers\":[\"tencent-ssl\"]}"
                      .formatted(i)));
    }
  }

  /** What Lambda starts a JVM with, on a machine with the memory of {@code infra/runtimes.yml}. */
  private static List<String> jvmArguments() throws IOException {
    Stream<String> arguments =
        Files.readAllLines(ARGUMENTS).stream()
            .filter(line -> line.startsWith("-") && !line.startsWith("-cp"));
    return Stream.concat(arguments, Stream.of("-XX:MaxRAM=1g")).toList();
  }

  /** At most so long until the first event is asked for, and so much resident memory after it. */
  private record Goal(double millis, double mebibytes) {}

  private void measureStarts(String what, List<String> jvmArguments, Goal goal) throws Exception {
    double[] first = new double[STARTS];
    double[] answered = new double[STARTS];
    double[] cpu = new double[STARTS];
    double[] memory = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long begin = System.nanoTime();
      try (LambdaFunction function = start("orders", jvmArguments, i)) {
        first[i] = millisSince(begin);
        cpu[i] = cpu(function).toMillis();
        long asked = System.nanoTime();
        function.answer(Events.http("GET", "/orders", ""));
        answered[i] = millisSince(asked);
        memory[i] = residentMebibytes(function.pid());
      }
    }
    targets.atMost(what + ": first next", median(first), goal.millis, "ms");
    targets.tell(what + ": CPU until then", median(cpu), "ms");
    targets.tell(what + ": first answer after", median(answered), "ms");
    targets.atMost(what + ": RSS", median(memory), goal.mebibytes, "MiB");
  }

  /** Makes the event of a call. */
  private interface EventOf {
    JsonNode event(int call) throws IOException;
  }

  private void measureCalls(String what, LambdaFunction function, double mostMillis, EventOf events)
      throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      function.answer(events.event(i));
    }
    double[] millis = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      JsonNode event = events.event(WARM_UP + i);
      long begin = System.nanoTime();
      function.answer(event);
      millis[i] = millisSince(begin);
    }
    Arrays.sort(millis);
    targets.atMost(what + ": p50", median(millis), mostMillis, "ms");
    targets.tell(what + ": p99", millis[CALLS * 99 / 100], "ms");
    targets.tell(what + ": RSS", residentMebibytes(function.pid()), "MiB");
  }

  private static LambdaFunction start(List<String> jvmArguments, int store) throws Exception {
    return start("orders", jvmArguments, store);
  }

  private static LambdaFunction start(String name, List<String> jvmArguments, int store)
      throws Exception {
    Map<String, String> environment = new HashMap<>(TencentSandbox.CREDENTIALS);
    environment.put("POLYCERT_HTTP_ENDPOINT", SANDBOX.uri("").toString());
    // So that the vendor is what is called, not what is waited for.
    environment.put("POLYCERT_HTTP_LIMIT_FACTOR", "10000");
    // How fast this machine's disk is, is not measured either.
    environment.put("POLYCERT_STORE_SYNC", "false");
    environment.put("POLYCERT_STORE_PATH", temporary.resolve(name + store + ".mv").toString());
    return new LambdaFunction(artifact, name, environment, jvmArguments);
  }

  private static String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(artifact.directory().resolve("lib"))) {
      List<String> path = new ArrayList<>(jars.map(Path::toString).sorted().toList());
      path.addFirst(runner().toString());
      path.addFirst(Artifact.runtimeClient());
      return String.join(File.pathSeparator, path);
    }
  }

  /** The function's own classes in one jar: a cache takes none from directories. */
  private static Path runner() throws IOException {
    try (Stream<Path> files = Files.list(Artifact.TARGET)) {
      return files.filter(f -> f.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
    }
  }

  private static List<String> concat(List<String> list, String... more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }

  private static Duration cpu(LambdaFunction function) {
    return ProcessHandle.of(function.pid()).flatMap(p -> p.info().totalCpuDuration()).orElseThrow();
  }

  private static double residentMebibytes(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
  }

  private static double millisSince(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
