import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts a function, has it answer one event and ends it, so that its JVM writes its cache of
 * classes: {@code java Training.java java -XX:AOTCacheOutput=function.aot @function.args}.
 *
 * <p>One server stands for all that the function calls: Lambda's Runtime API (2018-06-01), and a
 * table and a vendor that answer everything with an empty object.
 */
final class Training {
  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final int PATIENCE_SECONDS = 120;
  private static final String BODY =
      "{\\\"domains\\\":[\\\"www.example.com\\\"],\\\"providers\\\":[\\\"tencent-ssl\\\"]}";
  private static final String EVENT =
      """
      {"version": "2.0", "rawPath": "/apply", "headers": {"content-type": "application/json"},
       "requestContext": {"http": {"method": "POST", "path": "/apply"}}, "body": "%s"}
      """
          .formatted(BODY);

  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean answered = new AtomicBoolean();
  private final CountDownLatch over = new CountDownLatch(1);

  private Training() {}

  public static void main(String[] command) throws Exception {
    System.exit(new Training().run(command) ? 0 : 1);
  }

  private boolean run(String[] command) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, 200, "{}"));
    server.createContext(RUNTIME, this::runtime);
    server.start();
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment("127.0.0.1:" + server.getAddress().getPort()));
    Process function = builder.start();
    function.onExit().thenRun(over::countDown);
    over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    function.destroy();
    function.waitFor();
    return answered.get();
  }

  /** The environment as infra/environment.yml sets it, with keys that are worthless. */
  private static Map<String, String> environment(String authority) {
    return Map.ofEntries(
        Map.entry("AWS_LAMBDA_RUNTIME_API", authority),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", "training"),
        Map.entry("AWS_REGION", "us-east-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "training"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "training"),
        Map.entry("QUARKUS_FUNQY_EXPORT", "apply"),
        Map.entry("QUARKUS_DYNAMODB_ENDPOINT_OVERRIDE", "http://" + authority),
        Map.entry("POLYCERT_STORE_KIND", "dynamodb"),
        Map.entry("POLYCERT_RATE_KIND", "dynamodb"),
        Map.entry("POLYCERT_DYNAMODB_TABLE", "training"),
        Map.entry("POLYCERT_LOG_JSON", "true"),
        Map.entry("POLYCERT_METRICS_EMF", "true"),
        Map.entry("POLYCERT_HTTP_ENDPOINT", "http://" + authority),
        Map.entry("TENCENTCLOUD_SECRET_ID", "training"),
        Map.entry("TENCENTCLOUD_SECRET_KEY", "training"));
  }

  private void runtime(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(RUNTIME.length());
    if (!path.equals("invocation/next")) {
      System.out.println(path + ": " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      answered.set(path.endsWith("/response"));
      answer(exchange, 202, "");
    } else if (asked.compareAndSet(false, true)) {
      exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "training");
      exchange.getResponseHeaders().set("Lambda-Runtime-Trace-Id", "Root=1-00000000-0");
      exchange.getResponseHeaders().set("Lambda-Runtime-Invoked-Function-Arn", "arn:training");
      exchange
          .getResponseHeaders()
          .set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
      answer(exchange, 200, EVENT);
    } else {
      over.countDown();
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
