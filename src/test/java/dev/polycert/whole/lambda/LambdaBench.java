package dev.polycert.whole.lambda;

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
 * Measures the packaged artifact under AWS's runtime client: {@code ./mvnw verify -Pbench
 * -Dit.test=LambdaBench}.
 */
class LambdaBench {
  private static final int STARTS = 7;

  /** So that the vendor is what is called, not what is waited for. */
  private static final List<String> UNTHROTTLED =
      Stream.of("ApplyCertificate", "CheckCertificateDomainVerification", "*")
          .map("-Dpolycert.provider.\"tencent-ssl\".limits.\"%s\"=100000"::formatted)
          .toList();

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
    targets.tell("function.zip", Files.size(Artifact.ZIP) / 1e6, "MB");
    measureStarts("start", List.of());
  }

  /** With a cache, the function's own classes must be on the JVM's class path. */
  @Test
  void startWithAotCache() throws Exception {
    List<String> classPath = List.of("-cp", classPath());
    measureStarts("start, one class path", classPath);
    String cache = temporary.resolve("function.aot").toString();
    try (LambdaFunction training = start(concat(classPath, "-XX:AOTCacheOutput=" + cache), 0)) {
      training.answer(Events.http("GET", "/orders", ""));
    }
    targets.tell("AOT cache", Files.size(Path.of(cache)) / 1e6, "MB");
    measureStarts("start, AOT cache", concat(classPath, "-XX:AOTCache=" + cache));
  }

  @Test
  void warm() throws Exception {
    SANDBOX.control("PUT", "settings", "{\"limits\":false,\"quota\":{\"tencent-ssl\":100000}}");
    try (LambdaFunction orders = start("orders", List.of(), 0)) {
      ObjectNode event = Events.http("GET", "/orders", "");
      measureCalls("orders, empty", orders, i -> event);
    }
    try (LambdaFunction apply = start("apply", UNTHROTTLED, 0)) {
      measureCalls(
          "apply, one domain",
          apply,
          i ->
              LambdaFunction.MAPPER.readTree(
                  "{\"domains\":[\"d%d.example.com\"],\"providers\":[\"tencent-ssl\"]}"
                      .formatted(i)));
    }
  }

  private void measureStarts(String what, List<String> jvmArguments) throws Exception {
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
    targets.tell(what + ": first next", median(first), "ms");
    targets.tell(what + ": CPU until then", median(cpu), "ms");
    targets.tell(what + ": first answer after", median(answered), "ms");
    targets.tell(what + ": RSS", median(memory), "MiB");
  }

  /** Makes the event of a call. */
  private interface EventOf {
    JsonNode event(int call) throws IOException;
  }

  private void measureCalls(String what, LambdaFunction function, EventOf events) throws Exception {
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
    targets.tell(what + ": p50", median(millis), "ms");
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

  private static List<String> concat(List<String> list, String more) {
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
