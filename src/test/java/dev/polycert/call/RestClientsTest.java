package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.ProviderConfig;
import dev.polycert.testing.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SelfSignedCertificate;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of every call, against a real server. */
@QuarkusTest
class RestClientsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Descriptor SERVICE = Descriptor.of("plain", "Plain");

  @Inject Vertx vertx;
  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer vendor = resources.add(new VendorServer());
  private final List<String> intents = new ArrayList<>();

  @Test
  void anErrorStatusComesBackWithItsBody() {
    for (int status : new int[] {302, 400, 404, 429, 500, 503}) {
      vendor.thenJson(status, "body of " + status);
      assertThat(read(Map.of("polycert.http.attempts", "1")))
          .isEqualTo(status + " body of " + status);
    }
  }

  /** Servers refuse a target that does not begin with a slash (RFC 9112, section 3.2.1). */
  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void aQueryOfNoPathFollowsASlash(String path) {
    vendor.thenJson(200, "{}");
    RestClients clients = HttpTesting.restClients(HttpTesting.config(Map.of()), vertx);

    clients
        .build(PlainApi.class, URI.create(vendor.uri() + path), request -> {})
        .ask("x")
        .await()
        .atMost(LONG);

    assertThat(vendor.seen().getLast().uri()).isEqualTo("/?name=x");
  }

  @Test
  void anEmptyBodyIsNoFault() {
    vendor.then(request -> request.response().setStatusCode(204).end());
    assertThat(read(Map.of())).isEqualTo("204 ");
  }

  @Test
  void anAnswerUpToTheCapIsRead() {
    vendor.thenJson(200, "x".repeat(1000));
    assertThat(read(Map.of("polycert.http.max-response", "1000")))
        .isEqualTo("200 " + "x".repeat(1000));
  }

  @Test
  void anAnswerOverTheCapIsCutOff() {
    vendor.thenJson(200, "x".repeat(1001));
    assertThat(read(Map.of("polycert.http.max-response", "1000", "polycert.http.attempts", "1")))
        .isEqualTo("RETRY Transport.TooLarge");
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    CompletableFuture<Void> cut = new CompletableFuture<>();
    vendor.then(
        request -> {
          request.connection().closeHandler(closed -> cut.complete(null));
          request.response().setChunked(true);
          vendorDrips(request.response());
        });
    assertThat(read(Map.of("polycert.http.max-response", "1M", "polycert.http.attempts", "1")))
        .isEqualTo("RETRY Transport.TooLarge");
    assertThat(cut).succeedsWithin(LONG);
  }

  private static void vendorDrips(HttpServerResponse response) {
    if (!response.closed()) {
      response.write("x".repeat(50_000)).onSuccess(written -> vendorDrips(response));
    }
  }

  /** Else the rest of it, or nothing at all, would be the answer to a call about another domain. */
  @Test
  void anAnswerThatGoesOnBehindItsLengthDoesNotSpoilTheNextOne() {
    vendor.then(
        request ->
            request.response().putHeader("Content-Length", "8").write("{\"first\": [1, 2, 3]}"));
    vendor.thenJson(200, "{}");
    Exchange calls = calls(Map.of("polycert.http.attempts", "1"));

    assertThat(told(calls.apply(false, inTime()).await().atMost(LONG))).isEqualTo("200 {\"first\"");
    assertThat(told(calls.apply(false, inTime()).await().atMost(LONG))).isEqualTo("200 {}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": \"}\\\" {\", \"b\": [{}]}", "<p>{</p>", "", " [[1], 2]\n"})
  void aWholeAnswerLeavesItsConnectionOpen(String body) {
    List<HttpConnection> connections = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 2; i++) {
      vendor.then(
          request -> {
            connections.add(request.connection());
            request.response().end(body);
          });
    }
    Exchange calls = calls(Map.of("polycert.http.attempts", "1"));

    for (int i = 0; i < 2; i++) {
      assertThat(told(calls.apply(false, inTime()).await().atMost(LONG))).isEqualTo("200 " + body);
    }
    assertThat(connections).hasSize(2);
    assertThat(connections.getFirst()).isSameAs(connections.getLast());
  }

  @Test
  void silenceEndsWithTheTotalTimeoutAndTheConnection() {
    CompletableFuture<Void> cut = new CompletableFuture<>();
    vendor.then(request -> request.connection().closeHandler(closed -> cut.complete(null)));
    assertThat(read(Map.of("polycert.http.total-timeout", "300ms", "polycert.http.attempts", "1")))
        .isEqualTo("RETRY Transport.Timeout");
    assertThat(cut).succeedsWithin(LONG);
  }

  @Test
  void aTrickleEndsWithTheTotalTimeout() {
    CompletableFuture<Void> cut = new CompletableFuture<>();
    vendor.then(
        request -> {
          request.response().setChunked(true).write("x");
          Vertx owner = Vertx.currentContext().owner();
          long drip = owner.setPeriodic(20, tick -> request.response().write("x"));
          request
              .connection()
              .closeHandler(
                  closed -> {
                    owner.cancelTimer(drip);
                    cut.complete(null);
                  });
        });
    assertThat(read(Map.of("polycert.http.total-timeout", "300ms", "polycert.http.attempts", "1")))
        .isEqualTo("RETRY Transport.Timeout");
    assertThat(cut).succeedsWithin(LONG);
  }

  @Test
  void theDeadlineOfTheStepEndsACallBeforeTheTotalTimeout() {
    vendor.thenSilence();
    WriteContext context =
        new WriteContext(
            Instant.now().plusMillis(300), new Object(), operation -> Uni.createFrom().voidItem());
    Answer<String> answer =
        calls(Map.of("polycert.http.total-timeout", "1h"))
            .apply(true, context)
            .await()
            .atMost(LONG);
    assertThat(told(answer)).isEqualTo("UNCLEAR Transport.Timeout");
  }

  @Test
  void aReadIsRepeatedAfterACutConnection() {
    vendor.thenCut().thenJson(200, "second");
    assertThat(read(Map.of("polycert.http.backoff", "1ms"))).isEqualTo("200 second");
  }

  @Test
  void aWriteIsNotRepeatedAfterACutConnection() {
    vendor.thenCut().thenJson(200, "second");
    assertThat(write(Map.of())).isEqualTo("UNCLEAR Transport.Broken");
    assertThat(vendor.seen()).hasSize(1);
    assertThat(intents).containsExactly("Call");
  }

  @Test
  void aWriteThatFoundNoServerSurelyDidNothing() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Map<String, String> settings =
        Map.of(
            "polycert.http.endpoint", "http://127.0.0.1:" + free, "polycert.http.backoff", "1ms");
    assertThat(write(settings)).isEqualTo("RETRY Transport.Unreachable");
  }

  @Test
  void aWriteThatGotNoConnectionInTimeSurelyDidNothing() throws IOException {
    try (ServerSocket neverSpeaksTls = new ServerSocket(0)) {
      Map<String, String> settings =
          Map.of(
              "polycert.http.endpoint", "https://127.0.0.1:" + neverSpeaksTls.getLocalPort(),
              "polycert.http.total-timeout", "300ms",
              "polycert.http.attempts", "1");
      assertThat(write(settings)).isEqualTo("RETRY Transport.Unreachable");
    }
  }

  @Test
  void aServerThatNobodyVouchesForGetsNothing() throws IOException {
    SelfSignedCertificate selfSigned = SelfSignedCertificate.create("localhost");
    Map<String, String> settings =
        Map.of("polycert.http.endpoint", tls(selfSigned).toString(), "polycert.http.attempts", "1");

    assertThat(write(settings)).isEqualTo("RETRY Transport.Tls");
    String roots = Files.readString(Path.of(selfSigned.certificatePath()));
    assertThat(write(settings, new Peers(roots, address -> true))).isEqualTo("200 took it");
  }

  /** Whatever name led there. */
  @Test
  void anAddressThatIsNotAllowedGetsNothing() {
    vendor.thenJson(200, "took it");
    Map<String, String> settings = Map.of("polycert.http.attempts", "1");

    assertThat(write(settings, new Peers(null, address -> !address.isLoopbackAddress())))
        .isEqualTo("FINAL Transport.PrivateAddress");
    assertThat(vendor.seen()).isEmpty();
    assertThat(write(settings, new Peers(null, InetAddress::isLoopbackAddress)))
        .isEqualTo("200 took it");
  }

  private URI tls(SelfSignedCertificate certificate) {
    int port =
        resources
            .vertx()
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(certificate.keyCertOptions()))
            .requestHandler(request -> request.response().end("took it"))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    return URI.create("https://localhost:" + port);
  }

  @Test
  void callsThatWouldWaitTooLongInTheQueueFailAtOnce() {
    vendor.thenSilence();
    Map<String, String> settings =
        Map.of(
            "polycert.http.pool-size", "1",
            "polycert.http.wait-queue", "0",
            "polycert.http.total-timeout", "5s",
            "polycert.http.attempts", "1");
    Exchange exchange = calls(settings);
    CompletableFuture<Answer<String>> first =
        exchange.apply(true, inTime()).subscribeAsCompletionStage();
    assertThat(told(exchange.apply(true, inTime()).await().atMost(LONG)))
        .isEqualTo("RETRY Transport.QueueFull");
    assertThat(first).isNotDone();
  }

  @Test
  void theEventLoopGoesOnWhileACallIsUnderWay() {
    CountDownLatch loopWentOn = new CountDownLatch(1);
    vendor.then(
        request ->
            Thread.startVirtualThread(
                () -> {
                  await(loopWentOn);
                  request.response().end("done");
                }));
    Exchange exchange = calls(Map.of());
    Context loop = vertx.getOrCreateContext();
    CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
    loop.runOnContext(
        go -> {
          exchange.apply(false, inTime()).subscribe().with(answer::complete);
          loop.runOnContext(still -> loopWentOn.countDown());
        });
    assertThat(told(answer.orTimeout(20, TimeUnit.SECONDS).join())).isEqualTo("200 done");
  }

  @Test
  void itWorksFromEveryKindOfThread() {
    Exchange exchange = calls(Map.of());
    Context loop = vertx.getOrCreateContext();
    Map<String, Executor> threads = new HashMap<>();
    threads.put("virtual", Thread::startVirtualThread);
    threads.put("platform", task -> new Thread(task).start());
    threads.put("event loop", task -> loop.runOnContext(go -> task.run()));
    threads.put(
        "duplicated context",
        task -> VertxContext.createNewDuplicatedContext(loop).runOnContext(go -> task.run()));
    threads.put(
        "worker",
        task ->
            vertx.executeBlocking(
                () -> {
                  task.run();
                  return null;
                }));
    threads.forEach(
        (kind, thread) -> {
          vendor.thenJson(200, kind);
          CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
          thread.execute(() -> exchange.apply(false, inTime()).subscribe().with(answer::complete));
          assertThat(told(answer.orTimeout(20, TimeUnit.SECONDS).join())).isEqualTo("200 " + kind);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Exchange {
    Uni<Answer<String>> apply(boolean write, WriteContext context);
  }

  private WriteContext inTime() {
    return new WriteContext(
        Instant.now().plus(LONG),
        new Object(),
        operation -> Uni.createFrom().voidItem().invoke(() -> intents.add(operation)));
  }

  private String read(Map<String, String> settings) {
    return told(calls(settings).apply(false, inTime()).await().atMost(LONG));
  }

  private String write(Map<String, String> settings) {
    return write(settings, Peers.ANY);
  }

  private String write(Map<String, String> settings, Peers peers) {
    return told(calls(settings, peers).apply(true, inTime()).await().atMost(LONG));
  }

  private Exchange calls(Map<String, String> settings) {
    return calls(settings, Peers.ANY);
  }

  private Exchange calls(Map<String, String> settings, Peers peers) {
    SmallRyeConfig config = HttpTesting.config(settings);
    RestClients clients = HttpTesting.restClients(config, vertx);
    URI endpoint =
        clients.endpoint(
            config.getConfigMapping(ProviderConfig.class).of("plain").endpoint(), vendor.uri());
    PlainApi api = clients.build(PlainApi.class, endpoint, signs -> {}, peers);
    Caller calls =
        HttpTesting.calls(config, Clock.systemUTC())
            .of(SERVICE, new ServiceSettings(Optional.empty()));
    Decoder<String> text =
        raw -> Answer.of(raw.status() + " " + new String(raw.body(), StandardCharsets.UTF_8));
    byte[] body = {'{', '}'};
    return (write, context) ->
        write
            ? calls.write("Call", context, () -> api.call(body), text)
            : calls.read("Call", context, () -> api.call(body), text);
  }

  private static String told(Answer<String> answer) {
    return switch (answer) {
      case Answer.Success<String>(String value, String requestId) -> value;
      case Answer.Failed<String>(Failure.Refused(var error)) ->
          error.errorClass() + " " + error.code();
      case Answer.Failed<String>(Failure.Unclear(var error)) -> "UNCLEAR " + error.code();
      case Answer.Failed<String>(Failure failure) -> failure.toString();
    };
  }
}
